"""No number and no "studies show" without the source that the number comes from."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.figures import PEOPLE, Unit, percentages, shares, units
from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied
from education.checks.parts import Reading

RULE = rule(
    "number-without-source",
    ERROR,
    title="A number or a finding without a source",
    why="Readers must be able to check a number, and “studies show” is worth nothing without the studies.",
    mend="Put the source beside it, like [@key], or leave the number out.",
    source="clinical.md 4.1 (FTC), check 2",
)
SHOWN = re.compile(
    r"\b(?:stud(?:y|ies)|research|trials?|science|evidence|reviews?) (?:has |have )?(?:clearly |also |now )?"
    r"(?:shows?|shown|proves?|proved|confirms?|confirmed)\b|\bit (?:has been|is) (?:shown|proved)\b"
    r"|\b(?:clinically|scientifically)\b|\bresearch[- ]backed\b"
)
PART = re.compile(
    r"\b(?:half|(?:a|one) (?:third|quarter)|two thirds|three quarters) "
    rf"(?:of )?(?:the |our |all |these )?(?:\w+ )?{PEOPLE}\b"
)
HONEST = re.compile(
    r"\b(?:than|what|if|whether|how) (?:the |a )?(?:stud(?:y|ies)|research|trials?)\b|\bclinically significant\b"
)
THRESHOLD = re.compile(r"\b(?:not|if|unless|until|less than|goal)\b[^.;:]{0,40}\bat least $")
"""A rule to stop by ("if you do not have at least 30% less pain") is a choice, not a result."""


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find percentages, counts of people and "studies show" in words that stand beside no source."""
    for unit in units(reading):
        if not unit.citations:
            yield from _bare(unit)


def _bare(unit: Unit) -> Iterator[Finding]:
    for sentence, text in unit.sentences:
        words = _number(text) or _shown(text)
        if words and sentence.key not in {"changes", "elsewhere", "claims", "studies"}:
            yield found(RULE, sentence.line, sentence.text, detail=words)


def _number(text: str) -> str:
    for share in shares(text):
        return text[share.start : share.end]
    for match in percentages(text):
        if not THRESHOLD.search(text[max(0, match.start() - 80) : match.start()]):
            return match[0]
    part = PART.search(text)
    return part[0] if part else ""


def _shown(text: str) -> str:
    honest = [match.span() for match in HONEST.finditer(text)]
    for match in SHOWN.finditer(text):
        start, end = match.span()
        if not any(begin < end and start < stop for begin, stop in honest) and not denied(text, start, end):
            return match[0]
    return ""
