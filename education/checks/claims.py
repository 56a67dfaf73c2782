"""Words that promise more than anyone knows, and words that harm: each kind is a rule, its words are data."""

from collections.abc import Iterator, Mapping
from datetime import date

from education.checks import testimonials
from education.checks.claim_words import Claim
from education.checks.finding import ERROR, Finding, Rule, found, rule
from education.checks.negation import Negation, denied, says_idea, says_no
from education.checks.parts import Reading, Sentence
from education.checks.quoted import own_words
from education.checks.vocabulary import vocabulary
from education.checks.words import spans

PROMISE = rule(
    "claim-words",
    ERROR,
    title="Words that promise too much",
    why="Law and honesty forbid promises that no trial of this method in this problem supports.",
    mend="Say what is known and what is not; a claim you only quote carries its number and quotation marks.",
    source="clinical.md 4.1",
)
MEDICINE = rule(
    "medicine-change",
    ERROR,
    title="Words that tell people to stop, start or change a medicine",
    why="Stopping or changing a medicine can harm, and only the person who prescribes it knows what is right.",
    mend="Say: Do not stop or change a medicine on your own; talk to the person who prescribes it.",
    source="clinical.md 4.1, 3.5",
)
OTHER_CARE = rule(
    "other-care",
    ERROR,
    title="Words against other care",
    why="People who read that other care fails may leave care that helps them.",
    mend="Say what a study found of it, with the source beside it, or leave it out.",
    source="clinical.md 4.1 (CAP 12.2: do not discourage other care)",
)
TELEPHONE = rule(
    "typed-number",
    ERROR,
    title="A telephone number that is typed",
    why="A typed number is wrong in another country, and stays when the clinic changes it.",
    mend="Write {emergency_number}, {urgent_line} or {crisis_line}; the clinic’s own number is on the contact page.",
    source="clinical.md 3.5",
)
PRICE = rule(
    "typed-price",
    ERROR,
    title="A price that is typed",
    why="A typed price stays on the page when the clinic changes it.",
    mend="Leave it out, and link to the questions or the contact page; a price from a study stands beside its source.",
    source="clinical.md 4.1",
)
RULES: Mapping[str, Rule] = {
    each.slug: each for each in (PROMISE, MEDICINE, OTHER_CARE, TELEPHONE, PRICE, testimonials.RULE)
}
"""What the entries of claim_words.toml may name as their rule."""


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Yield each sentence that makes a listed claim without denying it, once for each claim."""
    known = vocabulary(reading.page.language)
    if known is None:
        return
    facts = reading.context.facts
    spoken = [(sentence, _without_facts(sentence, text, facts)) for sentence, text in own_words(reading)]
    whole = "\n".join(text for _sentence, text in spoken)
    likely = [claim for claim in known.claims if any(stem in whole for stem in claim.stems)]
    following = [*(text for _sentence, text in spoken[1:]), ""]
    for (sentence, text), answer in zip(spoken, following, strict=False):
        excused = _is_answered(sentence, text, answer, known.negation)
        for claim in likely:
            if (excused and not claim.always) or (sentence.citations and claim.sourced):
                continue
            words = any(stem in text for stem in claim.stems) and next(_claimed(claim, text, known.negation), "")
            if words:
                yield found(RULES[claim.rule], sentence.line, sentence.text, detail=words.strip(), swap=claim.instead)


def _without_facts(sentence: Sentence, text: str, facts: Mapping[str, str]) -> str:
    """Return a sentence with a dot for each fact of the clinic: what is filled in was not typed."""
    for name in sentence.facts:
        for start, end in spans(facts[name]):
            text = text.replace(facts[name][start:end].strip().lower().replace("'", "’"), "·", 1)
    return text


def _is_answered(sentence: Sentence, text: str, answer: str, denial: Negation) -> bool:
    """Say whether the words after a question say no, or those after a heading call it an idea."""
    asked = text.endswith("?") and says_no(answer, denial)
    return asked or (sentence.kind == "heading" and says_idea(answer, denial))


def _claimed(claim: Claim, text: str, denial: Negation) -> Iterator[str]:
    """Yield the words of a sentence that make this claim: not an honest phrase, and not denied."""
    honest = [match.span() for match in claim.allow.finditer(text)] if claim.allow else []
    for match in claim.words.finditer(text):
        start, end = match.span()
        excused = not claim.always and denied(text, start, end, denial)
        if not excused and not any(begin < end and start < stop for begin, stop in honest):
            yield match[0]
