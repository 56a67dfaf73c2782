"""Text comes in small pieces, each under a heading."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.room import most
from education.checks.scores import EXEMPT_KINDS

MOST, LIMIT = 120, 150
WHY = "People look for the one thing that they need; a heading takes them there."
MEND = "Put in a heading that says what comes next, or leave something out."
LONG = rule("long-section", WARNING, title="A long section", why=WHY, mend=MEND, source="clinical.md 4.3 (8)")
NO_HEADING = rule(
    "no-heading", ERROR, title="No heading for a long stretch", why=WHY, mend=MEND, source="clinical.md 4.3 (9)"
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find sections with too much running text. The glossary is one list, and is read by its words."""
    if reading.kind in EXEMPT_KINDS | {"glossary"}:
        return
    goal, limit = most(MOST, reading), most(LIMIT, reading)
    for section in reading.sections[1:]:
        if section.words > goal:
            broken, told = (NO_HEADING, limit) if section.words > limit else (LONG, goal)
            title = section.title or reading.front.title
            yield found(broken, section.line, title, detail=f"{section.words} words; at most {told}")
