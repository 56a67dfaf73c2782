"""What every sentence of a page stands on: a source, a fact of the clinic, common knowledge, or nothing.

A source holds for its own sentence, for all cells of its row, and for the items of the list that its words lead to.
Two reserved keys are cited like sources and print nothing: `[@common]` for what anybody can look up in a school book,
`[@clinic]` for what the clinic decides or knows about itself. Its facts, like {emergency_number}, and what it says as
"we" and "our" are the clinic's word, too. Questions, headings, quoted claims, things to do, and sentences that say that
something is not known state nothing and are left out.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from education.checks.figures import Unit, units
from education.checks.parts import Reading, Sentence
from education.checks.reading import read
from education.library import PageText
from education.markdown.context import Context
from education.sources import CLINIC, COMMON, RESERVED

SOURCED, CLINIC_FACT, COMMON_KNOWLEDGE, NOTHING = "sourced", "clinic", "common", "nothing"
BASES = (SOURCED, CLINIC_FACT, COMMON_KNOWLEDGE, NOTHING)
STATING = frozenset({"p", "li", "cell", "definition"})
STATING_IN_FRONT = frozenset({"lede", "evidence"})
TO_DO = frozenset({"do", "dont"})
NOT_KNOWN = re.compile(
    r"\b(?:not|never) (?:really |fully |yet |been )*known\b|\b(?:not|no one|nobody|who) (?:really |yet "
    r"|fully )?knows?\b|\bunknown\b"
)
OURS = re.compile(r"\b(?:we|us|our|the clinic)\b")


@dataclass(frozen=True)
class Standing:
    """One sentence and what it stands on; `keys` are its sources."""

    text: str
    line: int
    basis: str
    keys: tuple[str, ...] = ()
    section: str = ""


def standing(page: PageText, context: Context) -> list[Standing]:
    """Return what each sentence of a page stands on, in the order of the page; never raises for its text."""
    return stand(read(page, context))


def stand(reading: Reading) -> list[Standing]:
    """Return what each sentence of a page that is already read stands on."""
    heads = {(table.line, head) for table in reading.tables for head in table.head}
    return [
        _judge(sentence, unit, reading)
        for unit in units(reading)
        for sentence, text in unit.sentences
        if _states(sentence, text) and (sentence.line, sentence.text) not in heads
    ]


def tally(found: Iterable[Standing]) -> dict[str, int]:
    """Return how many sentences stand on each."""
    counts = Counter(each.basis for each in found)
    return {basis: counts[basis] for basis in BASES}


def _states(sentence: Sentence, text: str) -> bool:
    if sentence.kind not in STATING and sentence.key not in STATING_IN_FRONT:
        return False
    admits = NOT_KNOWN.search(text) or NOT_KNOWN.search(sentence.section.title.lower())
    said = any(letter.isalpha() for letter in text.partition("·")[0])
    return said and not text.endswith("?") and not admits and sentence.block not in TO_DO


def _judge(sentence: Sentence, unit: Unit, reading: Reading) -> Standing:
    own = {*sentence.citations, *unit.lead, *(unit.citations if sentence.kind == "cell" else ())}
    keys = tuple(sorted(key for key in own - RESERVED if key in reading.context.sources))
    basis = NOTHING
    if keys:
        basis = SOURCED
    elif CLINIC in own or sentence.facts or OURS.search(sentence.lower):
        basis = CLINIC_FACT
    elif COMMON in own:
        basis = COMMON_KNOWLEDGE
    return Standing(sentence.text, sentence.line, basis, keys, sentence.section.title)
