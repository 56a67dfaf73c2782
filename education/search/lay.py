"""What people call things: `search.toml` beside the pages of a language, read as far as it is right."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import snowballstemmer

from education.faults import Fault
from education.files import NotTextError, read_text
from education.search.words import Stems, split

FILE = "search.toml"
KEYS = {"stemmer": str, "ignore": list, "leads": list, "urgent": list, "crisis": list, "meant": dict}
LINE = re.compile(r"line (\d+)")

Phrase = frozenset[str]
"""The stems of a phrase without the words that say nothing; their order makes no difference."""


@dataclass(frozen=True)
class Lead:
    """Words of patients, the term that they mean, and the place that answers."""

    term: str
    page: str
    words: tuple[str, ...]

    @property
    def all_words(self) -> list[str]:
        """Every single word of it."""
        return [word for phrase in (self.term, *self.words) for word in split(phrase)]


class Lay:
    """The words of one language as its file names them."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.stems = Stems(told.get("stemmer", ""))
        self.ignored = frozenset(self.stems.of(word) for line in told.get("ignore", ()) for word in split(line))
        self.leads = tuple(Lead(lead["term"], lead["page"], tuple(lead["words"])) for lead in told.get("leads", ()))
        self.meant: dict[str, str] = {word.lower(): right for word, right in told.get("meant", {}).items()}
        self.urgent = tuple(filter(None, map(self.phrase, told.get("urgent", ()))))
        self.crisis = tuple(map(self.every_stem, told.get("crisis", ())))
        """Words of somebody who may think of suicide; small words count: "want to die" is not "die"."""
        self.by_phrase: dict[Phrase, Lead] = {}
        for lead in self.leads:
            for words in lead.words:
                self.by_phrase.setdefault(self.phrase(words), lead)
        self.by_phrase.pop(frozenset(), None)

    def meaningful(self, words: Iterable[str]) -> list[str]:
        """Return the words that say something; all of them when none does."""
        words = list(words)
        return [word for word in words if self.stems.of(word) not in self.ignored] or words

    def every_stem(self, text: str) -> Phrase:
        """Return the stems of all words of a text, those that say nothing by themselves included."""
        return frozenset(map(self.stems.of, split(text)))

    def phrase(self, text: str) -> Phrase:
        """Return a text as a phrase to compare."""
        return frozenset(self.stems.of(word) for word in self.meaningful(split(text)))


def read_lay(folder: Path, language: str) -> tuple[Lay, list[Fault]]:
    """Read the file of a language as far as it is right. Returns it with its faults; never raises for its text."""
    name = f"{language}/{FILE}"
    try:
        text = read_text(folder / language / FILE)
        told = tomllib.loads(text)
    except FileNotFoundError:
        return Lay({}), []
    except NotTextError as error:
        return Lay({}), [Fault(name, 1, f"{error}.")]
    except (OSError, ValueError) as error:
        line = LINE.search(str(error))
        return Lay({}), [Fault(name, int(line[1]) if line else 1, f"the file cannot be read: {error}.")]
    faults: list[Fault] = []

    def note(value: object, message: str) -> None:
        faults.append(Fault(name, line_of(text, str(value)), message))

    lay = Lay({key: good for key, value in told.items() if (good := _good(key, value, note))})
    return lay, faults + list(_twice(lay, name, text))


def line_of(text: str, value: str) -> int:
    """Return the line on which a value is written: in quotes, else as it stands."""
    at = text.find(f'"{value}"')
    at = text.find(value) if at < 0 else at
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _good(key: str, value: object, note: Any) -> object:
    """Return what is right in the value of one key."""
    kind = KEYS.get(key)
    if kind is None or not isinstance(value, kind):
        known = ", ".join(KEYS)
        note(key, f"{key} is not known here; known: {known}." if kind is None else f"{key} has the wrong form.")
        return None
    if key == "stemmer" and value not in snowballstemmer.algorithms():
        note(value, f"there is no stemmer for {value!r}; known: {', '.join(snowballstemmer.algorithms())}.")
        return None
    if key == "leads" and isinstance(value, list):
        return [lead for lead in value if _good_lead(lead, note)]
    said = list(value.items()) if isinstance(value, dict) else [value] if isinstance(value, str) else value
    for each in said if isinstance(said, list) else ():
        if not all(isinstance(word, str) and split(word) for word in (each if isinstance(each, tuple) else [each])):
            note(key, f"{key} holds words only; {each!r} is none.")
            return None
    return value


def _good_lead(lead: object, note: Any) -> bool:
    if not isinstance(lead, dict) or set(lead) != {"term", "page", "words"}:
        note("[[leads]]", "each of the leads has exactly: term, page, words.")
        return False
    words = lead["words"]
    right = isinstance(words, list) and words and all(isinstance(word, str) and split(word) for word in words)
    if not right or not isinstance(lead["term"], str) or not isinstance(lead["page"], str) or not split(lead["term"]):
        note(lead["term"], "term and page are texts, and words is a list of texts.")
        return False
    return True


def _twice(lay: Lay, name: str, text: str) -> Iterator[Fault]:
    for lead in lay.leads:
        for words in lead.words:
            other = lay.by_phrase.get(lay.phrase(words), lead)
            if other.page != lead.page:
                yield Fault(name, line_of(text, words), f"{words!r} leads to {other.page} already.")
