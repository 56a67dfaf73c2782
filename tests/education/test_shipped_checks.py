"""The shipped pages keep every rule of the checks; where a warning stays, its reason stands in the page."""

from datetime import date
from functools import cache

from education.checks import open_findings
from education.checks.folder import Checked, check_files
from tests.education.shipped import CONTENT

WHEN_WRITTEN = date(2026, 12, 1)
"""Reviews that fall due later are for the people of the clinic, not for this test."""


@cache
def checked() -> tuple[Checked, ...]:
    return tuple(check_files(CONTENT, today=WHEN_WRITTEN))


def test_no_shipped_page_has_an_error_or_an_open_warning() -> None:
    assert [
        f"{each.page.file}:{told.line}: {told}" for each in checked() for told in open_findings(each.findings)
    ] == []


def test_few_warnings_are_answered_rather_than_mended() -> None:
    assert sum(len(each.findings) for each in checked()) < 60
