"""What a check says: the rule that it keeps, and each sentence that breaks it."""

import hashlib
import re
from dataclasses import dataclass, replace

from education.canonical import as_read

ERROR, WARNING = "error", "warning"
MOST_CHARACTERS = 300


@dataclass(frozen=True)
class Rule:
    """One rule: why it is there and how to keep it, in plain words, and where it comes from."""

    slug: str
    level: str
    title: str
    why: str
    mend: str
    source: str


RULES: dict[str, Rule] = {}
"""Every rule by its name; a check that is imported has put its rules here."""


def rule(slug: str, level: str, *, title: str, why: str, mend: str, source: str) -> Rule:
    """Make a rule known by its name. Two rules never share one."""
    made = Rule(slug, level, title, why, mend, source)
    if RULES.setdefault(slug, made) != made:
        raise ValueError(f"two rules are called {slug!r}")
    return made


@dataclass(frozen=True, order=True)
class Finding:
    """One place where a page breaks a rule."""

    line: int
    """Line of the whole text, from 1."""
    rule: str
    sentence: str = ""
    """The words that it is about, as patients read them."""
    detail: str = ""
    swap: str = ""
    """What could stand there instead."""
    answered: str = ""
    """Why the author lets a warning stay."""

    @property
    def level(self) -> str:
        return RULES[self.rule].level

    @property
    def title(self) -> str:
        return RULES[self.rule].title

    @property
    def why(self) -> str:
        return RULES[self.rule].why

    @property
    def mend(self) -> str:
        return RULES[self.rule].mend

    @property
    def fingerprint(self) -> str:
        """The same as long as rule and words are the same, wherever the line moves."""
        return hashlib.sha256(f"{self.rule}\0{same_words(self.sentence)}".encode()).hexdigest()[:12]

    def answer(self, reason: str) -> "Finding":
        """Return the finding with the author's reason."""
        return replace(self, answered=reason)

    def __str__(self) -> str:
        """Say it all in one line: level, rule, words, why, how to mend it."""
        words = f"“{self.sentence}”" if self.sentence else self.title
        told = (
            f"{self.level} {self.rule}: {words}{f' ({self.detail})' if self.detail else ''} – {self.why} – {self.mend}"
        )
        told += f" Perhaps: {self.swap}." if self.swap else ""
        return f"{told} [answered: {self.answered}]" if self.answered else told


def found(rule: Rule, line: int, sentence: str = "", *, detail: str = "", swap: str = "") -> Finding:
    """Return a finding; endless words are cut."""
    words = " ".join(sentence[: 2 * MOST_CHARACTERS].split())
    if len(words) > MOST_CHARACTERS:
        words = f"{words[: MOST_CHARACTERS - 1]}…"
    return Finding(line, rule.slug, words, detail[:MOST_CHARACTERS], swap[:MOST_CHARACTERS])


def same_words(text: str) -> str:
    """Return words so that case, marks and spaces make no difference."""
    return " ".join(re.findall(r"[^\W_]+", as_read(text).lower()))
