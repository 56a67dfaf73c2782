"""People are counted in whole numbers: "46 out of 100", never "46.3%"."""

from collections.abc import Iterator
from datetime import date

from education.checks.figures import percentages, shares, units
from education.checks.finding import WARNING, Finding, found, rule
from education.checks.parts import Reading

RULE = rule(
    "whole-number",
    WARNING,
    title="A part of a person",
    why="Nobody meets 46.3 people; the digits behind the point say more than the study knows and are hard to read.",
    mend="Round it to a whole number.",
    source="clinical.md 4.4 item 15",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find shares of people and percentages that are no whole numbers, one in each sentence."""
    for unit in units(reading):
        for sentence, text in unit.sentences:
            broken = [text[each.start : each.end] for each in shares(text) if any(part % 1 for part in each.parts)]
            broken += [match[0] for match in percentages(text) if "." in match["part"]]
            if broken:
                yield found(RULE, sentence.line, sentence.text, detail=broken[0])
