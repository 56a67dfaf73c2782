"""Words of the glossary are linked where a page first uses them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.plain_words import without_links_to_words
from education.checks.reading import Reading, Sentence
from education.glossary import Word

UNDEFINED = rule(
    "unexplained-term",
    WARNING,
    title="A medical word without its meaning",
    why="Readers do not stop to look a word up; they stop reading.",
    mend="Link it to the glossary where the page first uses it, or say it in plain words.",
    source="clinical.md 4.3 (4)",
)
READ = frozenset({"p", "li", "definition"})
NO_LINKS = frozenset({"emergency", "urgent", "routine", "glance"})
"""Blocks in which nothing may lead away, and the summary: the text below it explains."""
EVERYDAY = frozenset({"w-consent", "w-migraine", "w-perineural", "w-ultrasound", "w-acupuncture"})
"""Words that most people know, or that each page says in full."""
CALLED = re.compile(r"\(\w{0,20} ?$|\bcalled (?:\w+ ){0,2}$")
HEAD = re.compile(r"^[^(,]+")


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find the first use of each word of the glossary, if no link explains it by then."""
    if reading.kind in {"glossary", "sources", "claims"}:
        return
    terms = _terms(tuple(reading.context.words.items()))
    done = {key for key, word in terms if word.search(reading.front.title)}
    for sentence in reading.body:
        done |= {link.href.removeprefix("#") for link in sentence.links}
        if sentence.kind in READ and sentence.block not in NO_LINKS:
            yield from _unexplained(sentence, terms, done)


def _unexplained(sentence: Sentence, terms: list[tuple[str, re.Pattern[str]]], done: set[str]) -> Iterator[Finding]:
    text = without_links_to_words(sentence)
    for key, pattern in terms:
        match = None if key in done else pattern.search(text)
        if match is None:
            continue
        done.add(key)
        if not _explained(text, match):
            swap = f"[{match[0]}](#{key})"
            yield found(UNDEFINED, sentence.line, sentence.text, detail=f"“{match[0]}”", swap=swap)


def _explained(text: str, match: re.Match[str]) -> bool:
    """Say if a word stands in brackets after its plain word, or is followed by its meaning."""
    after = text[match.end() : match.end() + 3]
    return CALLED.search(text[max(0, match.start() - 30) : match.start()]) is not None or after.startswith(
        (" (", ": ", "):", " is", ")")
    )


@lru_cache(maxsize=8)
def _terms(words: tuple[tuple[str, Word], ...]) -> list[tuple[str, re.Pattern[str]]]:
    """Return the pattern of each word that needs a meaning."""
    made = []
    for key, word in words:
        head = HEAD.match(word.term)
        if key not in EVERYDAY and head:
            term = re.escape(head[0].strip().replace("'", "’")).replace("’", "[’']")
            made.append((key, re.compile(rf"(?<![\w-]){term}s?(?![\w-])", re.IGNORECASE)))
    return made
