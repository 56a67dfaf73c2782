"""A longer text gives the eye something to hold on to: a list, a box or a table."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.page_length import READ_THROUGH
from education.checks.parts import Reading

MOST = 300
RULE = rule(
    "no-visual-cue",
    WARNING,
    title="Nothing but running text",
    why="Readers who look for one thing find it by lists and boxes.",
    mend="Put what to do or to know in a list or a block.",
    source="clinical.md 4.3 (12)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find longer pages, read from the top, without a list, a block or a table."""
    words = sum(len(each.words) for each in reading.body)
    if reading.kind in READ_THROUGH and words > MOST and not (reading.lists or reading.blocks or reading.tables):
        yield found(RULE, reading.line_of("title"), reading.front.title, detail=f"{words} words")
