"""Three workers hand out finished pages: what one process publishes, each of them shows within a second."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.conftest import Site, copy_prepared, new_site, wait_until

PAGE = "/conditions/knee-pain/"
NEW = "Zzyx words that were never there before."
PUBLISH = f"""
import time
from django.utils import timezone
from education.models import Page
from education.revisions import publish, save_text
page = Page.objects.get(language="en", path="conditions/knee-pain")
text = page.words().text + "\\n\\n{NEW}\\n"
draft = save_text(page, text, author=None, note="", at=timezone.now())
publish(draft, by=None, at=timezone.now())
print(time.monotonic())
"""


@dataclass
class Line:
    """A connection that stays open, and the worker at its other end."""

    connection: http.client.HTTPConnection
    worker: int = 0

    def read(self, **headers: str) -> tuple[float, int, http.client.HTTPResponse, bytes]:
        """Ask for the page: when, of whom, and what came back."""
        asked = time.monotonic()
        self.connection.request("GET", PAGE, headers=headers)
        answer = self.connection.getresponse()
        return asked, self.worker, answer, answer.read()


def worker_of(port: int, master: int) -> int:
    """Return the process that holds the server's end of the connection from this local port, or 0."""
    rows = (row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inodes = {row[9] for row in rows if row[2].endswith(f":{port:04X}") and row[9] != "0"}
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for child in children:
        held = {str(link.readlink()) for link in Path(f"/proc/{child}/fd").iterdir() if link.is_symlink()}
        if held & {f"socket:[{inode}]" for inode in inodes}:
            return int(child)
    return 0


@pytest.fixture
def lines(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[Line]]]:
    """A site with three workers and one open line to each."""
    copy_prepared(tmp_path_factory, tmp_path / "var")
    site = new_site(tmp_path / "var", WEB_WORKERS="3")
    site.start()
    lines: dict[int, Line] = {}
    opened = []

    def one_more() -> bool:
        line = Line(http.client.HTTPConnection("127.0.0.1", int(site.environment["PORT"]), timeout=20))
        opened.append(line)
        line.read()
        line.worker = worker_of(line.connection.sock.getsockname()[1], site.processes[0].pid)
        lines.setdefault(line.worker, line)
        return len(lines) == 3

    wait_until(one_more)
    yield site, list(lines.values())
    for line in opened:
        line.connection.close()
    site.stop()


def test_what_is_published_shows_in_every_worker_within_one_second(lines: tuple[Site, list[Line]]) -> None:
    site, readers = lines
    assert 0 not in {line.worker for line in readers}
    first = [line.read() for line in readers]
    assert len({answer.headers["ETag"] for _asked, _worker, answer, _body in first}) == 1, "workers do not agree"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISH]
    publishing = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=site.environment, stdout=subprocess.PIPE, text=True
    )
    seen = []
    while publishing.poll() is None:
        seen += [line.read() for line in readers]
        time.sleep(0.02)
    published = float(publishing.communicate()[0].splitlines()[-1])
    while len([asked for asked, *_rest in seen if asked >= published + 1]) < 50:
        seen += [line.read() for line in readers]
        time.sleep(0.02)
    late = [(asked - published, worker) for asked, worker, _answer, body in seen if NEW.encode() not in body]
    assert late, "nobody read before it was published"
    assert [each for each in late if each[0] >= 1] == []
    assert {worker for asked, worker, *_rest in seen if asked >= published + 1} == {line.worker for line in readers}
    assert [line.read(**{"If-None-Match": seen[-1][2].headers["ETag"]})[2].status for line in readers] == [304] * 3
    assert "Traceback" not in (site.var / "web.log").read_text()
