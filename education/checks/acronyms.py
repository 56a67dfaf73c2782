"""Abbreviations are spelled out on the page, or linked to their meaning."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.vocabulary import vocabulary

ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,6}(?![\w-])")
SPELLED = re.compile(r"\(([A-Z][A-Z0-9]{1,6})\)|([A-Z][A-Z0-9]{1,6}) \([a-z]")
KNOWN = frozenset(
    {"US", "UK", "EU", "OK", "PIT", "FDA", "NHS", "AM", "PM", "TV", "HTML", "PDF", "SMS", "GP", "ID", "A", "Z"}
)
"""Names that everybody reads as they stand. PIT is the name of the site's subject; the address bar says it, too."""
CLAIM = re.compile(r"^[A-Z]\d+$")
SPELL = rule(
    "acronym",
    WARNING,
    title="An abbreviation that is not spelled out",
    why="Letters without their words mean nothing to somebody new to them.",
    mend="Write the words first and the letters in brackets, or link to the glossary.",
    source="clinical.md 4.4 (7)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find the first use of each abbreviation that the page never spells out."""
    if reading.kind in {"glossary", "sources", "claims"}:
        return
    words = vocabulary(reading.page.language)
    done = {said for each in reading.sentences for said in _spelled(each.text)}
    done |= KNOWN | (words.known_letters if words else frozenset())
    for link in reading.links:
        done |= set(ACRONYM.findall(link.text)) if link.href.startswith("#w-") else set()
    for sentence in reading.body:
        for letters in ACRONYM.findall(sentence.text):
            if letters not in done and not CLAIM.match(letters):
                done.add(letters)
                yield found(SPELL, sentence.line, sentence.text, detail=f"“{letters}”")


def _spelled(text: str) -> set[str]:
    return {first or second for first, second in SPELLED.findall(text)}
