"""Sources: every key that a page cites is in sources.json, and every source there is cited by some page."""

from collections.abc import Iterable, Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.parts import Reading
from education.library import PageText
from education.markdown.context import Context
from education.markdown.parser import CITATION
from education.sources import RESERVED

UNKNOWN = rule(
    "unknown-source",
    ERROR,
    title="A source that is not there",
    why="A mark that leads to no source looks like proof and is none.",
    mend="Take the key of a source from sources.json, or add the source there.",
    source="clinical.md 4.2 (DISCERN 4)",
)
UNUSED = rule(
    "unused-source",
    WARNING,
    title="A source that no page uses",
    why="A source that stands behind no statement pads the list and goes stale unseen.",
    mend="Cite it where it is used, or take it out of sources.json.",
    source="clinical.md 4.2 (DISCERN 4 and 5)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find cited keys that are not in sources.json, in the text and in the claims of the front matter."""
    known = reading.context.sources.keys() | RESERVED
    for sentence in reading.sentences:
        for key in sentence.citations:
            if key not in known:
                yield found(UNKNOWN, sentence.line, sentence.text, detail=key)
    for name in ("claims", "elsewhere", "studies"):
        for entry in getattr(reading.front, name):
            for key in set(entry.get("sources", ())) - reading.context.sources.keys():
                yield found(UNKNOWN, reading.line_of(name), _words(entry), detail=key)


def between(pages: Iterable[PageText], context: Context) -> Iterator[tuple[PageText, Finding]]:
    """Find sources that no page cites; told on the page of sources, or on the first page."""
    pages = list(pages)
    used = {key for page in pages for key in cited(page)}
    homes = [page for page in pages if page.front.kind == "sources"] or pages
    for key in sorted(context.sources.keys() - used) if homes else ():
        yield homes[0], found(UNUSED, 1, key)


def cited(page: PageText) -> set[str]:
    """Return the keys of all sources that a page cites, also in the claims and studies of its front matter."""
    keys = {key.lstrip("@ ") for match in CITATION.finditer(page.body) for key in match[1].split(";")}
    for entry in (*page.front.claims, *page.front.elsewhere, *page.front.studies):
        keys.update(entry.get("sources", ()))
    return keys - RESERVED


def _words(entry: dict[str, str]) -> str:
    return str(entry.get("text") or entry.get("claim") or entry.get("about") or "")
