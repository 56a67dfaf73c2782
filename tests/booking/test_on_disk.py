"""On a real file: many sends at once are one request, and the file's bytes give nobody away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SENDERS = 8

STORY = f"""
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
call_command("migrate", verbosity=0)
setup_test_environment()
from booking.models import ConsultationRequest, Event, OutboxMessage
from tests.booking.people import fill, send

browser = Client()
fill(browser, channel="phone")
other = Client()
fill(other)

def again(_number):
    tab = Client()
    tab.cookies = other.cookies
    response = send(tab)
    page = tab.get("/consultation/done/").content.decode()
    connection.close()
    return response.status_code, page.split('class="ref">')[1][:9]

with ThreadPoolExecutor({SENDERS}) as threads:
    answers = set(threads.map(again, range({SENDERS})))
print(sorted(answers), ConsultationRequest.objects.count(), Event.objects.count(), OutboxMessage.objects.count())
import os; os._exit(0)  # no clean goodbye: the write-ahead log stays as it was
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Tell the story in a process of its own, on a database file of its own."""
    folder = tmp_path_factory.mktemp("var")
    environment = {
        **os.environ,
        "CLINIC_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
        "DEBUG": "yes",
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", STORY]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr, folder


def test_sending_many_times_at_once_gives_one_request_and_one_reference(told: tuple[str, Path]) -> None:
    words = told[0].splitlines()[-1]
    assert words.startswith("[(303, '")
    assert words.endswith(")] 1 1 2"), words


def test_the_files_bytes_hold_nothing_that_was_typed(told: tuple[str, Path]) -> None:
    files = [path for path in told[1].glob("clinic.sqlite3*") if path.is_file()]
    assert {path.name for path in files} >= {"clinic.sqlite3", "clinic.sqlite3-wal"}
    for path in files:
        held = path.read_bytes().lower()
        for typed in (b"zzyx", b"testperson", b"example.org", b"7946 0958", b"79460958", b"quokka"):
            assert typed not in held, (path.name, typed)


def test_the_log_holds_nothing_that_was_typed(told: tuple[str, Path]) -> None:
    for typed in ("zzyx", "testperson", "7946 0958", "79460958", "quokka"):
        assert typed not in told[0].lower()
