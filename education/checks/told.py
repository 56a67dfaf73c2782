"""A change that keeps people safe names the part of the page that it is about."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.parts import Reading
from education.outline import named_places
from education.translations import LEDE

NO_PLACE = rule(
    "safety-place",
    ERROR,
    title="A safety change without its place",
    why="Until it is translated, readers of other languages see exactly this part, in the words of this page.",
    mend="Write under where: the id of the heading or box that changed, like emergency, or lede for the opening words.",
    source="issue 4, item 8",
)
BOXES = frozenset({"emergency", "urgent", "routine", "note", "glance"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find changes of kind safety that name no part of the page."""
    for change in reading.front.changes:
        if change.get("kind") == "safety" and change.get("where") not in _places(reading):
            yield found(NO_PLACE, reading.line_of("changes"), str(change.get("reason", "")))


def _places(reading: Reading) -> set[str]:
    """Return the ids by which a part can be named: headings, and boxes as they are numbered on the page."""
    places = {LEDE, *(name for _line, name in named_places(reading.page))}
    for box in BOXES:
        count = sum(block.name == box for block in reading.blocks)
        places |= {box if number == 1 else f"{box}-{number}" for number in range(1, count + 1)}
    return places
