"""A press in front of a small site, in an edition that a test may move."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.fixtures import Settings

from education import edition
from education.models import Edition
from education.press import Press
from tests.education.press import reading


class Number:
    """The number in the database: how often it was read, and what becomes of it."""

    def __init__(self) -> None:
        self.number, self.looks = 7, 0
        self.fault: Exception | None = None

    def now(self) -> int:
        """Answer as `Edition.now` does."""
        self.looks += 1
        if self.fault:
            raise self.fault
        return self.number

    def move_on(self) -> None:
        """Move on, and let a second pass."""
        self.number += 1
        edition.forget()


@pytest.fixture
def number(db: None, monkeypatch: pytest.MonkeyPatch) -> Number:
    """The edition of the small site."""
    kept = Number()
    monkeypatch.setattr(Edition, "now", kept.now)
    edition.forget()
    return kept


@pytest.fixture
def press(number: Number, settings: Settings) -> Iterator[Press]:
    """A press in front of Django with all the site's middleware and the small site's pages."""
    settings.ROOT_URLCONF = "tests.education.press.reading"
    reading.printed.clear()
    yield Press(WSGIHandler())
    reading.meanwhile.clear()
    edition.forget()
