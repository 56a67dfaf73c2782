"""Lists inside our blocks: lines with a mark, and the steps of a visit."""

from collections.abc import Iterator

from markdown_it.token import Token

from education.markdown.work import Work, line_of, raw, text_of


def items(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each item of the outermost list."""
    item: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("list_item") else 0
        if depth:
            item.append(token)
        elif item:
            yield [*item, token]
            item = []


def tighten(tokens: list[Token], work: Work) -> None:
    """Make each item one line of words; note items that hold more."""
    for item in items(tokens):
        if [token.type for token in item[1:-1]] != ["paragraph_open", "inline", "paragraph_close"]:
            work.fault(line_of(item[0]), "each item of this list is one short sentence, nothing more.")
        for token in item:
            token.hidden = token.hidden or token.type.startswith("paragraph")


def shape_timeline(tokens: list[Token], line: int, work: Work) -> list[Token]:
    """Return the steps of a visit: each with a bold heading and its text; the last one is the decision."""
    if not tokens or tokens[0].type != "ordered_list_open" or tokens[-1].type != "ordered_list_close":
        work.fault(line, "the block timeline holds a numbered list only: 1. **What happens** and below it the text.")
        return tokens
    tokens[0].attrs = {"class": "course", "role": "list"}
    out = [tokens[0]]
    steps = list(items(tokens[1:]))
    for number, step in enumerate(steps, start=1):
        step[0].attrs["class"] = "now" if number == len(steps) else ""
        out += [step[0], *_step(step[1:-1], line_of(step[0]), work), step[-1]]
    return [*out, tokens[-1]]


def _step(inside: list[Token], line: int, work: Work) -> list[Token]:
    inline = inside[1] if len(inside) > 2 and inside[0].type == "paragraph_open" else None
    parts = bold_first(inline) if inline else None
    if inline is None or parts is None:
        work.fault(line, "each step of the block timeline begins with its heading in bold: 1. **What happens**")
        return inside
    heading = Token("inline", "", 0, content="", map=inline.map, children=parts[0])
    if not text_of(heading):
        work.fault(line, "this heading is empty.")
    for token in inside:
        token.hidden = False
    inline.children = parts[1]
    rest = inside if inline.children else inside[3:]
    if not rest:
        work.fault(line, "this step of the block timeline has a heading but no text.")
    return [raw("<h3>"), heading, raw("</h3>\n"), *rest]


def bold_first(inline: Token) -> tuple[list[Token], list[Token]] | None:
    """Return the bold beginning of a text and what follows it."""
    children = list(inline.children or ())
    while children and children[0].type == "text" and not children[0].content:
        children.pop(0)
    if not children or children[0].type != "strong_open":
        return None
    end = next(at for at, child in enumerate(children) if child.type == "strong_close")
    rest = children[end + 1 :]
    while rest and (rest[0].type in {"softbreak", "hardbreak"} or (rest[0].type == "text" and not rest[0].content)):
        rest.pop(0)
    return children[1:end], rest
