"""The notes that one rendering keeps: faults, ids, words and sources in order of use. Never shared between two."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from education.faults import Fault
from education.library import PageText
from education.markdown.context import Context

TOOK_AWAY = "took-away"
"""The id of the questions at a page's end."""
RESERVED = frozenset(
    {"main", "words", "sources", "toc", "glance", "emergency", "urgent", "routine", "ask-us"}
    | {"where", "causes", "conditions", "visit", "checked", "by-place", "a-to-z", "by-certainty", "helpful", TOOK_AWAY}
)
"""Ids that blocks and templates use themselves."""
PUT = "\ue000{}\ue001"
"""Marks the place of a drawing or a control; it is put in after the sanitiser has read the page."""
MOST_FAULTS = 100
NO_PLACES = str.maketrans("", "", "\ue000\ue001\x00")
"""Takes out of a text the marks with which we hold places for what only we may put there."""


@dataclass
class Work:
    """One page on its way from text to HTML."""

    page: PageText
    context: Context
    faults: list[Fault] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    contents: list[dict[str, object]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    """The HTML of each picture, by the mark of its place."""
    controls: dict[str, str] = field(default_factory=dict)
    """The HTML of what can be marked or pressed on the page, by the mark of its place."""
    mirrors: bool = False
    """The page says back what was marked on it, and so needs a script of its own."""
    repeated: Counter[str] = field(default_factory=Counter)

    def fault(self, line: int, message: str) -> None:
        """Note a fault at a line of the body, counted from 0."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.page.file, self.page.body_line + line, message))

    def put(self, html: str) -> Token:
        """Keep HTML of ours, with no word of an author in it, for after the sanitiser; return a token for its place."""
        name = f"control:{len(self.controls) + 1}"
        self.controls[name] = html
        return raw(PUT.format(name))

    def take_id(self, wanted: str) -> str:
        """Return an id that nothing else on the page has."""
        found = wanted
        while found in self.ids:
            self.repeated[wanted] += 1
            found = f"{wanted}-{self.repeated[wanted] + 1}"
        self.ids.add(found)
        return found


def raw(html: str, like: Token | None = None) -> Token:
    """Return a token that prints HTML of ours as it is (the sanitiser still reads it)."""
    return Token("html_block", "", 0, content=html, map=like.map if like else None)


def line_of(token: Token) -> int:
    """Return the body line (from 0) on which a token begins."""
    return token.map[0] if token.map else 0


def inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token, int]]:
    """Yield (inline token, child, line) for every piece of text of a page."""
    for token in tokens:
        if token.type == "inline":
            line = line_of(token)
            for child in token.children or ():
                yield token, child, line
                if child.type in {"softbreak", "hardbreak"}:
                    line += 1


def text_of(inline: Token) -> str:
    """Return the words of an inline token without marks and citations."""
    said = [
        " " if child.type == "softbreak" else child.content for child in inline.children or () if child.type in PLAIN
    ]
    return "".join(said).strip()


PUT = "\ue000{}\ue001"
"""Marks the place of what only we may put there; it is put in after the sanitiser has read the page."""
PLAIN = frozenset({"text", "code_inline", "softbreak", "text_special", "told"})
