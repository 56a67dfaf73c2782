"""Pages on how PIT works, its risks and consent say plainly that the use is off-label, and none suggests approval."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied
from education.checks.parts import Reading
from education.checks.quoted import own_words
from education.checks.vocabulary import vocabulary

MISSING = rule(
    "off-label",
    ERROR,
    title="Nothing about off-label use",
    why="Nobody can agree to a treatment without knowing that the medicine is not approved for it.",
    mend="Say it with its meaning: This use is off-label: not approved by the FDA for this use.",
    source="clinical.md 4.1 (FDA), check 10",
)
APPROVED = rule(
    "approved",
    ERROR,
    title="Words that suggest approval",
    why="Dextrose is approved to give water and calories through a vein, and not for use near nerves.",
    mend="Say for what it is approved, or that it is not approved for this use.",
    source="clinical.md 4.1 (FDA)",
)
PAGES = frozenset({"treatment/how-it-might-work", "treatment/risks", "treatment/your-visit", "treatment/what-pit-is"})
OFF_LABEL = re.compile(r"off-label")
NOT_APPROVED = re.compile(r"\bnot (?:been )?(?:approved|licensed)\b|\bin a way (?:that )?its licence does not cover\b")
APPROVAL = re.compile(
    r"\bfda[- ](?:approved|cleared|registered)\b|\bapproved (?:by the fda|treatment|therapy|for)\b|\bfda approval\b"
)
THROUGH_A_VEIN = re.compile(r"\b(?:veins?|drip|water and calories|off-label|other use)\b")


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pages that must tell of off-label use and do not, and words that suggest approval."""
    if reading.path in PAGES or reading.kind == "condition":
        said, not_approved = _words(reading.page.language)
        text = "\n".join(sentence.lower for sentence in reading.body)
        if said and not_approved and not (said.search(text) and not_approved.search(text)):
            yield found(MISSING, reading.page.body_line)
    if reading.page.language != "en":
        return
    for sentence, text in own_words(reading):
        match = APPROVAL.search(text)
        if match and not text.endswith("?") and not THROUGH_A_VEIN.search(text) and not denied(text, *match.span()):
            yield found(APPROVED, sentence.line, sentence.text, detail=match[0])


def _words(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return how a language says "off-label", and that a use is not approved."""
    if language == "en":
        return OFF_LABEL, NOT_APPROVED
    known = vocabulary(language)
    return (known.off_label["said"], known.off_label["not_approved"]) if known else (None, None)
