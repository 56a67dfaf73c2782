"""Workers are killed in the middle of sends, and every reference that anybody was shown exists."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings

SENDERS = 30
AT_ONCE = 6
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from booking import drafts
from tests.booking.people import ZZYX
given = {{**ZZYX, "safety": "none", "area": "hand", "name_of": "own", "area_check": "hand"}}
print(*[drafts.start(given, at=timezone.now())[1] for _ in range({SENDERS})], sep="\\n")
"""
COUNT = """
import django; django.setup()
from booking.models import ConsultationRequest, Event, OutboxMessage
print(*ConsultationRequest.objects.values_list("reference", flat=True))
print(Event.objects.count(), OutboxMessage.objects.filter(kind="acknowledgement").count())
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str], list[str]]:
    """Run a few lines in a process of their own, on a database file of their own."""

    def lines(story: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", story],
            cwd=settings.BASE_DIR,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.splitlines()

    return lines


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    own = {"CLINIC_VAR": str(folder), "DEBUG": "yes", "SUBMITS_PER_HOUR": "1000"}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "clinic_site.settings"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Serve the site with two workers. Yield the port and the master's process number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "clinic_site.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"]
    command += ["--no-control-socket", "--log-level", "error"]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(tmp_path), stderr=subprocess.DEVNULL
    ) as master:
        yield port, master.pid
        master.send_signal(signal.SIGTERM)


class Browser:
    """Just enough of a browser: cookies, one form, and the patience to press again."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.cookies = port, {"draft": token}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            for set_cookie in response.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
            return response.status, response.read().decode()
        finally:
            connection.close()

    def send(self) -> str:
        """Press "Send my request" until a reference is shown."""
        for _press in range(60):
            try:
                return self.send_once()
            except (OSError, http.client.HTTPException, IndexError):
                time.sleep(0.2)  # the worker died under us: the person presses again
        raise AssertionError("no reference was ever shown")

    def send_once(self) -> str:
        _status, page = self.ask("GET", "/consultation/check/")
        if "already sent" not in page:
            token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            self.ask("POST", "/consultation/check/", f"csrfmiddlewaretoken={token}&consent=on&website=")
        _status, page = self.ask("GET", "/consultation/done/")
        return page.split('class="ref">')[1][:9].replace("-", "")


def workers(master: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in re.findall(r"\d+", listed.stdout)]


def test_no_reference_that_was_shown_is_lost(run: Callable[[str], list[str]], site: tuple[int, int]) -> None:
    port, master = site
    tokens = run(PREPARE)
    kills = 0
    with ThreadPoolExecutor(AT_ONCE) as people:
        sending = [people.submit(Browser(port, token).send) for token in tokens]
        while not all(one.done() for one in sending):
            time.sleep(1.5)
            for worker in workers(master)[:1]:
                os.kill(worker, signal.SIGKILL)
                kills += 1
    shown = sorted(one.result() for one in sending)
    references, counts = run(COUNT)
    assert kills
    assert sorted(references.split()) == shown
    assert counts == f"{SENDERS} {SENDERS}"
