"""A page is long enough to help and short enough to finish."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading

FEWEST, MOST = 400, 900
LONG = rule(
    "long-page",
    WARNING,
    title="A long page",
    why="Most people stop reading after about five minutes.",
    mend="Move what only a few readers need to a page of its own, and link to it.",
    source="clinical.md 5",
)
SHORT = rule(
    "short-page",
    WARNING,
    title="A short page on a condition",
    why="A page on a condition has to say what it is, what helps, what is known, what is not, and what to do.",
    mend="See which of these parts is thin.",
    source="clinical.md 5",
)
ENDLESS = rule(
    "endless-page",
    ERROR,
    title="A page too long to check",
    why="Its end was not read, neither by the checks nor, we fear, by anybody else.",
    mend="Make several pages of it.",
    source="clinical.md 5",
)
READ_THROUGH = frozenset({"page", "condition", "home"})
"""Kinds of page that people read from the top; in lists and registers they look something up."""
COUNTED = frozenset({"p", "li", "definition", "caption", "answer"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pages whose running text is out of bounds; tables and headings do not count."""
    words = sum(len(each.words) for each in reading.body if each.kind in COUNTED)
    if not reading.whole:
        yield found(ENDLESS, reading.line_of("title"), reading.front.title)
    if reading.kind in READ_THROUGH and words > MOST:
        yield found(LONG, reading.line_of("title"), reading.front.title, detail=f"{words} words; at most {MOST}")
    if reading.kind == "condition" and words < FEWEST:
        yield found(SHORT, reading.line_of("title"), reading.front.title, detail=f"{words} words; at least {FEWEST}")
