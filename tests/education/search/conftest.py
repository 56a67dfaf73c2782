"""The shipped pages as an index, made once; and eyes on the search page."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from education import edition
from education.exchange import import_folder
from education.search import kept
from education.search.index import Index
from tests.education.conftest import NOW


@pytest.fixture(autouse=True)
def _fresh_index() -> Iterator[None]:
    kept.forget()
    edition.forget()
    yield
    kept.forget()


@pytest.fixture(scope="session")
def shipped_index(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Index:
    """Return the index of the pages that this site ships."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_folder(settings.BASE_DIR / "content", at=NOW)
        index = kept.build("en")
        transaction.set_rollback(True)
    return index


@pytest.fixture
def shipped(shipped_index: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    """Let questions be answered from the shipped pages, without a database."""
    monkeypatch.setattr("education.search.answer.index_of", lambda language: shipped_index)
    return shipped_index
