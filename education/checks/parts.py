"""The parts of a page as checks read them: sections, paragraphs, sentences, lists, tables, links, pictures."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from education.front import Front
from education.library import PageText
from education.markdown.context import Context

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
"""A word or a number: "don’t", "long-term" and "2.5" are one each."""
READ = frozenset({"p", "li", "heading", "definition", "caption", "term", "answer"})
NAME_IN_A_CELL = 3
READ_IN_FRONT = frozenset({"title", "lede", "causes", "sections", "closing"})
"""Keys of the front matter that patients read on the page."""


@dataclass(frozen=True)
class Link:
    """A link: where it leads, its words, and its line."""

    href: str
    text: str
    line: int


@dataclass(frozen=True)
class Image:
    """A picture: its address, its words for those who cannot see it, its title, and its line."""

    src: str
    alt: str
    title: str
    line: int


@dataclass(eq=False)
class Section:
    """What stands under one heading, or in one block that has a heading. The front matter is section 0."""

    title: str
    id: str
    level: int
    """0 the front matter, 1 the opening of the page, then as its heading."""
    line: int
    block: str = ""
    sentences: list["Sentence"] = field(default_factory=list, repr=False)
    paragraphs: list["Paragraph"] = field(default_factory=list, repr=False)
    lists: list["List"] = field(default_factory=list, repr=False)

    @property
    def words(self) -> int:
        """How many words of running text it has: no headings, no tables, no lines to weigh one by one."""
        running = (each for each in self.sentences if each.kind not in {"heading", "cell"} and each.block != "choices")
        return sum(len(each.words) for each in running)


@dataclass(eq=False)
class Sentence:
    """One sentence, without marks and citations, with the facts of the clinic filled in."""

    text: str
    line: int
    kind: str
    """p, li, heading, cell, term, definition, answer, caption or front."""
    section: Section = field(repr=False)
    block: str = ""
    """The name of the ::: block that it stands in."""
    key: str = ""
    """The key of the front matter that it stands in."""
    paragraph: int = -1
    citations: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    facts: tuple[str, ...] = ()

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @property
    def is_full_cell(self) -> bool:
        """Say if it is a cell of a table that holds more than a name or a number."""
        return self.kind == "cell" and len(self.words) > NAME_IN_A_CELL

    @cached_property
    def lower(self) -> str:
        return self.text.lower().replace("'", "’")


@dataclass(eq=False)
class Paragraph:
    """One paragraph, item, cell or heading: what stands between two line ends of the printed page."""

    index: int
    line: int
    kind: str
    section: Section = field(repr=False)
    block: str
    sentences: list[Sentence] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class List:
    """A list, with the words of each item at its own level."""

    ordered: bool
    line: int
    section: Section = field(repr=False)
    block: str
    depth: int
    items: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Table:
    """A table with its caption (empty when it has none), its heads and its rows."""

    line: int
    section: Section = field(repr=False)
    block: str
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    """A heading of the text; one that a block brings has the block's name."""

    level: int
    text: str
    id: str
    line: int
    block: str = ""


@dataclass(eq=False)
class Block:
    """A ::: block with its heading and what stands in it."""

    name: str
    title: str
    line: int
    sentences: list[Sentence] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class Reading:
    """A whole page, read."""

    page: PageText
    context: Context
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    whole: bool = True
    """Nothing was left unread."""

    @property
    def front(self) -> Front:
        return self.page.front

    @property
    def kind(self) -> str:
        return self.page.front.kind

    @property
    def path(self) -> str:
        return self.page.path

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences below the front matter."""
        return [each for each in self.sentences if each.kind != "front"]

    @cached_property
    def prose(self) -> list[Sentence]:
        """What counts for readability: the words that patients read, without the terms of the glossary."""
        left_out = {"term"} if self.kind == "glossary" else set()
        read = READ - left_out
        return [each for each in self.sentences if each.kind in read or each.key in READ_IN_FRONT or each.is_full_cell]

    def line_of(self, key: str) -> int:
        """Return the line of a key of the front matter."""
        return self.page.lines.get(key, 1)
