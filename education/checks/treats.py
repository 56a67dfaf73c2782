"""Headings and titles that say what PIT treats: a bare list of conditions counts as a claim for each."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied, says_no
from education.checks.parts import Reading
from education.checks.quoted import own_words

RULE = rule(
    "treats-heading",
    ERROR,
    title="A heading that says what PIT treats",
    why="A regulator reads a list under “what we treat” as a claim to help or cure each problem on it.",
    mend="Write “Conditions people ask us about”, or name the problem alone.",
    source="clinical.md 4.1 (CAP 12.2), check 5",
)
CONDITION = (
    r"(?:pains?|neuralgia|headaches?|migraines?|osteoarthritis|arthritis|neuromas?|sciatica|tendon\w*|injur\w+|nerves?"
    r"|conditions?)"
)
IT = r"(?:pit|perineural injections?(?: treatment)?|our treatment|dextrose|sugar water)"
WORDS = re.compile(
    rf"\b(?:treats?|treating|cures?|fix(?:es)?|relieves?|heals?|beats?)\b.{{0,80}}\b{CONDITION}\b"
    rf"|\b(?:treatments?|therapy|relief|cure|help|injections?) (?:for|of|from)\b.{{0,80}}\b{CONDITION}\b"
    rf"|\b{IT} (?:can |will |also )?(?:treats?|helps?|works? for|eases?|cures?)\b|\bwho (?:pit|it) (?:can )?helps?\b"
    r"|\b(?:we|our clinic) (?:can |also )?(?:treats?|cures?)\b"
    rf"|\bpit for\b.{{0,40}}\b{CONDITION}\b|\bwhat (?:pit|it) (?:can )?(?:treats?|helps?|cures?)\b"
)
USUAL = re.compile(r"\b(?:usual|usually|other|common|standard|first|questions?|claims?|studies|studied)\b")
HEADINGS = frozenset({"title", "short_title"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find titles, headings and captions that claim to treat a condition; a question answered with a no may stay."""
    spoken = own_words(reading)
    for number, (sentence, text) in enumerate(spoken):
        if sentence.kind not in {"heading", "caption"} and sentence.key not in HEADINGS:
            continue
        match = WORDS.search(text)
        following = spoken[number + 1][1] if number + 1 < len(spoken) else ""
        asked = text.endswith("?") and (
            says_no(following) or text.startswith(("does ", "do ", "how ", "can ", "will "))
        )
        if match and not asked and not USUAL.search(text) and not denied(text, *match.span()):
            yield found(RULE, sentence.line, sentence.text, detail=match[0])
