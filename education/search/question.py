"""Reads what somebody typed: never trusted, never kept, and never more than it needs."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from education.canonical import as_read
from education.search.index import Index
from education.search.lay import Lead, Phrase
from education.search.words import split

LONGEST = 100
MOST_WORDS = 12
FEW = 5
"""Fewer hits than this, and words are read more widely."""


@dataclass(frozen=True)
class Question:
    """What somebody asks, as words."""

    text: str
    cut: bool = False
    """It was longer than we read."""
    words: tuple[str, ...] = ()
    """The words that say something."""
    phrase: Phrase = frozenset()
    all_stems: Phrase = frozenset()
    """The stems of every word of all that was typed, those that say nothing included: a cry for help may come last."""


def clean(typed: str) -> tuple[str, bool]:
    """Return what was typed in one line without marks that nobody sees, and whether its end was cut off."""
    text = _one_line(typed)
    return text[:LONGEST].rstrip(), len(text) > LONGEST or len(typed) > 4 * LONGEST


def _one_line(typed: str) -> str:
    read = as_read(typed[: 4 * LONGEST])
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in read)
    return " ".join(unicodedata.normalize("NFC", shown).split())


def read_question(typed: str, index: Index) -> Question:
    """Return what was typed as a question to the index."""
    text, cut = clean(typed)
    every = split(text)[:MOST_WORDS]
    words = tuple(index.lay.meaningful(every))
    stems = index.stems
    return Question(text, cut, words, frozenset(map(stems.of, words)), index.lay.every_stem(_one_line(typed)))


def lead_of(question: Question, index: Index) -> Lead | None:
    """Return where the words of patients lead, if they are the whole question."""
    return index.lay.by_phrase.get(question.phrase)


def is_urgent(question: Question, index: Index) -> bool:
    """Say whether the words may be those of somebody who needs help now, in whatever order they stand."""
    return any(phrase <= question.all_stems for phrase in index.lay.urgent)


def is_crisis(question: Question, index: Index) -> bool:
    """Say whether the words may be those of somebody who thinks of suicide, in whatever order they stand."""
    return any(phrase <= question.all_stems for phrase in index.lay.crisis)


def expressions(question: Question, index: Index) -> Iterable[str]:
    """Yield what to look for, the strictest first: all words; the last as a beginning; any of the words."""
    wanted = [index.meanings(word) for word in question.words]
    if not wanted:
        return
    lead = lead_of(question, index)
    term = [index.meanings(word) for word in index.lay.meaningful(split(lead.term))] if lead else []
    yield _any([_all(wanted), *([_all(term)] if term else [])])
    yield _all([*wanted[:-1], wanted[-1] | index.endings(question.words[-1])])
    if len(wanted) > 1:
        yield _any([_one(stems) for stems in wanted])


def _one(stems: Iterable[str]) -> str:
    """Quote each stem, so that no letter of it can be an operator."""
    quoted = ['"{}"'.format(stem.replace('"', '""')) for stem in sorted(stems)]
    return f"({' OR '.join(quoted)})"


def _all(wanted: Iterable[Iterable[str]]) -> str:
    return f"({' AND '.join(_one(stems) for stems in wanted)})"


def _any(parts: Iterable[str]) -> str:
    return " OR ".join(parts)
