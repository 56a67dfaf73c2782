"""A small published site for what machines read."""

import pytest

from education import navigation
from education.exchange import import_folder
from tests.education.conftest import NOW, Folder


@pytest.fixture(autouse=True)
def _published(db: None, folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()
