"""Links lead somewhere, and their words say where."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.finding import same_words as plain
from education.checks.reading import Reading
from education.checks.vocabulary import vocabulary
from education.markdown.links import check_links
from education.markdown.work import RESERVED

DEAD = rule(
    "dead-link",
    ERROR,
    title="A link that leads nowhere",
    why="Whoever follows it for help finds none.",
    mend="Write the address of a page or a place that is there.",
    source="clinical.md 4.2",
)
WORDS = rule(
    "link-words",
    ERROR,
    title="A link that does not say where it leads",
    why="People who use a screen reader hear links on their own, without the words around them.",
    mend="Let the words of the link name the page that it leads to.",
    source="WCAG 2.4.4",
)
EMPTY = frozenset(
    {"", "here", "click here", "this", "this page", "more", "read more", "link", "this link", "learn more"}
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find links to places that are not there, and links whose words say nothing."""
    known = vocabulary(reading.page.language)
    empty = EMPTY | (known.empty_links if known else frozenset())
    for link in reading.links:
        if plain(link.text) in empty or link.text.startswith(("https://", "http://", "www.")):
            yield found(WORDS, link.line, link.text or link.href)
    yield from _dead(reading)


def _dead(reading: Reading) -> Iterator[Finding]:
    inside = [(link.line, link.href) for link in reading.links if link.href.startswith(("/", "#"))]
    anchors = reading.context.anchors
    own = _places(reading)
    for line, href in inside:
        if href.startswith(("#w-", "//")) or (anchors is None and href.startswith("/")):
            continue
        for fault in check_links(reading.page, [(line, href)], own, anchors or {}):
            yield found(DEAD, line, href, detail=fault.message)


def _places(reading: Reading) -> set[str]:
    """Return the ids on the page, counted as the renderer counts them."""
    keys = {key for sentence in reading.sentences for key in sentence.citations}
    places = set(RESERVED) | {f"table-{number}" for number in range(1, len(reading.tables) + 1)}
    places |= {f"source-{number}" for number in range(1, len(keys) + 1)}
    for name, count in Counter(heading.id for heading in reading.headings).items():
        places |= {name, *(f"{name}-{number}" for number in range(2, count + 2))}
    return places | {"note"} | {f"note-{number}" for number in range(2, len(reading.blocks) + 1)}
