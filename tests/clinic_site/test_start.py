"""The start does what is needed, says what it did, and says what to do when it cannot."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from clinic_site.start import CannotStart, close_to_others, first_account, import_pages, refuse_taken_port
from tests.education.conftest import write


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"127\.0\.0\.1:{port}.*make run PORT={port + 1}"):
            refuse_taken_port("127.0.0.1", port)


def test_a_free_port_is_taken_without_a_word() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    refuse_taken_port("127.0.0.1", port)


@pytest.mark.django_db
def test_a_faulty_page_stops_the_first_start_and_no_later_one(settings: Any, tmp_path: Path) -> None:
    settings.CONTENT_DIR = tmp_path
    home = tmp_path / "en/index.md"
    home.parent.mkdir()
    home.write_text("No front matter")
    with pytest.raises(CannotStart, match=r"en/index\.md:1: the page must begin with front matter"):
        list(import_pages())
    home.write_text(write("Home", more="kind: hub\n"))
    list(import_pages())
    home.write_text("No front matter")
    assert "patients keep those they have" in next(iter(import_pages()))


@pytest.mark.parametrize("port", ["web", "0", "70000"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(CommandError, match="PORT is"):
        call_command("prepare", "--port", port)


@pytest.mark.django_db
def test_without_staff_the_start_says_how_to_create_the_first() -> None:
    assert list(first_account()) == [
        "There is no staff account yet. Create the first one: make staff (on a server: docs/operations.md)"
    ]


@pytest.mark.django_db
def test_the_environment_can_describe_the_first_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "ola")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "tortoise-lantern-41")
    assert list(first_account()) == ["Created the staff account ola."]
    assert get_user_model().objects.get(username="ola").check_password("tortoise-lantern-41")
    assert list(first_account()) == []


def test_a_database_of_an_earlier_start_is_closed_to_others(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    database = tmp_path / "clinic.sqlite3"
    database.touch(mode=0o644)
    close_to_others()
    assert database.stat().st_mode & 0o777 == 0o600
