"""Lists stay short: seven items, or a list in parts."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading

MOST = 7
LONG_LIST = rule(
    "long-list",
    WARNING,
    title="A long list",
    why="Few people can keep more than seven things in mind.",
    mend="Make two lists of it, each with words that say what it holds.",
    source="clinical.md 4.4 (8)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find lists with too many items at one level."""
    for each in reading.lists:
        if len(each.items) > MOST:
            yield found(LONG_LIST, each.line, each.items[0], detail=f"{len(each.items)} items; at most {MOST}")
