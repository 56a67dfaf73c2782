"""Tables have a caption and a short head over each column."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.room import most

LONGEST_HEAD = 8
NO_CAPTION = rule(
    "no-table-caption",
    ERROR,
    title="A table without a caption",
    why="People who hear the table learn from the caption whether they want it.",
    mend="Put a line above it: Table: what it shows.",
    source="clinical.md 4.3 (19)",
)
NO_HEAD = rule(
    "no-table-head",
    ERROR,
    title="A column without a head",
    why="A screen reader says the head of the column with each cell.",
    mend="Write a word or two at the top of each column.",
    source="clinical.md 4.3 (19)",
)
LONG_HEAD = rule(
    "long-table-head",
    WARNING,
    title="A long head of a column",
    why="It is said again with each cell, and makes the column wide.",
    mend="Say it in a few words, and the rest in the caption.",
    source="clinical.md 4.3 (19)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find tables that lack a caption or a head, and heads that are long."""
    for table in reading.tables:
        if not table.caption:
            yield found(NO_CAPTION, table.line, " | ".join(table.head))
        for head in table.head:
            if not head:
                yield found(NO_HEAD, table.line, table.caption)
            elif len(head.split()) > (goal := most(LONGEST_HEAD, reading)):
                yield found(LONG_HEAD, table.line, head, detail=f"at most {goal} words")
