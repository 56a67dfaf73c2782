"""The index of one language: SQLite's full-text search in memory, over stems."""

import bisect
import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterable

from education.search.entries import GROUPS, PAGE, QUESTION, WORD, Entry
from education.search.lay import Lay, Lead, Phrase
from education.search.words import fold, split

WEIGHTS = "bm25(12.0, 8.0, 3.0, 1.0)"
"""How much a word counts in: titles, what people call it, headings, text."""
BY_KIND = {PAGE: 0.9, QUESTION: 0.7, WORD: 0.6}
"""A short text is found too easily: an answer of two lines must fit better than a page."""
CALLED = 1.6
"""How much better something fits whose title holds all the words."""
MOST = 40
MOST_ENDINGS = 12
"""How many words the beginning of a word may stand for."""

Found = list[tuple[int, float]]
"""Numbers of entries with how well they fit, the best first."""


class Index:
    """What can be found in one language, and how to find it. Never changes once it is made."""

    def __init__(self, entries: Iterable[Entry], lay: Lay) -> None:
        self.entries = tuple(entries)
        self.lay = lay
        self.stems = lay.stems
        self.places: dict[str, tuple[int, int]] = {}
        """Each place that words may lead to: the number of its entry, and of the section in it."""
        self.titles: dict[Phrase, list[int]] = defaultdict(list)
        """What is called so, whatever the order and the endings of the words."""
        self._called: list[Phrase] = []
        self.exact: dict[str, int] = {}
        """The page or question that is called exactly so."""
        self._lock = threading.Lock()
        self._rows = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._rows.close)  # when the last reader of an old index has gone
        self._name_places()
        self._fill()
        self._learn()

    def _name_places(self) -> None:
        for number, entry in enumerate(self.entries):
            self.places[entry.place] = (number, 0)
            self._called.append(self.lay.phrase(f"{entry.title} {entry.label}"))
            for title in {entry.title, entry.label} - {""}:
                self.titles[self.lay.phrase(title)].append(number)
            if entry.group != WORD:
                self.exact.setdefault(plainly(entry.title), number)
            for at, section in enumerate(entry.sections):
                if section.anchor:
                    self.places.setdefault(f"{entry.place}#{section.anchor}", (number, at))
        for numbers in self.titles.values():
            numbers.sort(key=lambda number: GROUPS.index(self.entries[number].group))

    def _fill(self) -> None:
        called: dict[int, list[Lead]] = defaultdict(list)
        for lead in self.lay.leads:
            if lead.page in self.places:
                called[self.places[lead.page][0]].append(lead)
        rows = self._rows
        rows.execute("CREATE VIRTUAL TABLE found USING fts5(title, also, headings, body, content='')")
        rows.execute("INSERT INTO found(found, rank) VALUES('rank', ?)", [WEIGHTS])
        rows.execute("BEGIN")
        for number, entry in enumerate(self.entries):
            also = [self.stems.of(word) for lead in called[number] for word in lead.all_words]
            headings = "\n".join(section.heading for section in entry.sections)
            body = "\n".join(section.words for section in entry.sections)
            title, headings, body = map(self._stemmed, (f"{entry.title}\n{entry.label}", headings, body))
            rows.execute("INSERT INTO found(rowid, title, also, headings, body) VALUES(?, ?, ?, ?, ?)",
                         [number, title, " ".join(also), headings, body])  # fmt: skip
        rows.execute("COMMIT")

    def _stemmed(self, text: str) -> str:
        """Return a text as stems, the words in their order."""
        stems = self.stems
        return " ".join([stems[word] for word in split(text)])

    def _learn(self) -> None:
        """Note every word that was read: its forms, and its stem."""
        self._rows.execute("CREATE VIRTUAL TABLE counted USING fts5vocab(found, row)")
        self.counts: dict[str, int] = dict(self._rows.execute("SELECT term, doc FROM counted"))
        self.forms: dict[str, list[str]] = defaultdict(list)
        self.spellings: dict[str, str] = {}
        self._by_letters: dict[str, set[str]] = defaultdict(set)
        for word, stem in self.stems.items():
            self.forms[stem].append(word)
            self.spellings.setdefault(fold(word), word)
            self._by_letters[fold(word)].add(stem)
        for word in {word for lead in self.lay.leads for word in lead.all_words}:
            self._by_letters[fold(word)].add(self.stems.of(word))
        self._alphabet = sorted(self._by_letters)

    def meanings(self, word: str) -> frozenset[str]:
        """Return the stems that a typed word stands for, with or without its accents."""
        return frozenset(self._by_letters.get(fold(word)) or {self.stems.of(word)})

    def endings(self, start: str) -> frozenset[str]:
        """Return the stems of the most frequent words that begin with these letters."""
        start = fold(start)
        first = bisect.bisect_left(self._alphabet, start)
        last = bisect.bisect_left(self._alphabet, f"{start}\U0010ffff", first)
        stems = {stem for word in self._alphabet[first:last] for stem in self._by_letters[word]}
        return frozenset(sorted(stems, key=lambda stem: (-self.counts.get(stem, 0), stem))[:MOST_ENDINGS])

    def knows(self, word: str) -> bool:
        """Say whether a word, in some form, stands anywhere."""
        return any(stem in self.counts for stem in self.meanings(word))

    def find(self, expression: str, phrase: Phrase) -> Found:
        """Return what fits an expression of quoted stems, the best first; more so what is called like the phrase."""
        with self._lock:  # one connection serves all threads
            found = self._rows.execute(
                "SELECT rowid, rank FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?", [expression, MOST]
            ).fetchall()
        scored = [(number, -rank * self._favour(number, phrase)) for number, rank in found]
        return sorted(scored, key=lambda each: -each[1])

    def _favour(self, number: int, phrase: Phrase) -> float:
        return BY_KIND.get(self.entries[number].group, 1.0) * (CALLED if phrase <= self._called[number] else 1.0)


def plainly(text: str) -> str:
    """Return a text so that capitals, marks and accents make no difference."""
    return " ".join(map(fold, split(text)))
