"""Sentences stay short: twenty words, and never more than twenty-five."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.scores import EXEMPT_KINDS

MOST, LIMIT = 20, 25
WHY = "Whoever reads slowly has forgotten the beginning of a long sentence at its end."
MEND = "Make two sentences of it."
VERY_LONG = rule(
    "very-long-sentence", ERROR, title="A very long sentence", why=WHY, mend=MEND, source="clinical.md 4.5, 5"
)
LONG = rule("long-sentence", WARNING, title="A long sentence", why=WHY, mend=MEND, source="clinical.md 4.5, 5")
KEPT = frozenset({"summary", "changes", "claims", "elsewhere", "evidence", "studies"})
"""Keys whose texts have a limit of their own."""


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find sentences with too many words."""
    if reading.kind in EXEMPT_KINDS:
        return
    for sentence in reading.sentences:
        count = len(sentence.words)
        if count > MOST and sentence.key not in KEPT:
            broken = VERY_LONG if count > LIMIT else LONG
            most = LIMIT if count > LIMIT else MOST
            yield found(broken, sentence.line, sentence.text, detail=f"{count} words; at most {most}")
