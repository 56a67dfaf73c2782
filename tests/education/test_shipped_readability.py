"""Every shipped page is easy to read, by the numbers that we set ourselves: clinical.md 5."""

from functools import cache
from pathlib import Path

import pytest

from education.checks.reading import Reading, read
from education.checks.scores import Scores, is_adjusted, scores
from education.markdown import Context, read_context
from tests.education.shipped import CONTENT, PAGES, every_page

ACTION = {"contact", "urgent-help", "treatment/your-visit", "treatment/after-your-visit", "treatment/get-ready"}
"""Pages that tell people what to do; with the pages on conditions, they may have no more than 10 % long words."""


@cache
def context() -> Context:
    return read_context(PAGES["glossary"].text, folder=Path(CONTENT))


def page(path: str) -> tuple[Reading, Scores]:
    """Return a page with the scores that it is judged by."""
    reading = read(PAGES[path], context())
    raw, adjusted = scores(reading)
    return reading, adjusted if is_adjusted(reading) else raw


@every_page
def test_a_page_is_easy_to_read(path: str) -> None:
    _reading, judged = page(path)
    assert judged.grade <= 6.5
    assert judged.smog <= 9.5
    assert judged.ease >= 65


@pytest.mark.parametrize("path", sorted(ACTION | {path for path in PAGES if PAGES[path].front.kind == "condition"}))
def test_a_page_about_a_condition_or_what_to_do_has_few_long_words(path: str) -> None:
    reading, judged = page(path)
    assert not is_adjusted(reading)
    assert judged.long_share <= 10


def test_only_pages_that_explain_terms_are_judged_without_them() -> None:
    adjusted = {path for path in PAGES if is_adjusted(read(PAGES[path], context()))}
    assert {path for path in adjusted if not path.startswith("evidence")} == {"glossary", "treatment/how-it-might-work"}
