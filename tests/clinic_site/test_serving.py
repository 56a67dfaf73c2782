"""The web server's worker against slow, silent, rude and orphaned callers: a real gunicorn, a bare application."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData

from clinic_site import serving
from clinic_site.serving import OpenQueue
from clinic_site.whole_requests import HELD_BYTES, is_whole

CONFIG = """
from clinic_site import serving
serving.READ_SECONDS, serving.PAUSE_SECONDS, serving.SEND_SECONDS = 1.0, 0.5, 1.0
bind = "127.0.0.1:{port}"
worker_class, workers, threads, keepalive, graceful_timeout = serving.Worker, 1, 2, 75, 2
control_socket_disable, loglevel, worker_tmp_dir = True, "warning", "{folder}"
"""
APPLICATION = """
import os, time
def application(environ, start_response):
    pause = environ["PATH_INFO"].removeprefix("/sleep/")
    if pause != environ["PATH_INFO"]:
        time.sleep(float(pause))
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    said = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)} {os.getpid()}".encode()
    if pause == "/long":
        said = said.ljust(9_000_000)  # more than the kernel takes from us before the caller reads
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]
"""


class Server:
    """A gunicorn with one worker and two threads."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        (folder / "config.py").write_text(CONFIG.format(port=self.port, folder=folder))
        (folder / "bare.py").write_text(APPLICATION)
        command = [str(Path(sys.executable).with_name("gunicorn")), "--config", str(folder / "config.py"), "bare"]
        paths = os.pathsep.join([str(folder), str(settings.BASE_DIR)])
        self.master = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": paths}, start_new_session=True
        )
        wait_until(lambda: self.ask("/") != b"")

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def send(self, words: bytes) -> socket.socket:
        """Open a connection and say something."""
        line = self.connect()
        line.sendall(words)
        return line

    def ask(self, path: str) -> bytes:
        """Return the whole answer to one question, empty when there is none."""
        with suppress(OSError), closing(self.send(f"GET {path} HTTP/1.0\r\n\r\n".encode())) as line:
            return heard(line)
        return b""

    def worker(self) -> int:
        """Return the number of the process that answers."""
        return int(self.ask("/").split()[-1])

    def stop(self) -> None:
        """Leave nothing behind."""
        with suppress(ProcessLookupError):
            os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    running.stop()


def wait_until(holds: object, seconds: float = 20) -> None:
    """Return as soon as the condition holds. Raises AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def heard(line: socket.socket) -> bytes:
    """Return all that is said until the other side hangs up."""
    words = b""
    while more := line.recv(65536):
        words += more
    return words


def alive(pid: int) -> bool:
    """Say whether a process runs."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
SLOW = [
    b"",
    b"G",
    b"GET / HTTP/1.1\r\nHost: a\r\n",
    POST + b"Content-Length: 10\r\n\r\n12345",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a greeting for a server with TLS
]
SLOW_IN_A_THREAD = [
    POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n123",
    POST + b"Content-Length: 99999\r\n\r\n" + b"x" * HELD_BYTES,
]


def test_slow_callers_hold_up_nobody_and_are_sent_away(server: Server) -> None:
    lines = [server.send(words) for words in SLOW for _ in range(8)]
    began = time.monotonic()
    assert b" 200 OK" in server.ask("/")
    assert time.monotonic() - began < 0.9, "somebody had to time out first"
    said = [heard(line) for line in lines[8:]]
    assert all(words.startswith(b"HTTP/1.1 408 ") for words in said)
    for line in lines:
        line.close()


def test_a_long_request_that_stops_halfway_gives_its_thread_back(server: Server) -> None:
    lines = [server.send(words) for words in SLOW_IN_A_THREAD for _ in range(2)]
    wait_until(lambda: b" 200 OK" in server.ask("/"), seconds=5)
    for line in lines:
        line.close()


def test_a_caller_that_reads_nothing_gives_its_thread_back(server: Server) -> None:
    lines = [server.send(GET.replace(b"/ ", b"/long ")) for _ in range(2)]
    time.sleep(0.3)
    wait_until(lambda: b" 200 OK" in server.ask("/"), seconds=5)
    for line in lines:
        line.close()


