"""Marks that were meant as something and that we do not know: each is a fault, so that none is printed or dropped.

Authors bring text from other Markdowns, from Word and from merges. What the renderer reads as plain text is looked at
here, line by line (`marks` lists them); `_unread` holds back whatever else would vanish.
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
from education.markdown.marks import ANYWHERE, BEGINNINGS, COUNTED, NOT_IN_CELLS, NOT_IN_LINKS, Mark
from education.markdown.work import Work, inlines, line_of

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
