"""The web server itself: it is reloaded, renewed, orphaned and starved, and nobody loses what was acknowledged."""

import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from copy import copy
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from django.db.backends.sqlite3._functions import register

from booking.reference import shown
from tests.browser.conftest import Site, answers, copy_prepared, new_site, wait_until
from tests.browser.plain import HalfSent, PlainPatient

SENDERS = 14
OLD_GRACE = 6  # seconds: what a worker once waited for before it closed the pipe that its threads went on to write


@contextmanager
def serving(var: Path, factory: pytest.TempPathFactory, *options: str, **environment: str) -> Iterator[Site]:
    """Run a site of one worker with further options of gunicorn, and leave nothing of it behind."""
    copy_prepared(factory, var)
    site = new_site(var, **{"WEB_WORKERS": "1", "GUNICORN_CMD_ARGS": " ".join(options), **environment})
    site.start()
    yield site
    kill(site)


def kill(site: Site) -> None:
    """Kill the server and all its workers at once, as a power cut would."""
    leaders = [*(process.pid for process in site.processes), *(children(site) if site.processes else ())]
    for leader in leaders:
        with suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)
    for process in site.processes:
        process.wait()
    site.processes.clear()


def children(site: Site) -> dict[int, str]:
    """Return the processes that the site's first one started, by number, with their commands."""
    found: dict[int, str] = {}
    with suppress(OSError):
        for pid in Path("/proc/{0}/task/{0}/children".format(site.processes[0].pid)).read_text().split():
            found[int(pid)] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    return {pid: command for pid, command in found.items() if command}


def connections(worker: int) -> int:
    """Return how many connections a worker holds."""
    return sum(str(number.readlink()).startswith("socket:") for number in Path(f"/proc/{worker}/fd").iterdir()) - 1


def ready(site: Site, count: int) -> list[PlainPatient]:
    """Return people who have answered everything, all alike, and not sent it yet."""
    first = PlainPatient(site.url)
    first.answer_all(name="Zzyx Testperson", phone="+44 1632 960 000")
    code = (
        "from booking import drafts; from booking.models import Draft; from django.utils import timezone\n"
        f"for _ in range({count}): print(drafts.start(Draft.objects.earliest('pk').answers, at=timezone.now())[1])"
    )
    patients = []
    for token in site.manage("shell", "--no-imports", "-c", code).split():
        twin = copy(next(cookie for cookie in first.jar if cookie.name == "draft"))
        twin.value = token
        patients.append(PlainPatient(site.url))
        patients[-1].jar.set_cookie(twin)
    return patients


def rows_after_a_crash(site: Site) -> list[str]:
    """Kill everything, and return the references in the database, which must be sound."""
    kill(site)
    place = site.var / "clinic.sqlite3"
    assert place.read_bytes()[:16] == b"SQLite format 3\0"  # SQLite may mend it from its log, if it is lucky
    assert Path(f"{place}-wal").read_bytes()[:3] == b"\x37\x7f\x06"
    with closing(sqlite3.connect(place)) as database:
        register(database)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [shown(row[0]) for row in database.execute("SELECT reference FROM booking_consultationrequest")]


def test_a_reload_costs_nobody_a_request(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path / "var", tmp_path_factory) as site:
        half_sent = [HalfSent(patient, urlsplit(site.url).port or 80) for patient in ready(site, SENDERS)]
        for each in half_sent:  # only now, so that the old worker's threads open the database after its grace
            each.begin()
        old = set(children(site))
        wait_until(lambda: connections(*old) >= SENDERS)
        os.kill(site.processes[0].pid, signal.SIGHUP)
        wait_until(lambda: bool(children(site).keys() - old))
        time.sleep(OLD_GRACE)
        for each in half_sent:
            each.finish()
        taken = [each for each in half_sent if each.is_taken()]
        told = [each.reference() for each in taken]
        kept = rows_after_a_crash(site)
    assert len(taken) == SENDERS
    assert sorted(told) == sorted(kept)


def mail_worker(site: Site) -> int | None:
    """Return the number of the process that sends mail."""
    return next((pid for pid, command in children(site).items() if command.endswith("manage.py worker")), None)


def test_a_worker_that_dies_comes_back_and_takes_nothing_along(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy_prepared(tmp_path_factory, tmp_path / "var")
    site = new_site(tmp_path / "var", WEB_WORKERS="1")
    site.run([sys.executable, "-m", "clinic_site.supervisor"], log="run.log")
    try:
        wait_until(lambda: answers(f"{site.url}/healthz") and mail_worker(site) is not None)
        died = cast(int, mail_worker(site))
        os.kill(died, signal.SIGKILL)
        wait_until(lambda: mail_worker(site) not in (None, died))
        assert answers(f"{site.url}/healthz")
        lines = (site.var / "run.log").read_text()
        assert re.search(r"ERROR clinic\.supervisor the worker ended \(status -9\) and is started again", lines)
        assert "web server" not in lines
        kept = children(site)
        site.processes[0].terminate()
        assert site.processes[0].wait(timeout=20) == 0
        assert [pid for pid in kept if Path(f"/proc/{pid}").exists()] == []
        assert not answers(f"{site.url}/healthz")
    finally:
        kill(site)
