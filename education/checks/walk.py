"""Goes through the tokens of a page once and gathers its parts."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from education.checks.parts import Block, Heading, List, Paragraph, Reading, Section, Sentence, Table
from education.checks.words import Words, gather, spans
from education.glossary import slug

HEADED = frozenset({"emergency", "urgent", "routine", "note", "glance", "teachback"})
"""Blocks that are printed with a heading of level 2 of their own."""
CAPTION = "Table: "
MOST_CHARACTERS = 800
"""Of one sentence: a hundred words and more, of which four in five are too many already."""


class Walk:
    """Knows where on the page it is: in which section, block, list."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.section = Section(reading.front.title, "front", 0, 1)
        self.outer = self.section
        self.block = ""
        self.inside: list[str] = []
        self.lists: list[List] = []
        self.pending_caption = ""

    def read_body(self, tokens: Sequence[Token]) -> None:
        """Read everything below the front matter."""
        for before, token in pairwise([Token("", "", 0), *tokens]):
            if token.type == "inline":
                self._inline(token, before)
            elif token.type == "block_open":
                self.block = token.info
            elif token.type == "block_close":
                self.block, self.section = "", self.outer
            elif token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                self._close(token)

    def _line(self, token: Token) -> int:
        return self.reading.page.body_line + (token.map[0] if token.map else 0)

    def enter(self, section: Section) -> None:
        """Begin a section."""
        self.section = section
        self.reading.sections.append(section)

    def _open(self, token: Token) -> None:
        self.inside.append(token.type.removesuffix("_open"))
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            made = List(token.type.startswith("o"), self._line(token), self.section, self.block, len(self.lists) + 1)
            self.lists.append(made)
            self.reading.lists.append(made)
            self.section.lists.append(made)
        elif token.type == "list_item_open" and self.lists:
            self.lists[-1].items.append("")
        elif token.type == "table_open":
            table = Table(self._line(token), self.section, self.block, self.pending_caption)
            self.reading.tables.append(table)
        elif token.type == "tr_open" and "thead" not in self.inside:
            self.reading.tables[-1].rows.append([])
            self.reading.tables[-1].row_lines.append(self._line(token))
        if token.type != "paragraph_open":
            self.pending_caption = ""

    def _close(self, token: Token) -> None:
        if self.inside:
            self.inside.pop()
        if token.type in {"bullet_list_close", "ordered_list_close"} and self.lists:
            self.lists.pop()

    def _inline(self, token: Token, before: Token) -> None:
        line = self._line(token)
        children = list(token.children or ())
        if before.type == "heading_open":
            self._heading(before, children, line)
        elif before.type == "block_open":
            self._block(children, line)
        elif self.block == "timeline" and "list_item" in self.inside and (bold := _bold_end(children)):
            self._words(children[:bold], "heading", line)
            self._words(children[bold:], "p", line)
        elif self.block == "teachback" and "dd" in self.inside:
            bold = _bold_end(children)
            self._words(children[:bold] or children, "answer", line)
            self._words(children[bold:] if bold else [], "definition", line)
        else:
            self._words(children, self._kind(), line)

    def _heading(self, opening: Token, children: list[Token], line: int) -> None:
        words = gather(children, self.reading.context.facts, line)
        text, level = words.text.strip(), int(opening.tag[1])
        name = str(opening.meta.get("id", "")) or slug(text)
        self.reading.headings.append(Heading(level, text, name, line))
        self.enter(Section(text, name, level, line))
        self.outer = self.section
        self.sentences(words, "heading", line)

    def _block(self, children: list[Token], line: int) -> None:
        words = gather(children, self.reading.context.facts, line)
        self.reading.blocks.append(Block(self.block, words.text.strip(), line))
        if self.block in HEADED:
            title = words.text.strip()
            self.reading.headings.append(Heading(2, title, self.block, line, self.block))
            self.enter(Section(title, self.block, 2, line, self.block))
            self.sentences(words, "heading", line)

    def _kind(self) -> str:
        if self.inside and self.inside[-1] in {"th", "td"}:
            return "cell"
        if "dt" in self.inside or "dd" in self.inside:
            return "term" if "dt" in self.inside else "definition"
        if self.block == "timeline":
            return "p"
        if "list_item" in self.inside:
            return "li"
        return "caption" if self.block == "figure" else "p"

    def _words(self, children: list[Token], kind: str, line: int) -> None:
        if kind == "p" and children and children[0].content.startswith(CAPTION):
            children[0].content, kind = children[0].content.removeprefix(CAPTION), "caption"
        words = gather(children, self.reading.context.facts, line)
        self.reading.images += words.images
        if kind == "caption" and self.block != "figure":
            self.pending_caption = words.text.strip()
        if kind == "cell":
            self._cell(words.text.strip())
        elif "list_item" in self.inside and self.lists and self.lists[-1].items:
            self.lists[-1].items[-1] = f"{self.lists[-1].items[-1]} {words.text.strip()}".strip()
        self.sentences(words, kind, line)

    def _cell(self, text: str) -> None:
        table = self.reading.tables[-1]
        (table.head if "thead" in self.inside else table.rows[-1]).append(text)

    def sentences(self, words: Words, kind: str, line: int, key: str = "") -> None:
        """Keep the sentences of one paragraph."""
        reading, section = self.reading, self.section
        reading.links += [link for _at, link in words.links]
        paragraph = Paragraph(len(reading.paragraphs), line, kind, section, self.block)
        for start, end in spans(words.text):
            text = words.text[start : min(end, start + MOST_CHARACTERS)].strip()
            sentence = Sentence(
                text, line + sum(at <= start for at in words.breaks), kind, section, self.block, key, paragraph.index,
                _just_said(words.citations, start, end), _within(words.links, start, end),
                _within(words.facts, start, end),
            )  # fmt: skip
            paragraph.sentences.append(sentence)
        if paragraph.sentences:
            reading.paragraphs.append(paragraph)
            section.paragraphs.append(paragraph)
            section.sentences += paragraph.sentences
            reading.sentences += paragraph.sentences
            if self.block and reading.blocks:
                reading.blocks[-1].sentences += paragraph.sentences


def _within(marks: Sequence[tuple[int, Any]], start: int, end: int) -> tuple[Any, ...]:
    """Return what stands in a sentence."""
    return tuple(mark for at, mark in marks if start <= at < end)


def _just_said(marks: Sequence[tuple[int, str]], start: int, end: int) -> tuple[str, ...]:
    """Return the citations of a sentence: one right after the full stop belongs to what was just said."""
    return tuple(mark for at, mark in marks if (start < at or at == 0 == start) and at <= end)


def _bold_end(children: Sequence[Token]) -> int:
    """Return where the bold beginning of a step ends, or 0."""
    first = next((child for child in children if child.type != "text" or child.content), None)
    if first is None or first.type != "strong_open":
        return 0
    return next((at for at, child in enumerate(children, start=1) if child.type == "strong_close"), 0)
