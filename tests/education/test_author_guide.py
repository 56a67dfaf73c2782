"""The guide for authors: every example in it works as it stands, and it names every key, block, drawing and fact."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from education.faults import Fault
from education.front import KEYS
from education.library import PageText, look_at
from education.markdown import press, read_context
from education.markdown.context import drawings
from education.markdown.parser import BLOCKS
from education.pictures import Shown
from tests.education.conftest import EVIDENCE, write

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/authors.md").read_text(encoding="utf-8")
EXAMPLES: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)

MORE = {"condition": EVIDENCE, "evidence": "kind: evidence\n"}
PICTURE = Shown("knee-from-the-side", "0" * 64, 600, 400, (480, 600), credit="Zzyx", consent="nobody")
PICTURES = {PICTURE.name: PICTURE}


def read_example(kind: str, text: str) -> tuple[PageText, list[Fault]]:
    whole = text if kind == "page" else write("Test", text, more=MORE.get(kind, ""))
    return look_at(whole, language="en", path="elbow-pain", file="docs/authors.md")


@pytest.fixture(autouse=True)
def _real_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("education.markdown.context.drawings", drawings)


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_of_the_guide_works_as_it_stands(kind: str, text: str) -> None:
    page, faults = read_example(kind, text)
    glossary = (ROOT / "content/en/glossary.md").read_text(encoding="utf-8")
    rendered, more = press(page, context=read_context(glossary, folder=ROOT / "content", pictures=PICTURES))
    assert [str(fault) for fault in (*faults, *more)] == []
    assert rendered.html


def test_the_guide_shows_every_block_and_names_every_key_drawing_and_fact() -> None:
    shown = " ".join(text for _kind, text in EXAMPLES)
    assert [name for name in BLOCKS if f"::: {name}" not in shown] == []
    assert [key for key in KEYS if f"`{key}`" not in GUIDE] == []
    assert [name for name in drawings() if f"`{name}`" not in GUIDE] == []
    facts = read_context("", folder=Path(settings.CONTENT_DIR)).facts
    assert [fact for fact in facts if f"`{{{fact}}}`" not in GUIDE] == []
