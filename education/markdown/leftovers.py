"""Marks that were meant as something and that we do not know: each is a fault, so that none is printed or dropped.

Authors bring text from other Markdowns, from Word and from merges. What the renderer reads as plain text is looked at
here, line by line, with what to write instead; `find_unread` holds back whatever else would vanish.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from education.canonical import as_read
from education.facts import FACT
from education.markdown.work import Work, inlines, line_of

Mark = tuple[re.Pattern[str], str]


def _marks(*told: tuple[str, str]) -> tuple[Mark, ...]:
    return tuple((re.compile(pattern), mend) for pattern, mend in told)


ANYWHERE = _marks(
    (r"\[@[^\]]*\]?", "this citation cannot be read; write [@key] or [@key1; @key2]."),
    (r"\[\^[^\]]*\]?:?", "this footnote mark has no note; add a line like [^1]: words of the note."),
    (r"\[\[.*?(?:\]\]|$)", "[[ ]] is not used here; link with [words](/address/)."),
    (r"\[![A-Za-z]+\]", "this kind of box is not known; write ::: note and its heading."),
    (r"^\[[ xX]?\](?=\s|$)", "boxes to tick are a block of their own; write ::: checklist."),
    (
        r"!?\[[^\[\]]*\]\s*\([^()\n]*\)?|\]\(",
        "this link cannot be read; write [words](/address/) without spaces in the address.",
    ),
    (r"[\[\]]", "square brackets are printed as they stand; take them out, or write [words](/address/)."),
    (r":::", "::: must stand at the very beginning of its line."),
    (
        r"<!--.*|-->|</?[^\W\d_][^<>\n]{0,200}>?|<[!?%][^<>\n]{0,200}>?|%>|\?>",
        "HTML is not used here and would be printed as it stands.",
    ),
    (
        r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,20});"
        r"|&(?:nbsp|amp|lt|gt|quot|apos|shy|[nm]dash|[lr][sd]quo|hellip|[aeioun]acute|ntilde)\b",
        "this code stands for a letter and would be printed as it stands; type the letter itself.",
    ),
    (r"~~.*?(?:~~|$)|~[^\s~][^~]*~", "struck-out words are printed like all others; take them out."),
    (r"={2,}", "= signs are printed as they stand; a heading begins with ##, and important words are **bold**."),
    (r"\+{2,}", "+ signs are printed as they stand; take them out."),
    (r"(?<!-)--(?!-)|-{4,}", "write a dash as –; two or more - are printed as they stand."),
    (r"\$\$|\$[A-Za-z\\][^$\n]{0,200}\$", "formulas are not known here; say it in words."),
    (r"\^[^\s^]{1,40}\^|\w\^[\w({]", "raised letters are not known here; say it in words."),
    (r"\*+", "* is printed as it stands; write **bold** or *slanted* with no blank inside the stars."),
    (r"__|(?<!\w)_|_(?!\w)", "_ is printed as it stands; write **bold** or *slanted*."),
    (r"`+", "` is printed as it stands; take it out."),
    (r"\\+", "a \\ is printed as it stands; take it out."),
    (r"(?<!\S):[a-z][a-z0-9_+-]*:(?!\S)", "this code for a picture is printed as it stands; take it out."),
    (
        r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|[{}]",
        "braces are printed as they stand; only facts like {clinic} have them.",
    ),
    (
        r"\ufffd|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|Ã[\u0080-\u00bf]|Â[\u00a1-\u00bf]|â€|ï»¿",
        "letters were lost here, saved in another encoding; type them again.",
    ),
    (
        r"\b(?:TODO|TBD|TBC|FIXME|X{4,}|[Ll]orem ipsum|INSERT [A-Z]+)\b|\?{3,}|_{3,}|\.{4,}",
        "something is still to be filled in here.",
    ),
)
"""What stands nowhere in the words of a page, the narrow before the wide, and what to do about it."""
NOT_IN_CELLS = _marks(
    (
        r"\|",
        "this table cannot be read: its second line has one --- for each heading, like |---|---|, and no line is left.",
    )
)
NOT_IN_LINKS = _marks((r"https?://\S*|\bwww\.\S*", "an address alone is no link; write [words](https://…)."))
BULLET = "each line of a list begins with - and a blank, as in: - words."
BEGINNINGS = _marks(
    (r"^[#＃]+", "a heading begins with ##, a blank, then its words, on a line of its own."),
    (r"^[•·●▪▫◦‣⁃∙○■□➢➤►✓✔✗✘☐☑☒\uf000-\uf0ff]", BULLET),
    (r"^[-+] |^[-+](?=[^\W\d_])", BULLET),
    (r"^: ", "a line that begins with : explains the line right above it; write that line."),
    (r"^(?:!!!|\?\?\?|%%)", "this kind of box is not known; write ::: note and its heading."),
)
"""With what no line of a paragraph begins."""
COUNTED = re.compile(r"^(?:[–—] |\(?[a-hA-H][.)] |\(?[ivx]{1,4}[.)] |\(?\d{1,2}[.)](?= |[^\W\d_])|\(?\d{1,2}\) )")
"""With what two lines of a paragraph, or a first one, begin only if a list was meant."""
INITIAL = re.compile(r"^[A-H]\. ")
TYPED_O = re.compile(r"^o[ \t]")
LISTED = "a list is read only if each line begins with - or with 1. and a blank."
CONFLICT = re.compile(r"^[ >]*(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
FRONT = (
    "title", "short_title", "message", "summary", "lede", "when_overdue", "evidence", "causes", "sections", "closing",
    "changes", "claims", "elsewhere", "studies",
)  # fmt: skip
"""The keys of the front matter whose words patients read."""
TAG_START = re.compile(r"<!?-*")
TABLE = "Table:"
LETTERS = re.compile(r"[^\W\d_]+")


def find_leftovers(tokens: Sequence[Token], work: Work, env: Mapping[str, Any]) -> None:
    """Note each mark of the body that would be printed or dropped; reads the tokens before anything is filled in."""
    before = {fault.line for fault in work.faults}
    _conflicts(work)
    cells = {id(token) for opening, token in pairwise(tokens) if opening.type in {"th_open", "td_open"}}
    linked = False
    for inline, child, line in inlines(tokens):
        linked = child.type == "link_open" or (linked and child.type != "link_close")
        if child.type == "link_open" and child.attrs.get("title"):
            work.fault(line, "what stands in quotes after an address is shown nowhere; take it out.")
        if child.type == "text":
            wider = (*(() if id(inline) in cells else NOT_IN_CELLS), *(() if linked else NOT_IN_LINKS))
            for mend in _found(child.content, (*wider[::-1], *ANYWHERE)):
                work.fault(line, mend)
    _beginnings(tokens, work)
    _blocks(tokens, work)
    _notes(work, env)
    _unread(tokens, work, env, known={fault.line for fault in work.faults} - before)


def front_leftovers(work: Work) -> None:
    """Note marks in the texts of the front matter, all of which are printed as they stand: so a < may stand there."""
    for key in FRONT:
        texts = list(_texts(getattr(work.page.front, key)))
        for mend in dict.fromkeys(mend for text in texts for mend in _found(TAG_START.sub(" ", text), ANYWHERE)):
            work.faults.append(work.page.fault(key, f"{key}: {mend}"))


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value of the front matter."""
    if isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))
    elif isinstance(value, str):
        yield value


