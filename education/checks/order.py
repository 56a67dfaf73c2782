"""Pages on conditions tell their parts in one order, so that readers of one find their way in all others."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.parts import Reading
from education.checks.required import how_to_say

RULE = rule(
    "section-order",
    WARNING,
    title="A part in an unusual place",
    why="Readers expect what usually helps, then PIT, what is not known, what to ask, and what they can do.",
    mend="Move the part to its place.",
    source="clinical.md 4.3 (10), section 7",
)
ORDER = ("usual", "pit", "unknown", "ask", "do")


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find parts of a condition page that stand before the part that comes first elsewhere."""
    said = how_to_say(reading)
    if reading.kind != "condition" or not said:
        return
    own = [heading for heading in reading.headings if not heading.block]
    firsts = [next((each for each in own if said[part].search(each.text.lower())), None) for part in ORDER]
    for before, after in pairwise(filter(None, firsts)):
        if after.line < before.line:
            yield found(RULE, after.line, after.text, detail=f"it comes after “{before.text}”")
