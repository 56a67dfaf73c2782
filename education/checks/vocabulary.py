"""What the checks know of a language: read from languages/<code>.toml, so that another language is one more file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from education.checks.claim_words import CLAIMS, Claim, read_claims
from education.checks.negation import ENGLISH, Negation
from education.files import read_text

FOLDER = Path(__file__).with_name("languages")
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language that rules look for."""

    claims: tuple[Claim, ...]
    negation: Negation
    denies: re.Pattern[str]
    """Anything that denies, at whatever strength: held against the source, paragraph by paragraph."""
    numbers: Mapping[int, frozenset[str]] = field(default_factory=dict)
    required: Patterns = field(default_factory=dict)
    off_label: Patterns = field(default_factory=dict)
    grades: Patterns = field(default_factory=dict)
    empty_links: frozenset[str] = frozenset()
    known_letters: frozenset[str] = frozenset()


DENIES = re.compile(
    r"\b(?:not|no|none|nobody|no one|nothing|never|neither|nor|without|cannot|hardly|unknown|unclear|\w+n’t)\b"
)
OF_ENGLISH = Vocabulary(CLAIMS, ENGLISH, DENIES)
"""Most of what is known of English stands in the checks themselves."""


@lru_cache(maxsize=16)
def vocabulary(language: str) -> Vocabulary | None:
    """Return what is known of a language; None: its words are not read, only its form and its source."""
    if language == "en":
        return OF_ENGLISH
    file = FOLDER / f"{language}.toml"
    if file.is_file():
        return read_vocabulary(read_text(file))
    return vocabulary(language.partition("-")[0]) if "-" in language else None  # es-419 is read as es


def read_vocabulary(text: str) -> Vocabulary:
    """Read the file of a language."""
    told = tomllib.loads(text)
    denial = {key: value for key, value in told["negation"].items() if key not in {"any", "or"}}
    return Vocabulary(
        claims=read_claims(text),
        negation=Negation(**_patterns(denial), joins=tuple(told["negation"]["or"])),
        denies=re.compile(told["negation"]["any"]),
        numbers={int(number): frozenset(words) for number, words in told["numbers"].items()},
        required=_patterns(told["required"]),
        off_label=_patterns(told["off_label"]),
        grades=_patterns(told["grades"]),
        empty_links=frozenset(told["small"]["empty_links"]),
        known_letters=frozenset(told["small"]["known_letters"]),
    )


def _patterns(told: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in told.items()}
