"""Checks a whole folder of files: each page by itself, then the pages among each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from education.checks import Finding, check_reading, check_site, inflesz
from education.checks.finding import ERROR
from education.checks.reading import read
from education.checks.scores import Scores, is_adjusted, scores
from education.findings import source_in
from education.glossary import GLOSSARY
from education.library import File, Files, PageText, look_at, read_files
from education.markdown import read_context


@dataclass
class Checked:
    """One page with what the checks say of it."""

    page: PageText
    findings: list[Finding]
    raw: Scores
    adjusted: Scores
    by_adjusted: bool
    """It is judged by its adjusted scores."""
    perspicuity: float = 0.0
    """How easy it is to read, if it is in Spanish."""

    def __str__(self) -> str:
        """Say its scores in one line; what is not English or Spanish has none."""
        if self.page.language == "es":
            return f"{self.page.file}: INFLESZ {self.perspicuity:.0f} ({inflesz.in_words(self.perspicuity)})"
        if self.page.language != "en":
            return f"{self.page.file}: no scores for this language"
        judged = "adjusted" if self.by_adjusted else "raw"
        return f"{self.page.file}: {self.raw} | adjusted: {self.adjusted} | judged by {judged}"


def check_files(folder: Path, *, today: date) -> list[Checked]:
    """Return every page of a folder with its findings; needs no database."""
    found, _faults = read_files(folder)
    return [checked for language in sorted({language for language, _path in found})
            for checked in _language(found, language, folder, today)]  # fmt: skip


def _language(found: Files, language: str, folder: Path, today: date) -> Iterator[Checked]:
    glossary = found.get((language, GLOSSARY), File()).text
    context = read_context(glossary, folder=folder, language=language)
    pages = [
        look_at(file.text, language=language, path=path, file=file.name)[0]
        for (spoken, path), file in sorted(found.items())
        if spoken == language
    ]
    between = check_site(pages, context)
    for page in pages:
        reading = read(page, context)
        more = [finding for at, finding in between if at is page]
        findings = sorted(check_reading(reading, today=today, source=source_in(page, found)) + more)
        ease = inflesz.perspicuity(sentence.words for sentence in reading.prose) if language == "es" else 0.0
        yield Checked(page, findings, *scores(reading), is_adjusted(reading), ease)


def told(checked: list[Checked]) -> list[str]:
    """Return each finding as a line that begins with its file and line."""
    return [f"{each.page.file}:{finding.line}: {finding}" for each in checked for finding in each.findings]


def still_open(checked: list[Checked]) -> tuple[int, int]:
    """Return how many errors there are, and how many warnings without an answer."""
    findings = [finding for each in checked for finding in each.findings]
    wrong = sum(finding.level == ERROR for finding in findings)
    return wrong, sum(finding.level != ERROR and not finding.answered for finding in findings)
