"""Guesses what a word was meant to be: a common slip that the file names, or the nearest word of our pages."""

import difflib
import re

from education.search.index import Index
from education.search.question import Question
from education.search.words import fold

SHORTEST = 4
CLOSE = 0.75
MOST_GUESSES = 3


def meant(question: Question, index: Index) -> str:
    """Return the question as it may have been meant, or nothing if every word of it is known."""
    text = question.text
    guesses = 0
    for word in question.words:
        right = index.lay.meant.get(word, "")
        if not right and not index.knows(word) and guesses < MOST_GUESSES:
            guesses += 1
            right = nearest(word, index)
        if right:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", right.replace("\\", ""), text, flags=re.IGNORECASE)
    return text if text != question.text else ""


def nearest(word: str, index: Index) -> str:
    """Return the word of our pages that is most like this one, or nothing if none is."""
    word = fold(word)
    if len(word) < SHORTEST or word.isdigit():
        return ""
    like = [other for other in index.spellings if _may_be(word, other)]
    close = difflib.get_close_matches(word, like, n=1, cutoff=CLOSE)
    return index.spellings[close[0]] if close else ""


def _may_be(word: str, other: str) -> bool:
    """Say whether two words are of about one length and begin alike; a letter too many or too few may come first."""
    begins = other[0] == word[0] or other[1:3] == word[:2] or other[:2] == word[1:3]
    return begins and abs(len(other) - len(word)) <= 2
