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
BETTER = (
    r"better|relief|gone|no pain|less pain|helped|worked|changed my life|again|back to|recommend|amazing|great|thank"
    r"|wonderful"
)
PRAISE = re.compile(
    rf"[“\"](?=[^”\"]{{0,200}}\b(?:i|my|me)\b)[^”\"]{{0,200}}\b(?:{BETTER})\b"
    r"|[–—-] ?[a-z][a-z’]{1,20}(?: [a-z]\.?)?, (?:aged? )?\d\d\b$"
)
BEFORE_AFTER = re.compile(r"\bbefore\b.{0,60}\bafter\b|\bafter (?:pit|the injections?|treatment)\b", re.IGNORECASE)
QUESTION = re.compile(r"^[^”\"]{0,200}\?[”\"]?")


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find stories and praise of patients in words, and pictures that show a before and an after."""
    for sentence, text in own_words(reading):
        match = next((each for each in KINDS.finditer(text) if not denied(text, *each.span())), None)
        match = match or next((each for each in PRAISE.finditer(text) if not _doubted(text, each)), None)
        if match:
            yield found(RULE, sentence.line, sentence.text, detail=match[0])
    for image in reading.images:
        if BEFORE_AFTER.search(image.alt):
            yield found(RULE, image.line, image.alt)


def _doubted(text: str, praise: re.Match[str]) -> bool:
    """Say whether praise is quoted only to doubt it ("“I felt better” is not proof"), or as a question to ask."""
    closing = re.compile(r"[”\"]|$").search(text, praise.end())
    end = closing.end() if closing else praise.end()
    return denied(text, praise.start(), end) or "?" in text[praise.end() : end]
