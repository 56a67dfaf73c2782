"""The evidence grade stands above the fold of each condition page, in words, and is the one of its front matter."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.parts import Reading
from education.checks.vocabulary import Patterns, vocabulary
from education.keys import GRADES

RULE = rule(
    "grade-label",
    ERROR,
    title="No evidence grade at the top",
    why="A page about a problem reads as a claim to help it unless it says at once how sure anybody is.",
    mend="Give the grade in the block glance, in the words of the front matter: “Very low: we do not really know”.",
    source="clinical.md 4.1 (ASA), check 5; 2.11",
)
IN_WORDS = {
    "none": re.compile(r"\bnone\b|\bno (?:direct )?stud(?:y|ies)\b|\bfound no\b"),
    "very low": re.compile(r"\bvery low\b"),
    "low": re.compile(r"(?<!very )\blow\b"),
    "moderate": re.compile(r"\bmoderate\b"),
    "high": re.compile(r"\bhigh\b"),
}


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find condition pages whose opening boxes do not give their grade."""
    grade = reading.front.evidence.get("grade", "")
    in_words = IN_WORDS if reading.page.language == "en" else _known(reading.page.language)
    if reading.kind != "condition" or not in_words:
        return
    opening = [sentence for sentence in reading.body if sentence.block == "glance" or sentence.section.level == 1]
    if grade not in GRADES or not any(in_words[grade].search(sentence.lower) for sentence in opening):
        yield found(RULE, reading.page.body_line, detail=f"the grade is {grade or 'missing'}")


def _known(language: str) -> Patterns:
    words = vocabulary(language)
    return words.grades if words else {}
