"""The site as a clinic runs it lives through a day, on each database. Later work adds its chapters to the story."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Playwright

from tests.browser.conftest import hire, launch_options
from tests.day.chapters import asking, evening, front_desk, restoring, trouble, writing
from tests.day.day import Day
from tests.day.stack import DOMAIN, Stack

pytestmark = pytest.mark.browser

STORY: tuple[Callable[[Day], None], ...] = (
    asking.read_and_ask,
    asking.ask_in_every_way,
    asking.refuse_what_cannot_be_written_to,
    asking.hear_from_the_clinic,
    asking.mistype_a_private_link,
    front_desk.open_every_row,
    front_desk.log_each_outcome,
    front_desk.hand_over_and_close,
    front_desk.take_back_what_was_a_mistake,
    writing.from_author_to_patients,
    trouble.the_mail_server_refuses_dies_and_returns,
    restoring.back_up_and_restore,
    restoring.notice_a_lost_key,
    trouble.a_reload_under_slow_senders_loses_nothing,
    trouble.one_damaged_row_stops_nobody,
    evening.open_every_page_of_patients,
    evening.open_every_page_of_staff,
    evening.nothing_is_lost,
    evening.nothing_was_said,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database of its own: SQLite under CLINIC_VAR, or a PostgreSQL started for the day."""
    if request.param == "sqlite":
        yield ""
        return
    command = [str(Path(settings.BASE_DIR, "bin", "with-postgres")), "sh", "-c", 'echo "$DATABASE_URL"; exec cat']
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()
        server.wait(timeout=20)


@pytest.fixture
def day(database_url: str, tmp_path: Path, playwright: Playwright) -> Iterator[Day]:
    """A clinic in the morning: filled in, with its staff, and all its processes up."""
    stack = Stack(tmp_path / "clinic", database_url)
    browser: Any = None
    try:
        stack.start()
        hire(stack)
        here = f"--host-resolver-rules=MAP {DOMAIN}:443 127.0.0.1:{stack.https_port}"
        browser = playwright.chromium.launch(**launch_options(here))
        yield Day(stack, browser)
    finally:
        if browser is not None:
            browser.close()
        stack.stop()


def test_the_clinics_day(day: Day) -> None:
    for chapter in STORY:
        chapter(day)
