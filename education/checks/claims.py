"""Words that promise more than anyone knows."""

from collections.abc import Iterator
from datetime import date

from education.checks.claim_words import Claim
from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import Negation, denied, says_idea, says_no
from education.checks.parts import Reading
from education.checks.quoted import own_words
from education.checks.vocabulary import vocabulary

RULE = rule(
    "claim-words",
    ERROR,
    title="Words that promise too much",
    why="Law and honesty forbid promises that no trial of this method in this problem supports.",
    mend="Say what is known and what is not; a claim you only quote carries its number and quotation marks.",
    source="clinical.md 4.1",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Yield each sentence that makes a listed claim without denying it, once for each claim."""
    known = vocabulary(reading.page.language)
    if known is None:
        return
    spoken, denial = own_words(reading), known.negation
    whole = "\n".join(text for _sentence, text in spoken)
    likely = [claim for claim in known.claims if any(stem in whole for stem in claim.stems)]
    following = [*(text for _sentence, text in spoken[1:]), ""]
    for (sentence, text), answer in zip(spoken, following, strict=False):
        asked = text.endswith("?") and says_no(answer, denial)
        if asked or (sentence.kind == "heading" and says_idea(answer, denial)):
            continue
        for claim in likely:
            words = any(stem in text for stem in claim.stems) and next(_claimed(claim, text, denial), "")
            if words:
                yield found(RULE, sentence.line, sentence.text, detail=words, swap=claim.instead)


def _claimed(claim: Claim, text: str, denial: Negation) -> Iterator[str]:
    """Yield the words of a sentence that make this claim: not an honest phrase, and not denied."""
    honest = [match.span() for match in claim.allow.finditer(text)] if claim.allow else []
    for match in claim.words.finditer(text):
        start, end = match.span()
        if not any(begin < end and start < stop for begin, stop in honest) and not denied(text, start, end, denial):
            yield match[0]