def test_who_had_to_queue_for_a_thread_gets_no_new_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr(serving, "time", SimpleNamespace(monotonic=lambda: clock))
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        caller = serving.Caller(Config(), ours, ("127.0.0.1", 1), ("127.0.0.1", 2))
        caller.receive(SLOW_IN_A_THREAD[1])
        caller.init()
        assert caller.parser.unreader.until == clock + serving.READ_SECONDS
        clock += serving.READ_SECONDS - 1
        caller.init()
        reader = caller.parser.unreader
        assert reader.until == clock + serving.PAUSE_SECONDS
        reader.take_buffered()
        clock += serving.PAUSE_SECONDS
        theirs.sendall(b"x")
        with pytest.raises(NoMoreData):
            reader.chunk()


def test_a_thread_waits_once_for_a_silent_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PAUSE_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        reader = serving.BoundedReader(ours)
        reader.until = time.monotonic() + 20
        for _ in range(2):
            with pytest.raises(NoMoreData):
                reader.chunk()
        assert reader.until == 0


def test_what_comes_in_pieces_or_all_at_once_is_answered_in_order(server: Server) -> None:
    body = b"x" * 300_000
    with closing(server.send(GET + GET + POST[:-3])) as line:
        line.sendall(POST[-3:] + f"Content-Length: {len(body)}\r\n\r\n".encode())
        for place in range(0, len(body), 50_000):
            time.sleep(0.01)
            line.sendall(body[place : place + 50_000])
        line.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        said = re.findall(rb"(GET|POST) / (\d+)", heard(line))
    assert said == [(b"GET", b"0"), (b"GET", b"0"), (b"POST", b"300000"), (b"GET", b"0")]


def test_a_caller_that_asks_whether_to_go_on_is_told_so(server: Server) -> None:
    with closing(server.send(POST + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")) as line:
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"ok")
        assert line.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_a_reload_answers_who_is_served_and_ends_who_outlasts_the_grace(server: Server) -> None:
    old = server.worker()
    soon, late = (server.send(f"GET /sleep/{pause} HTTP/1.0\r\n\r\n".encode()) for pause in (1, 30))
    time.sleep(0.3)
    server.master.send_signal(signal.SIGHUP)
    with closing(soon), closing(late):
        assert heard(soon).endswith(f" {old}".encode())
        wait_until(lambda: not alive(old), seconds=6)
        with suppress(ConnectionResetError):
            assert heard(late) == b""
    assert server.worker() != old


def test_a_worker_without_its_master_frees_the_port_and_ends(server: Server) -> None:
    old = server.worker()
    with closing(server.send(b"GET /sleep/30 HTTP/1.0\r\n\r\n")), closing(server.send(SLOW[3])):
        time.sleep(0.3)
        server.master.kill()
        server.master.wait()
        wait_until(lambda: server.ask("/") == b"", seconds=3)
        with socket.socket() as successor:
            successor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            successor.bind(("127.0.0.1", server.port))
            successor.listen()
        wait_until(lambda: not alive(old), seconds=8)


def test_the_pipe_that_wakes_the_worker_is_never_closed() -> None:
    queue = OpenQueue()
    queue.init()
    queue.close()
    numbers = (queue._read_fd, queue._write_fd)
    queue.defer(print)
    assert os.read(numbers[0], 9) == b"\0"
    for number in numbers:
        os.close(number)


@pytest.mark.parametrize(
    ("received", "whole"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r", False),
        (GET, True),
        (GET + b"GET", True),
        (POST + b"content-length:3\r\n\r\nab", False),
        (POST + b"CONTENT-LENGTH: 3\r\n\r\nabc", True),
        (POST + b"Content-Length: 999999999999999\r\n\r\nabc", False),
        (POST + b"X-Note: content-length: 99\r\n\r\n", True),
        (b"x" * HELD_BYTES, True),
    ],
)
def test_a_request_is_whole_when_nothing_of_it_is_under_way(received: bytes, whole: bool) -> None:
    assert is_whole(received) is whole
