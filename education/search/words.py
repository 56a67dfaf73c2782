"""Brings words to one form, so that "injections", "Injection" and "injected" find each other, in any language."""

import re
import threading
import unicodedata

import snowballstemmer

from education.canonical import as_read

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word as written, "Morton’s" and "can't" included."""
APOSTROPHES = str.maketrans("", "", "'’")


def split(text: str) -> list[str]:
    """Return the words of a text as they are read, in small letters."""
    return WORD.findall(as_read(text).lower())


def fold(word: str) -> str:
    """Return a word without accents and apostrophes: "articulación" gives "articulacion"."""
    word = word.translate(APOSTROPHES)
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class Stems(dict[str, str]):
    """The stem of each word of a language. Asking for a new word by key keeps it; `of` does not.

    The stem is taken before the accents go, because the rules of a language know its accents.
    """

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._stemmer = snowballstemmer.stemmer(algorithm) if algorithm else None
        self._lock = threading.Lock()

    def __missing__(self, word: str) -> str:
        self[word] = stem = self._stem(word)
        return stem

    def of(self, word: str) -> str:
        """Return the stem of a word without keeping it: what people type must not fill the memory."""
        return self.get(word) or self._stem(word)

    def _stem(self, word: str) -> str:
        word = word.translate(APOSTROPHES)
        if self._stemmer is None:
            return fold(word)
        with self._lock:  # a stemmer holds the word that it works on
            return fold(self._stemmer.stemWord(word))
