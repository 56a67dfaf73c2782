"""Harms and other choices are told in no fewer words than the benefits of PIT, and begin no later.

Sources: IPDAS asks a decision aid for equal detail on pros and cons and for all choices, also to do nothing; CDC
item 19 asks for risks and benefits both; DISCERN 6, 10, 11, 12 and 14 ask for balance, risks, and more than one choice;
CAP 12.2 forbids to discourage other care. What is counted, on pages that tell what PIT did or may do for people:

benefit   a sentence that says of PIT, dextrose or an injection that people felt better, and neither denies nor asks it
harm      a sentence that names an unwanted effect, a cost, or that it may not help
choice    a sentence that names other care or waiting, and all that stands under a heading on what usually helps

Signs of an emergency are no harms of PIT, except on the pages about the treatment. Headings count for nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.parts import Reading, Sentence
from education.checks.quoted import own_words

ONE_SIDED = rule(
    "one-sided",
    ERROR,
    title="Benefits without harms or other choices",
    why="A page that tells only what may go well is an advertisement.",
    mend="Name the unwanted effects and the other choices, also to wait, before or beside the benefits.",
    source="clinical.md 4.6 (IPDAS: benefits and harms of each option), 4.4 item 19",
)
BALANCE = rule(
    "balance",
    WARNING,
    title="More words for benefits than for harms and other choices",
    why="What is told first and longest weighs most; harms and other choices must weigh no less.",
    mend="Shorten the benefits, or say more, and earlier, about harms and other choices.",
    source="clinical.md 4.2 (DISCERN 6, 11, 14), 4.6 (IPDAS: equal detail)",
)
ABOUT_PIT = re.compile(
    r"\b(?:pit|perineural|dextrose|injections?|injected|sugar|treatments?|needles?|studies|study|trials?|visits?)\b"
)
BENEFIT = re.compile(
    r"\b(?:better|less pain|relief|relieves?|eases?|eased|helps?|helped|improves?|improved|improvement|gains?|benefits?"
    r"|calms?|fewer attacks|more relief|half the pain|pain (?:fell|went)|works?|worked)\b"
)
HARM = re.compile(
    r"\b(?:risks?|unwanted|side effects?|harms?|harmed|stings?|stinging|sore(?:ness)?|bruis\w+|bleed\w*|infection\w*"
    r"|allerg\w+"
    r"|faint\w*|punctur\w+|numb(?:ness)?\b|swell(?:s|ing)?|worse|costs?|price|not help(?:ed)?|no benefit|serious"
    r"|stop if)\b"
)
CHOICE = re.compile(
    r"\b(?:exercis\w+|physiotherapy|usual care|other (?:choices?|care|treatments?|options?)|all your choices"
    r"|what else|wait(?:ing)?"
    r"|to say no|say no|stay(?:ing)? active|pain (?:gel|medicines?|tablets?|relief)|painkillers?|steroids?"
    r"|talking therap\w+"
    r"|acupuncture|surgery|splints?|heat|keep taking|your medicines?|triptan|self-care|weight)\b"
)
USUAL = re.compile(r"\b(?:usual|usually|other choices|choices|helps? first|first)\b")
UNSURE = re.compile(
    r"\b(?:not|no|nobody|no one|none|never|nor|neither|cannot|unknown|unsure|mixed|unclear|ideas?|dummy|sham|pretend"
    r"|placebo|salt water|saline|if|whether|ask)\b|^(?:how|why|what)\b|\bbetter (?:trials?|studies|known)\b"
)
"""A sentence that holds one of these promises nothing."""
SIGNS = frozenset({"emergency", "urgent", "routine"})
SPEAKS = ("treatment/", "evidence", "conditions/")
FEWEST = 3
"""So many sentences of benefit make a page one that speaks of benefits."""


@dataclass
class Sides:
    """How many words each side has, and where it begins (as a count of sentences)."""

    benefit: int = 0
    harm: int = 0
    choice: int = 0
    first_benefit: int = -1
    first_other: int = -1
    example: Sentence | None = None
    benefits: int = 0


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pages whose benefits stand alone, before, or in more words than harms and other choices."""
    if reading.kind != "condition" and not f"{reading.path}/".startswith(SPEAKS):
        return
    sides = weigh(reading)
    if sides.example is None or sides.benefits < FEWEST:
        return
    line, words = sides.example.line, sides.example.text
    missing = [name for name, count in (("harms", sides.harm), ("other choices", sides.choice)) if not count]
    if missing:
        yield found(ONE_SIDED, line, words, detail=f"nothing about {' and '.join(missing)}")
    elif sides.benefit > sides.harm + sides.choice:
        detail = f"{sides.benefit} words on benefits, {sides.harm + sides.choice} on harms and other choices"
        yield found(BALANCE, line, words, detail=detail)
    elif sides.first_other > sides.first_benefit:
        yield found(BALANCE, line, words, detail="benefits come before harms and other choices")


def weigh(reading: Reading) -> Sides:
    """Count the words on each side and see where it begins."""
    sides = Sides()
    for number, (sentence, text) in enumerate(own_words(reading)):
        if sentence.kind in {"heading", "front"} and sentence.key != "lede":
            continue
        side = _side(sentence, text, treatment=reading.path.startswith("treatment/"))
        if side == "benefit":
            sides.example = sides.example or sentence
            sides.benefits += 1
            sides.benefit += len(sentence.words)
            sides.first_benefit = number if sides.first_benefit < 0 else sides.first_benefit
        elif side:
            setattr(sides, side, getattr(sides, side) + len(sentence.words))
            sides.first_other = number if sides.first_other < 0 else sides.first_other
    return sides


def _side(sentence: Sentence, text: str, *, treatment: bool) -> str:
    """Say on which side a sentence stands: harm before choice before benefit, or on none."""
    if sentence.block in SIGNS:
        return "harm" if treatment else ""
    if HARM.search(text):
        return "harm"
    if CHOICE.search(text) or USUAL.search(sentence.section.title.lower()):
        return "choice"
    told = f"{text} {sentence.section.title.lower()}"
    good = BENEFIT.search(text) and ABOUT_PIT.search(told) and not UNSURE.search(told) and not text.endswith("?")
    return "benefit" if good else ""
