"""Readability scores by the NHS method: each heading and each item of a list counts as a sentence of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from education.checks.parts import Reading
from education.checks.syllables import syllables

LONG = 3
"""A long word has this many syllables or more."""
SHORTEST_SENTENCE = 3
"""Shorter ones give their words but do not count as a sentence, as textstat does it: they would flatter the score."""
ADJUSTED_KINDS = frozenset({"glossary", "claims", "sources"})
ADJUSTED_PATHS = ("treatment/how-it-might-work", "evidence")
EXEMPT_KINDS = frozenset({"sources"})
UNAVOIDABLE = re.compile(
    r"^(?:perineural|injections?|neuralgias?|osteoarthritis|dextrose|carpal|occipital|neuromas?)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Scores:
    """What the counting of a text came to."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    long_words: int = 0

    @property
    def words_a_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade."""
        return 0.39 * self.words_a_sentence + 11.8 * self.syllables / max(1, self.words) - 15.59 if self.words else 0.0

    @property
    def ease(self) -> float:
        """The Flesch reading ease: 100 is very easy."""
        syllables_a_word = self.syllables / max(1, self.words)
        return 206.835 - 1.015 * self.words_a_sentence - 84.6 * syllables_a_word if self.words else 100.0

    @property
    def smog(self) -> float:
        return 1.043 * sqrt(30 * self.long_words / max(1, self.sentences)) + 3.1291

    @property
    def long_share(self) -> float:
        """The share of long words, in 100."""
        return 100 * self.long_words / max(1, self.words)

    def __str__(self) -> str:
        return (
            f"FK {self.grade:.1f}, SMOG {self.smog:.1f}, ease {self.ease:.0f}, long words {self.long_share:.1f}%, "
            f"{self.words_a_sentence:.1f} words a sentence"
        )


def scores(reading: Reading) -> tuple[Scores, Scores]:
    """Return the scores of a page: raw, and adjusted by taking out the terms that it cannot do without."""
    said = [sentence.words for sentence in reading.prose]
    return count(said), count([[word for word in words if not UNAVOIDABLE.match(word)] for words in said])


def count(sentences: Iterable[list[str]]) -> Scores:
    """Count a text given as the words of its sentences."""
    words = whole = total = long_words = 0
    for sentence in sentences:
        counts = [syllables(word) for word in sentence]
        words += len(counts)
        whole += len(counts) >= SHORTEST_SENTENCE
        total += sum(counts)
        long_words += sum(number >= LONG for number in counts)
    return Scores(words, whole, total, long_words)


def is_adjusted(reading: Reading) -> bool:
    """Say if a page is judged by its adjusted scores: what it explains cannot be said without its terms."""
    path = reading.path
    return reading.kind in ADJUSTED_KINDS or any(path == each or path.startswith(f"{each}/") for each in ADJUSTED_PATHS)
