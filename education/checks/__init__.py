"""The patient-education linter: one small module a check, and this one registry.

Each check has its rules and `find(reading, today)`, which yields a finding for each place where a rule is broken.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import ModuleType

from education.checks import (
    acronyms,
    answers,
    balance,
    cells,
    citations,
    claims,
    dates,
    grade,
    headings,
    ledger,
    links,
    long_lists,
    main_message,
    numbers,
    odds,
    off_label,
    order,
    page_length,
    paragraphs,
    passive,
    pictures,
    plain_words,
    readability,
    required,
    results,
    section_length,
    selling,
    sentences,
    steps,
    studies,
    tables,
    terms,
    testimonials,
    treats,
    visual_cues,
    whole_numbers,
    you,
)
from education.checks.finding import ERROR, RULES, WARNING, Finding, Rule, same_words
from education.checks.reading import Reading, read
from education.library import PageText
from education.markdown.context import Context

__all__ = ["CHECKS", "RULES", "Finding", "Rule", "check", "check_reading", "check_site", "errors", "open_findings"]

CHECKS: tuple[ModuleType, ...] = (
    acronyms,
    balance,
    cells,
    citations,
    claims,
    dates,
    grade,
    headings,
    ledger,
    links,
    long_lists,
    main_message,
    numbers,
    odds,
    off_label,
    order,
    page_length,
    paragraphs,
    passive,
    pictures,
    plain_words,
    readability,
    required,
    results,
    section_length,
    selling,
    sentences,
    steps,
    tables,
    terms,
    testimonials,
    treats,
    visual_cues,
    whole_numbers,
    you,
)  # fmt: skip
"""Every check of one page."""
SITE_CHECKS: tuple[Callable[[Iterable[PageText], Context], Iterator[tuple[PageText, Finding]]], ...] = (
    citations.between,
    ledger.between,
    studies.between,
)
"""Every check between pages."""
MOST_OF_A_RULE = 100


def check(page: PageText, context: Context, *, today: date) -> list[Finding]:
    """Return what the checks find on a page, in the order of its lines; never raises for its text."""
    return check_reading(read(page, context), today=today)


def check_reading(reading: Reading, *, today: date) -> list[Finding]:
    """Return what the checks find on a page that is already read; warnings carry the author's answer."""
    found: set[Finding] = set()
    for module in CHECKS:
        for number, finding in enumerate(module.find(reading, today)):
            if number == MOST_OF_A_RULE:
                break
            found.add(finding)
    found.update(answers.stale(reading, found))
    return sorted(_answered(finding, reading.front.answers) for finding in found)


def check_site(pages: Iterable[PageText], context: Context) -> list[tuple[PageText, Finding]]:
    """Return what is wrong between the pages of one language, each with the page that it stands on."""
    pages = list(pages)
    return [
        (page, _answered(finding, page.front.answers))
        for site_check in SITE_CHECKS
        for page, finding in site_check(pages, context)
    ]


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return what still keeps a page from being published: errors, and warnings without an answer."""
    return [finding for finding in findings if finding.level == ERROR or not finding.answered]


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that no answer can settle."""
    return [finding for finding in findings if finding.level == ERROR]


def _answered(finding: Finding, answers: Iterable[dict[str, str]]) -> Finding:
    """Give a warning the author's answer: one for its rule whose words stand in its sentence."""
    if finding.level != WARNING:
        return finding
    sentence = same_words(finding.sentence)
    for answer in answers:
        words = same_words(answer.get("words", ""))
        if answer.get("rule") == finding.rule and words and words in sentence:
            return finding.answer(answer.get("reason", ""))
    return finding
