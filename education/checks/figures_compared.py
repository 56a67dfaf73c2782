"""Numbers of a translation against those of its source, section by section."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from education.checks.agreement_rules import NUMBER_WORDS, NUMBERS
from education.checks.figures import WORDS
from education.checks.finding import Finding, found
from education.checks.parts import Section, Sentence
from education.checks.vocabulary import vocabulary

DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
SPELLED = {word: number for word, number in WORDS.items() if number > 1 and " " not in word}
"""English numbers in words; "one" is too often no number."""


def lost_numbers(ours: Section, theirs: Section, language: str) -> Iterator[Finding]:
    """Find numbers that a section of a translation lacks, or that its source does not have."""
    mine, wanted = digits(ours.sentences), digits(theirs.sentences)
    lost, added = wanted - mine, mine - wanted
    spoken = _spoken(ours.sentences, language)
    spelled = Counter(str(SPELLED[word]) for word in _words(theirs.sentences) if word in SPELLED)
    lost, added = lost - spoken, added - spelled  # "two" may be written as 2, and 2 as “dos”
    if lost or added:
        yield found(NUMBERS, ours.line, ours.title, detail=_told(lost, added))
    words = (spelled - spoken) - (mine - wanted)
    if words and spoken is not None and vocabulary(language):
        yield found(NUMBER_WORDS, ours.line, ours.title, detail=_told(words, Counter()))


def digits(sentences: Iterable[Sentence]) -> Counter[str]:
    """Count the numbers in digits that sentences hold."""
    return Counter(number for sentence in sentences for number in DIGITS.findall(sentence.text))


def _words(sentences: Iterable[Sentence]) -> Iterator[str]:
    yield from (word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence.lower))


def _spoken(sentences: Iterable[Sentence], language: str) -> Counter[str]:
    """Count the numbers in words of a language that has a vocabulary."""
    known = vocabulary(language)
    values = {word: str(number) for number, words in (known.numbers if known else {}).items() for word in words}
    return Counter(values[word] for word in _words(sentences) if word in values)


def _told(lost: Counter[str], added: Counter[str]) -> str:
    told = [f"missing: {', '.join(sorted(lost.elements()))}"] * bool(lost)
    return "; ".join(told + [f"not in the source: {', '.join(sorted(added.elements()))}"] * bool(added))