def _found(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the mend of each mark in a text; what one has found is no other's."""
    text = as_read(FACT.sub(" ", text))
    for pattern, mend in marks:
        text, count = pattern.subn(" ", text)
        if count:
            yield mend


def _conflicts(work: Work) -> None:
    """Note the marks that a merge of two texts left, in the front matter, too."""
    for number, line in enumerate(work.page.text.split("\n"), start=1):
        if CONFLICT.match(line):
            words = "this line is left from a merge of two texts; keep one of both, and take out the marks."
            work.fault(number - work.page.body_line, words)


def _beginnings(tokens: Sequence[Token], work: Work) -> None:
    """Note lines of paragraphs that begin with what was meant as a heading or a list."""
    lists = 0
    for opening, token in pairwise(tokens):
        lists += token.nesting if token.type in {"list_item_open", "list_item_close"} else 0
        if opening.type != "paragraph_open" or token.type != "inline":
            continue
        lines = [as_read(line).lstrip() for line in token.content.split("\n")]
        for number, line in enumerate(lines, start=line_of(token)):
            for pattern, mend in BEGINNINGS:
                if pattern.match(line):
                    work.fault(number, mend)
        listed = [number for number, line in enumerate(lines) if COUNTED.match(line)]
        alone = listed == [0] and not INITIAL.match(lines[0])
        if len(listed) > 1 or alone or (not lists and TYPED_O.match(lines[0])):
            work.fault(line_of(token) + (listed or [0])[0], LISTED)


def _blocks(tokens: Sequence[Token], work: Work) -> None:
    """Note underlined headings, code, captions without a table, and rows with a cell too many or too few."""
    lines, columns, body = work.page.body.split("\n"), 0, False
    for at, token in enumerate(tokens):
        line = line_of(token)
        if token.type == "hr" and line and lines[line - 1].strip() and lines[line].strip(" >").startswith("-"):
            work.fault(line, "a line of --- below words makes no heading; a heading begins with ##.")
        elif token.type in {"code_block", "fence"}:
            work.fault(line, "four blanks at the beginning of a line, or ```, make code; take them out.")
        elif token.type == "table_open":
            columns = 0
        elif token.type in {"thead_open", "tbody_open"}:
            body = token.type == "tbody_open"
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and body and (cells := _cells(lines[line])) != columns:
            work.fault(
                line, f"this row has {cells} cells and the first row of its table has {columns}; make them equal."
            )
        elif _is_lonely_caption(tokens, at):
            work.fault(line, "no table follows this caption: each of its lines begins with |, and no line is empty.")


def _is_lonely_caption(tokens: Sequence[Token], at: int) -> bool:
    caption = tokens[at].type == "paragraph_open" and tokens[at + 1].content.startswith(TABLE)
    return caption and [token.type for token in tokens[at + 3 : at + 4]] != ["table_open"]


def _cells(line: str) -> int:
    """Count the cells of a row as the reader of tables does."""
    return len(escapedSplit(line.strip(" \t>").removeprefix("|").removesuffix("|")))


def _notes(work: Work, env: Mapping[str, Any]) -> None:
    """Note footnotes that nothing calls, and addresses that stand apart from their words."""
    for reference in [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]:
        work.fault(
            reference["map"][0], "an address stands beside its words: [words](/address/); this line is not shown."
        )
    for name, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            at = work.page.body.find(f"[^{name.removeprefix(':')}]:")
            work.fault(work.page.body.count("\n", 0, at), "no word of the text has the mark of this footnote.")


def _unread(tokens: Sequence[Token], work: Work, env: Mapping[str, Any], known: set[int]) -> None:
    """Note words that are in no part of the page: whatever we do not think of must not vanish in silence."""
    read = Counter(word for token in tokens for word in LETTERS.findall(f"{token.content} {token.meta.get('id', '')}"))
    read.update(word for token in tokens if token.type == "block_open" for word in LETTERS.findall(token.info))
    read.update(word for name in env.get("footnotes", {}).get("refs", {}) for word in LETTERS.findall(name))
    lines = work.page.body.split("\n")
    typed = Counter(word for line in lines for word in LETTERS.findall(line))
    missing = typed - read
    for number in range(len(lines) - 1, -1, -1):
        lost = [word for word in LETTERS.findall(lines[number]) if missing[word] > 0]
        missing.subtract(lost)
        if lost and work.page.body_line + number not in known:
            work.fault(number, f"these words would not be shown: {' '.join(lost)[:80]}.")
