"""A page speaks to the reader."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading

FEWEST, FEWEST_WORDS = 1.0, 150
YOU = re.compile(r"\b(?:you|your|yours|yourself|you’re|you’ll|you’ve)\b")
NO_YOU = rule(
    "few-you",
    WARNING,
    title="It hardly says “you”",
    why="People act on what is said to them, not on what is said about patients.",
    mend="Say “you” and “your” where the text speaks of the reader.",
    source="clinical.md 4.3 (21)",
)
SPEAKS = frozenset({"condition", "urgent", "contact"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pages about what to do that say "you" less than once in a hundred words."""
    action = reading.kind in SPEAKS or reading.path.startswith("treatment/")
    words = sum(len(each.words) for each in reading.body)
    if action and words >= FEWEST_WORDS:
        rate = 100 * sum(len(YOU.findall(each.lower)) for each in reading.body) / words
        if rate < FEWEST:
            detail = f"{rate:.1f} in 100 words; at least {FEWEST:g}"
            yield found(NO_YOU, reading.line_of("title"), reading.front.title, detail=detail)
