"""Reads a page for the checks: from Markdown to sections and sentences, each with its line in the whole text."""

from collections.abc import Iterator

from education.checks.parts import Block, Heading, Image, Link, List, Paragraph, Reading, Section, Sentence, Table
from education.checks.walk import Walk
from education.checks.words import plain
from education.library import PageText
from education.markdown.context import Context
from education.markdown.parser import parser
from education.markdown.work import Work

__all__ = ["Block", "Heading", "Image", "Link", "List", "Paragraph", "Reading", "Section", "Sentence", "Table", "read"]

FRONT_TEXTS: tuple[str, ...] = (
    "title", "message", "summary", "lede", "evidence", "causes", "sections", "closing", "when_overdue", "changes",
    "claims", "elsewhere", "studies",
)  # fmt: skip
"""The keys of the front matter that hold words for readers."""
NO_WORDS = frozenset(
    {"id", "grade", "upto", "certainty", "drawing", "nearness", "sources", "kind", "searched", "date", "act"}
    | {"year", "design", "counted", "conditions"}
)
MOST_LINES, MOST_CHARACTERS = 1_000, 40_000
"""More than twice our longest page; the rest is not read, so that nobody can keep the checks busy."""
LONGEST_VALUE = 2_000
NO_PLACES = str.maketrans("", "", "\ue000\ue001\x00")


def read(page: PageText, context: Context) -> Reading:
    """Read a page as far as it can be read; never raises for its text."""
    walk = Walk(Reading(page, context))
    _read_front(walk)
    walk.enter(Section("", "", 1, page.body_line))
    walk.outer = walk.section
    body = "\n".join(page.body[:MOST_CHARACTERS].split("\n", MOST_LINES)[:MOST_LINES])
    walk.reading.whole = len(body) >= len(page.body)
    walk.read_body(parser().parse(body.translate(NO_PLACES), {"work": Work(page, context)}))
    return walk.reading


def _read_front(walk: Walk) -> None:
    """Read the texts of the front matter as sentences of section 0."""
    page, facts = walk.reading.page, walk.reading.context.facts
    walk.enter(Section(page.front.title, "front", 0, 1))
    for key in FRONT_TEXTS:
        for value in _texts(getattr(page.front, key)):
            walk.sentences(plain(value[:LONGEST_VALUE], facts), "front", _front_line(page, key, value), key)


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value of the front matter."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, dict):
        yield from (text for key, part in value.items() if key not in NO_WORDS for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def _front_line(page: PageText, key: str, value: str) -> int:
    """Return the line of a text of the front matter: where its first words stand, at its key or below."""
    first = page.lines.get(key, 1)
    lines = page.text.split("\n", page.body_line)[first - 1 : page.body_line]
    return next((at for at, line in enumerate(lines, start=first) if value[:30] in line), first)
