"""Finds the numbers that tell of people: "46 out of 100", "73, 79 and 86 in 100", "61% of patients".

A scale ("6.3 out of 10 for pain") and the strength of a liquid ("5% dextrose") are numbers of another kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from education.checks.parts import Reading, Sentence
from education.checks.quoted import own_words
from education.sources import RESERVED

WORDS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
WORDS |= {
    "twelve": 12,
    "twenty": 20,
    "fifty": 50,
    "hundred": 100,
    "a hundred": 100,
    "thousand": 1000,
    "a thousand": 1000,
}
NUMBER = rf"(?:\d[\d.,]{{0,12}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
PEOPLE = (
    r"(?:people|patients?|persons?|adults?|men|women|users|participants|them|knees|hands|wrists|shoulders|feet|tendons)"
)
UNITS = r"(?:minutes?|hours?|days?|weeks?|months?|years?|ml|mg|visits?|sessions?|steps?)"
SHARE = re.compile(
    rf"(?<![\w.,])(?P<low>(?:fewer|less) than )?(?P<parts>{NUMBER}(?:(?:, | and | to "
    rf"|–){NUMBER}){{0,5}})(?: {PEOPLE})? "
    rf"(?P<by>out of|in|of)(?: every| each| the)? (?P<whole>{NUMBER})(?P<after> {PEOPLE})?\b(?! ?(?:%|{UNITS}\b))"
)
PERCENT = re.compile(r"(?<![\w.,])(?P<part>\d{1,3}(?:\.\d{1,2})?) ?(?:%|per ?cent\b)")
OF_PEOPLE = re.compile(
    rf"^ (?:of (?:the |our |these |all |those )?(?:\w+ )?{PEOPLE}\b|(?:had|felt|got|were|said|did|improved|reported)\b)"
)
LIQUID = r"(?:dextrose|glucose|sugar|mannitol|lidocaine|lignocaine|saline|salt|solution|strength|liquid|water|pit)"
STRENGTH = re.compile(
    rf"^[^.;|]{{0,30}}\b{LIQUID}\b|^ (?:of its size|wide|zoom|under the skin|in the joint)\b|^(?:–| or | to )\d"
)
STRENGTH_BEFORE = re.compile(rf"\b(?:{LIQUID}|zoom\w*|letters|screens?)\b[^.;]{{0,25}}$")
ON_SCREEN = re.compile(r"\b(?:zoom\w*|letters|screens?|browser)\b")
SCALE = re.compile(r"\b(?:scores?|scale|points?|rated|pain)\b|from 0 to 10")


@dataclass(frozen=True)
class Share:
    """How many out of how many: one denominator, one or more counts of it."""

    parts: tuple[float, ...]
    whole: int
    start: int
    end: int
    bound: bool = False
    """It says only "fewer than": how rare something is."""


@dataclass(eq=False)
class Unit:
    """What is read together: a paragraph, an item with the words that lead to its list, or a row of a table."""

    sentences: list[tuple[Sentence, str]] = field(default_factory=list)
    citations: set[str] = field(default_factory=set)
    lead: frozenset[str] = frozenset()
    """The sources of the words that lead to the list of which this is an item."""

    @property
    def text(self) -> str:
        return " ".join(text for _sentence, text in self.sentences)


@lru_cache(maxsize=4)
def units(reading: Reading) -> tuple[Unit, ...]:
    """Return the page in units, without headings and without claims that are only quoted."""
    made: list[Unit] = []
    last: Sentence | None = None
    lead: set[str] = set()
    for sentence, text in own_words(reading):
        if sentence.kind == "heading":
            last, lead = None, set()
            continue
        if last is None or not _together(last, sentence):
            lead = _lead(made, lead, last, sentence)
            made.append(Unit(citations=set(lead), lead=frozenset(lead)))
        made[-1].sentences.append((sentence, text))
        made[-1].citations |= set(sentence.citations) - RESERVED
        last = sentence
    return tuple(made)


def _together(one: Sentence, two: Sentence) -> bool:
    row = one.kind == two.kind == "cell" and one.line == two.line
    return row or one.paragraph == two.paragraph


def _lead(made: list[Unit], lead: set[str], last: Sentence | None, sentence: Sentence) -> set[str]:
    """Return the sources of the words that lead to a list: they hold for each of its items."""
    if sentence.kind != "li":
        return set()
    if last is not None and last.kind == "li":
        return lead
    return set(made[-1].citations) if last is not None and last.text.endswith(":") else set()


def shares(text: str) -> Iterator[Share]:
    """Yield what a text (in small letters) says of how many people out of how many."""
    scaled = None
    for match in SHARE.finditer(text) if " in " in text or " of " in text else ():
        parts, whole = tuple(map(value, re.findall(NUMBER, match["parts"]))), value(match["whole"])
        people = match["after"] or (match["by"] == "in" and f" {match[0]} ".find(" people ") > 0)
        if match["by"] == "of" and not match["after"]:
            continue
        if match["by"] == "in" and (1900 <= whole <= 2099 or (whole % 5 and not people)):
            continue
        if scaled is None:
            scaled = bool(SCALE.search(text))
        scale = whole == 10 and not people and (scaled or any(part % 1 for part in parts))
        if whole > 1 and max(parts) <= whole and not scale:
            yield Share(parts, int(whole), *match.span(), bound=bool(match["low"]))
    for match in PERCENT.finditer(text):
        if OF_PEOPLE.match(text[match.end() : match.end() + 60]):
            yield Share((float(match["part"]),), 100, *match.span())


def percentages(text: str) -> Iterator[re.Match[str]]:
    """Yield each percentage of a text (in small letters) that is not the strength of a liquid or a size."""
    for match in PERCENT.finditer(text):
        after, before = text[match.end() : match.end() + 60], text[max(0, match.start() - 40) : match.start()]
        if not STRENGTH.match(after) and not STRENGTH_BEFORE.search(before):
            yield match


def value(number: str) -> float:
    """Return a number written in digits or as a word; 0 for what is neither."""
    if number in WORDS:
        return float(WORDS[number])
    try:
        return float(number.rstrip(".,").replace(",", ""))
    except ValueError:
        return 0.0
