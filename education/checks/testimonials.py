"""No patient stories as proof: no praise in quotation marks, no stars, no pictures of before and after."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied
from education.checks.parts import Reading
from education.checks.quoted import own_words

RULE = rule(
    "testimonial",
    ERROR,
    title="Praise from patients",
    why="One person's story cannot show that a treatment works, and the advertising codes forbid it.",
    mend="Say what studies found, with a source; take out stories, stars and pictures of before and after.",
    source="clinical.md 4.1 (FTC, CAP 12.1, AHPRA), check 4",
)
KINDS = re.compile(
    r"[★⭐☆✩]|\b(?:[45]|four|five)[- ]stars?\b|\bstar ratings?\b|\b\d(?:\.\d)? (?:out of 5 )?stars\b|\btestimonials?\b"
    r"|\b(?:success|patient|recovery) stor(?:y|ies)\b|\b(?:happy|satisfied|delighted) (?:patients?|customers?"
    r"|clients?)\b"
    r"|\bbefore[- ]and[- ]after (?:pictures?|photos?|images?)\b|\b(?:our|my) patients (?:say|love|tell|report)\b"
)
BETTER = re.compile(
    r"\b(?:"
    r"better|relief|gone|no pain|less pain|helped|worked|changed my life|again|back to|recommend|amazing|great|thank"
    r"|wonderful)\b"
)
QUOTED = re.compile(r"[“\"][^“”\"]{1,300}[”\"]?")
WISH = re.compile(r"\b(?:want|wish|hope|would like|goal)\b|\?")
"""A goal or a question in quotation marks praises nothing."""
FIRST_PERSON = re.compile(r"\b(?:i|my|me)\b")
STEMS = tuple('★ ⭐ ☆ ✩ star testimonial stor patients satisf customer client before “ "'.split())
"""Letters without one of which there is no praise: they save most of the search."""
SIGNED = re.compile(r"[–—-] ?[a-z][a-z’]{1,20}(?: [a-z]\.?)?, (?:aged? )?\d\d\b$")
BEFORE_AFTER = re.compile(r"\bbefore\b.{0,60}\bafter\b|\bafter (?:pit|the injections?|treatment)\b", re.IGNORECASE)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find stories and praise of patients in words, and pictures that show a before and an after."""
    for sentence, text in own_words(reading):
        match = _praise(text) if any(stem in text for stem in STEMS) else None
        match = match or (SIGNED.search(text) if text[-2:].isdigit() else None)
        if match:
            yield found(RULE, sentence.line, sentence.text, detail=match[0])
    for image in reading.images:
        if BEFORE_AFTER.search(image.alt):
            yield found(RULE, image.line, image.alt)


def _praise(text: str) -> re.Match[str] | None:
    quoted = (each for each in QUOTED.finditer(text) if FIRST_PERSON.search(each[0]) and BETTER.search(each[0]))
    kinds = (each for each in KINDS.finditer(text) if not denied(text, *each.span()))
    return next(kinds, None) or next((each for each in quoted if not _doubted(text, each)), None)


def _doubted(text: str, quoted: re.Match[str]) -> bool:
    """Say whether praise is quoted only to doubt it ("“I felt better” is not proof"), or is a question to ask."""
    return bool(WISH.search(quoted[0])) or denied(text, *quoted.span())
