"""How easy Spanish is to read: the perspicuity of Szigriszt Pazos (1993) on the INFLESZ scale (Barrio Cantalejo 2008).

It informs and forbids nothing: clinical.md sets goals for English only.
"""

import re
from collections.abc import Iterable

VOWELS = re.compile(r"[aeiouáéíóúü]+")
STRONG = re.compile(r"[aeoáéíóú]")
SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
SCALE = ((40, "very hard"), (55, "rather hard"), (65, "normal"), (80, "rather easy"))


def syllables(word: str) -> int:
    """Count the syllables of a Spanish word; a number or a sign counts as one."""
    letters = SILENT_U.sub("", re.sub(r"y$", "i", word.lower()))
    return sum(max(1, len(STRONG.findall(group))) for group in VOWELS.findall(letters)) or 1


def perspicuity(sentences: Iterable[list[str]]) -> float:
    """Return the ease of a text given as the words of its sentences: 100 is very easy."""
    said = [words for words in sentences if words]
    total = sum(len(words) for words in said)
    if not total:
        return 100.0
    return 206.835 - 62.3 * sum(syllables(word) for words in said for word in words) / total - total / len(said)


def in_words(ease: float) -> str:
    """Name the step of the INFLESZ scale."""
    return next((name for limit, name in SCALE if ease < limit), "very easy")
