"""Small invented pages: a folder of files, a context to render with, and people with roles."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from education import navigation
from education.glossary import read_words
from education.library import PageText, look_at, mark_of
from education.markdown import Context, Rendered, press
from education.sources import read_sources

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FRONT = """title: {title}
order: {order}
message: One plain message.
summary: What this page is about.
lede: A few words to begin with.
updated: 2026-11-22
"""
GLOSSARY = "Dextrose\n: A kind of sugar.\n\nPlacebo (dummy treatment)\n: It looks like *the real one*.\n"
SOURCES = [
    {
        "id": "zzyx-2020",
        "title": "A trial of zzyx",
        "author": [{"family": "Zzyx", "given": "T"}, {"literal": "et al."}],
        "issued": {"date-parts": [[2020, 5]]},
        "container-title": "J Zzyx",
        "volume": "3",
        "page": "1-9",
        "DOI": "10.1000/zzyx",
        "PMID": "1",
        "note": "S1. Read: abstract only.",
    },
    {"id": "other-2021", "title": "Another <b>trial</b>", "URL": "https://example.org/other"},
]
EVIDENCE = """kind: condition
area: knee
evidence:
  grade: very low
  label: Small trials
  studies: Two small trials.
  searched: November 2026
"""
PARTS = """
::: urgent Get medical help today if:
- your knee is hot and red
:::

## What usually helps

Do not stop any of your medicines. To wait is a choice, too.

## What PIT is

This use is off-label: not approved by the FDA for this use.

## What the research says

::: evidence
**Very low.** We do not really know [@zzyx-2020].
:::

### What we do not know

- if it helps

## Questions to ask

- What else is there?

## What you can do now

::: do
- start with a short walk
:::
"""
"""The rest of a page on a condition that the checks let pass; its box "At a glance" comes first."""
GLANCE = """::: glance
Research on PIT
: Very low

Main risks
: Soreness

What helps first
: Rest
:::

"""


def write(title: str, body: str = "## One\n\nWords.\n", *, order: int = 1, more: str = "") -> str:
    """Return the text of a page."""
    return f"---\n{FRONT.format(title=title, order=order)}{more}---\n{body}"


def noted(text: str, reason: str = "Said more plainly.") -> str:
    """Return a text that tells readers of one more change, without which no changed words come before them."""
    entry = f"- {{date: 2026-11-22, kind: wording, reason: {reason}, act: no}}\n"
    if changes := re.search(r"\nchanges:\n( *)(?=-)", text):
        return f"{text[: changes.end()]}{entry}{changes[1]}{text[changes.end() :]}"
    return text.replace("\n---\n", f"\nchanges:\n  {entry}---\n", 1)


def changes_in(text: str) -> list[str]:
    """Return the lines of a text that tell readers of changes."""
    return re.findall(r"(?m)^changes:\n((?:[ -].*\n)*)", text)


def translation_of(text: str) -> str:
    """Return a text with the mark of itself, as a translation that nobody has translated yet."""
    return text.replace("\nupdated:", f"\ntranslated_from: {mark_of(text)}\nupdated:", 1)


def render(page: PageText, context: Context) -> Rendered:
    """Return the page ready to print, which has no fault."""
    rendered, faults = press(page, context=context)
    assert faults == []
    return rendered


@pytest.fixture(autouse=True)
def _fresh() -> None:
    navigation.forget()


@pytest.fixture(autouse=True)
def _one_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "education.markdown.context.drawings", lambda language="en": {"needle": '<svg id="needle"></svg>'}
    )


class Folder:
    """A content folder that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root, self.changes = root, 0
        (root / "sources.json").write_text(json.dumps(SOURCES))
        self.put("index", write("Home", "Welcome.\n", more="kind: hub\n"))
        self.put("glossary", write("Words", GLOSSARY, order=9, more="kind: glossary\n"))
        self.put("conditions/index", write("Conditions", more="kind: hub\n", order=2))
        body = f"{GLANCE}## What it is\n\nSee [home](/).\n{PARTS}"
        self.put("conditions/knee", write("Knee pain", body, more=f"{EVIDENCE}related: [glossary]\n"))
        self.put("conditions/elbow", write("Elbow pain", order=2))

    @classmethod
    def at(cls, root: Path) -> "Folder":
        """Return a folder as it stands."""
        found = cls.__new__(cls)
        found.root, found.changes = root, 0
        return found

    def path(self, name: str) -> Path:
        return self.root / "en" / f"{name}.md"

    def put(self, name: str, text: str, *, silently: bool = False) -> str:
        """Write a file and return its text; one that stood there with other words tells of the change, or is silent."""
        place = self.path(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        old = place.read_text() if place.exists() else text
        if old != text and changes_in(old) == changes_in(text) and not silently:
            self.changes += 1
            text = noted(text, f"Said more plainly{'!' * self.changes}")  # without a number: translations keep those
        place.write_text(text)
        return text

    def read(self, name: str) -> str:
        return self.path(name).read_text()


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Folder:
    """Return a small content folder that the settings point to."""
    root = tmp_path / "content"
    root.mkdir()
    settings.CONTENT_DIR = root
    return Folder(root)


@pytest.fixture
def known(tmp_path: Path) -> Context:
    """Return a context with two sources, two words and one drawing."""
    place = tmp_path / "sources.json"
    place.write_text(json.dumps(SOURCES))
    facts = {"clinic": "Zzyx Clinic", "emergency_number": "your emergency number"}
    return Context(
        sources=read_sources(place),
        words=read_words(GLOSSARY),
        facts=facts,
        drawings={"needle": '<svg id="needle"></svg>'},
    )


@pytest.fixture
def written() -> Callable[..., PageText]:
    """Return a function that reads a body as a page named en/test.md."""

    def read(body: str, more: str = "") -> PageText:
        words, faults = look_at(write("Test", body, more=more), language="en", path="test", file="en/test.md")
        assert not faults
        return words

    return read


@pytest.fixture
def sign_in(client: Client, db: None) -> Callable[[str], Client]:
    """Return a function that signs in a member of staff with a role, or nobody."""

    def enter(role: str) -> Client:
        client.logout()
        if role != "visitor":
            user = User.objects.create_user(f"{role.lower().replace(' ', '-')}-testperson", is_staff=role != "no role")
            user.groups.set(Group.objects.filter(name=role))
            client.force_login(user)
        return client

    return enter
