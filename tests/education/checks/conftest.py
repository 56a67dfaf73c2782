"""The small pages that the checks are held against, and what they are read with."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from education.checks import Finding, check, check_site
from education.glossary import read_words
from education.library import PageText, look_at
from education.markdown import Context
from education.sources import read_sources

FIXTURES = Path(__file__).parent / "fixtures"
TODAY = date(2026, 11, 22)
NAME = re.compile(r"^(?P<rule>[a-z-]+)\.(?P<verdict>hit|clean)(?:-\d+)?\.md$")
PATH = re.compile(r"^# path: (\S*)$", re.MULTILINE)
"""A fixture may say in a comment of its front matter where it stands: `# path: treatment/risks`."""
BESIDE = look_at(
    "---\ntitle: Another\norder: 2\nmessage: This page stands beside the others.\nsummary: A page.\nlede: A page.\n"
    "updated: 2026-11-22\n---\n",
    language="en",
    path="beside",
    file="beside.md",
)[0]
"""Stands beside each fixture, for what is checked between pages."""
CONDITION = "conditions/test-pain"
STUDY = (
    "kind: evidence\nstudies:\n  - about: Test pain\n    nearness: same\n    design: dummy\n    count: 39\n"
    f"    conditions: [{CONDITION}]\n    given: Salt\n    found: Nothing\n    limits: Small\n"
    "    sources: [zzyx-2020]\n"
)


@dataclass(frozen=True)
class Fixture:
    """One small page that breaks one rule (hit) or keeps it narrowly (clean)."""

    file: Path
    rule: str
    hit: bool

    def findings(self) -> list[Finding]:
        """Return what the checks find on it, also beside another page."""
        page, context = self.page(), fixture_context()
        beside = [BESIDE, *self.studies(page)]
        return [*check(page, context, today=TODAY), *(told for _page, told in check_site([page, *beside], context))]

    def studies(self, page: PageText) -> list[PageText]:
        """Return what a fixture for the rules about studies has beside it: the list of studies, or its condition."""
        if not self.rule.startswith("study-"):
            return []
        if page.front.kind == "evidence" and CONDITION not in page.text:
            return []
        if page.front.kind == "evidence":
            text = (FIXTURES / "study-grade.clean.md").read_text(encoding="utf-8")
            return [look_at(text, language="en", path=CONDITION, file="condition.md")[0]]
        study = STUDY if page.path == CONDITION else STUDY.replace(CONDITION, "")
        text = BESIDE.text.replace("updated", f"{study}updated").replace("This page", "Another page")
        return [look_at(text, language="en", path="evidence", file="evidence.md")[0]]

    def page(self) -> PageText:
        """Return it as a page."""
        text = self.file.read_text(encoding="utf-8")
        path = match[1] if (match := PATH.search(text)) else "test"
        page, faults = look_at(text, language="en", path=path, file=self.file.name)
        assert not faults, faults
        return page


def fixtures() -> list[Fixture]:
    """Return every fixture, in the order of names."""
    return [
        Fixture(file, match["rule"], match["verdict"] == "hit")
        for file in sorted(FIXTURES.glob("*.md"))
        if (match := NAME.match(file.name))
    ]


@cache
def fixture_context() -> Context:
    """Return the sources, words and pages that the fixtures may name."""
    return Context(
        sources=read_sources(FIXTURES / "sources.json"),
        words=read_words((FIXTURES / "words.txt").read_text(encoding="utf-8")),
        facts={"clinic": "Zzyx Clinic", "emergency_number": "your emergency number"},
        drawings={"needle": "<svg></svg>"},
        anchors={"/treatment/risks/": frozenset({"rare"})},
    )


@pytest.fixture
def context() -> Context:
    """Return the sources, words and pages that the fixtures may name."""
    return fixture_context()
