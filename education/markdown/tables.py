"""Tables: each with a caption, headings that say so, and room to scroll on a small screen."""

from markdown_it.token import Token

from education.markdown.work import Work, line_of, raw

CAPTION = "Table: "
ALIGN = {"text-align:right": "ta-right", "text-align:center": "ta-center"}


def shape_tables(tokens: list[Token], work: Work) -> list[Token]:
    """Return the tokens with each table in a region that scrolls, named by its caption."""
    out: list[Token] = []
    count = 0
    for token in tokens:
        if token.type == "table_open":
            caption = _take_caption(out)
            if caption is None:
                work.fault(line_of(token), "this table has no caption; put a line Table: what it shows above it.")
            count += 1
            name = work.take_id(f"table-{count}")
            out.append(raw(f'<div class="table" role="region" tabindex="0" aria-labelledby="{name}">\n', token))
            out += [token, raw(f'<caption id="{name}">'), *([caption] if caption else []), raw("</caption>\n")]
        elif token.type == "table_close":
            out += [token, raw("</div>\n")]
        else:
            _align(token)
            out.append(token)
    return out


def _take_caption(out: list[Token]) -> Token | None:
    """Take the paragraph "Table: …" just before a table off the page, and return its words."""
    if len(out) < 3 or [token.type for token in out[-3:]] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    inline = out[-2]
    first = inline.children[0] if inline.children else None
    if first is None or first.type != "text" or not first.content.startswith(CAPTION):
        return None
    first.content = first.content.removeprefix(CAPTION)
    del out[-3:]
    return inline


def _align(token: Token) -> None:
    if token.type in {"th_open", "td_open"}:
        style = str(token.attrs.pop("style", "")).replace(" ", "")
        if style in ALIGN:
            token.attrs["class"] = ALIGN[style]
        if token.type == "th_open":
            token.attrs["scope"] = "col"
