"""What can be found: pages with their sections, explained words and questions, read from what patients see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from education.canonical import as_read
from education.expiry import standing
from education.glossary import GLOSSARY
from education.markdown.sanitise import BENEFIT
from education.models import Page
from education.search.sections import Section, read_sections

CONDITION, PAGE, WORD, QUESTION = "condition", "page", "word", "question"
GROUPS = (CONDITION, PAGE, WORD, QUESTION)
"""The kinds of what is found, in the order in which they are shown."""
QUESTIONS = "questions"
"""The path of the page whose headings are questions."""
PARTED = {GLOSSARY: WORD, QUESTIONS: QUESTION}


@dataclass(frozen=True)
class Entry:
    """One thing that can be found."""

    group: str
    title: str
    url: str
    place: str
    """Its path, as `search.toml` names it; with "#" and an anchor if it is a part of a page."""
    label: str = ""
    summary: str = ""
    sections: tuple[Section, ...] = ()


def read_entries(language: str) -> list[Entry]:
    """Return everything that patients can find in one language, as they see it today."""
    pages = Page.objects.published().filter(language=language).order_by("path")
    return [entry for page in pages for entry in _entries(page)]


def _entries(page: Page) -> Iterator[Entry]:
    front = page.words().front
    sections = read_sections(_shown(page))
    if part := PARTED.get(page.path):
        yield from _parts(page, part, sections)
        sections = []
    group = CONDITION if front.get("kind") == "condition" else PAGE
    title, label, summary, lede = (as_read(str(front.get(key) or "")) for key in ("title", "label", "summary", "lede"))
    told = (Section("", "", f"{lede}\n{summary}"), *sections, *_ledger(front))
    yield Entry(group, title, page.get_absolute_url(), page.path, label, summary, told)


def _parts(page: Page, group: str, sections: Iterable[Section]) -> Iterator[Entry]:
    """Yield each explained word or each question of a page as something to be found by itself."""
    for section in sections:
        if section.words and (group == WORD or section.heading.endswith("?")):
            url, place = (f"{address}#{section.anchor}" for address in (page.get_absolute_url(), page.path))
            yield Entry(group, section.heading, url, place, sections=(section._replace(anchor="", heading=""),))


def _shown(page: Page) -> str:
    """Return a page's words as patients see them today; only pages that can fold are asked how they stand."""
    revision = page.words()
    if BENEFIT not in revision.html:
        return revision.html
    return standing(page, revision, today=timezone.localdate()).html


def _ledger(front: dict[str, Any]) -> Iterable[Section]:
    """Return our own statements about PIT. What others claim is left out: an extract would repeat it."""
    for claim in front.get("claims") or ():
        yield Section(claim["id"], "", "", benefit=claim["text"])
