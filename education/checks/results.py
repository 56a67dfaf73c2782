"""A result stands with both groups and the time: "46 out of 100 at 12 months; with salt water, 36 out of 100"."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.figures import NUMBER, shares, units
from education.checks.finding import ERROR, Finding, found, rule
from education.checks.odds import both_groups
from education.checks.parts import Reading

RULE = rule(
    "result-alone",
    ERROR,
    title="A result without the other group or the time",
    why="How many got better means nothing without how many got better anyway, and by when.",
    mend="Give the number of the other group and the time beside it, or say that there was nobody to compare with.",
    source="clinical.md 4.6 (IPDAS event rates)",
)
BETTER = re.compile(
    r"\b(?:better|improved?|improvement|gains?|relief|eased|helped|helps?|worked|works|recovered|satisfied|success\w*|benefit\w*"
    r"|(?:less|half the|no|halved their|less of the) pain|pain (?:went|fell|eased)|responded|respond)\b"
)
TIME = re.compile(
    rf"\b(?:{NUMBER}|a|an|few|some|several|half a)(?:[- ]| to \d+ )(?:minutes?|hours?|days?|weeks?|months?|years?)\b"
)
NOBODY = re.compile(
    r"\b(?:no|without|nobody|no one|nothing|not|never)\b[^.;]{0,30}\b(?:compar\w+|control\w*|dummy|sham|placebo)\b"
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find shares of people who got better that stand without a comparison or without a time."""
    for unit in units(reading):
        text = unit.text
        for sentence, words in unit.sentences:
            told = [share for share in shares(words) if not share.bound]
            if not told or not BETTER.search(words) or sentence.text.endswith("?"):
                continue
            compared = both_groups(unit) or NOBODY.search(text)
            lacks = [
                name for name, there in (("the other group", compared), ("the time", TIME.search(text))) if not there
            ]
            if lacks:
                yield found(RULE, sentence.line, sentence.text, detail=f"missing: {' and '.join(lacks)}")
                break
