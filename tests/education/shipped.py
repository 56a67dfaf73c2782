"""What the shipped pages are held against: verdicts, grades, order; and their words as patients read them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from education.library import PageText, look_at, read_files

CONTENT = Path(__file__).parents[2] / "content"
PAGES: dict[str, PageText] = {
    path: look_at(file.text, language=language, path=path, file=file.name)[0]
    for (language, path), file in read_files(CONTENT)[0].items()
    if language == "en"
}

TOO_FAR, IDEA, SUPPORTED, PARTLY = "Goes too far", "An idea, not proven", "Supported", "Partly right"
WEAK, UNCHECKED, CLINIC, DISPUTED = "Weak evidence", "Cannot be checked", "For the clinic to show", "Doctors disagree"
VERDICTS = {
    SUPPORTED: "C1 C6 C8 C14 C20 C22",
    PARTLY: "C2 C7 C12 C13 C16",
    IDEA: "C4 C10 C15 C17 C18 C21 C24 C32 P1 P2",
    WEAK: "C3 C19 C25 C40 C41 C43",
    TOO_FAR: "C5 C9 C11 C26 C27 C28 C31 C33 C34 C35 C36 C37 C38 C39 C42 P3 P4 P5",
    UNCHECKED: "C23 C29 C46 P7",
    CLINIC: "C30 C44 C45",
    DISPUTED: "P6",
}
"""The verdict on each claim, as clinical.md 1 judges it."""
CLAIM = re.compile(r"^\| \*\*([CP]\d+)\*\* (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)

NO_STUDY = "We found no study"
GRADES = {
    "neck-pain": ("none", NO_STUDY, "No direct studies"),
    "occipital-neuralgia": ("very low", "Only single cases", "Very low"),
    "tension-headache": ("none", NO_STUDY, "No direct studies"),
    "migraine": ("very low", "Only one case", "Very low"),
    "thoracic-pain": ("none", NO_STUDY, "No direct studies"),
    "low-back-pain": ("very low", "No study of this form found", "Very low"),
    "shoulder-pain": ("very low", "One small trial, mixed result", "Very low to low"),  # the scale marks the lower end
    "knee-pain": ("very low", "Small trials, no dummy treatment", "Very low"),
    "hand-osteoarthritis": ("none", "No study of this form found", "No direct studies"),
    "mortons-neuroma": ("very low", "Only a small report", "Very low"),
}
"""Grade, label and the grade in words: clinical.md 2.11. Change a row here when a clinician changes a grade there."""

TEMPLATE = (
    "## What it is", "## What usually helps", "## What PIT is", "## What the research says", "::: evidence",
    "### What we do not know", "## What a visit is like", "## Questions to ask", "## What you can do now",
    "::: do", "::: dont",
)  # fmt: skip
NEEDED = {
    "", "urgent-help", "contact", "glossary", "conditions", "conditions/headaches", "evidence", "about",
    "evidence/claims-you-may-hear", "evidence/how-we-rate", "about/find-a-practitioner", "about/who-writes",
    "about/privacy", "about/accessibility", "nerve-pain", "nerve-pain/how-pain-signals-work",
    "nerve-pain/why-nerves-get-sore", "treatment", "treatment/what-pit-is", "treatment/how-it-might-work",
    "treatment/your-visit", "treatment/after-your-visit", "treatment/risks", "treatment/compare", "treatment/get-ready",
    "treatment/decide", "treatment/who-should-not", "questions", "evidence/claims", "evidence/sources",
    "about/editorial-policy",
    *(f"conditions/{name}" for name in GRADES),
}  # fmt: skip

NOT_WORDS = frozenset({"related", "drawing", "id", "date", "review", "uses", "sources", "was", "answers"})
"""Keys of front matter that hold names, dates and notes for authors, not words for patients."""

every_page = pytest.mark.parametrize("path", sorted(PAGES))
every_condition = pytest.mark.parametrize("name", sorted(GRADES))


def words_of(page: PageText) -> str:
    """Return the words of a page as patients read them: without marks and keys, a line for each cell of a table."""
    front = "\n".join(_texts(page.front.plain() | {"kind": "", "updated": ""}))
    body = re.sub(r" ?\[@[^\]]*\]", "", page.body)
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    body = re.sub(r"^(?:::: ?(?:figure .*|\w*)|#+|\d+\.|[-:>])", "", body, flags=re.MULTILINE)
    return re.sub(r"[*_]|\{#[\w-]+\}", " ", f"{front}\n{body}").replace("|", "\n")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, part in value.items() if key not in NOT_WORDS for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))
