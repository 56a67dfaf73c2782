"""A real gunicorn with two workers, sixteen readers who ask it again and again, and what that costs its processors."""

import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = 16


@dataclass
class Server:
    """One gunicorn under the site's own settings, two workers with four threads each."""

    module: str
    folder: str = "."
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    lines: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> "Server":
        """Start it, connect the readers, and wait until it has nothing more to do."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        here = {"PORT": str(self.port), "SITE_URL": f"http://127.0.0.1:{self.port}", "PYTHONPATH": self.folder}
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "--config", "deploy/gunicorn.conf.py"]
        environment = os.environ | here | {"WEB_WORKERS": "2", "WEB_THREADS": "4"} | self.environment
        self.process = subprocess.Popen([*gunicorn, self.module], cwd=ROOT, env=environment)
        self.lines = [self._connect() for _ in range(READERS)]
        with self._connect() as line:  # the first answer comes when a worker stands
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while line.recv(65536):
                pass
        self._settle()
        return self

    def __exit__(self, *_fault: object) -> None:
        """Stop it."""
        for line in self.lines:
            line.close()
        self.process.terminate()
        self.process.wait()

    def _connect(self) -> socket.socket:
        for _ in range(300):
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=60)
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise SystemExit(f"{self.module} does not start.")

    def _settle(self) -> None:
        used = -1.0
        while self.processor_seconds() - used > 0.01:
            used = self.processor_seconds()
            time.sleep(1)

    def processor_seconds(self) -> float:
        """Return what all threads of all workers have used so far."""
        master = self.process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        tasks = (task for worker in workers for task in Path(f"/proc/{worker}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


@dataclass
class Question:
    """One request to one server."""

    server: Server
    path: str
    headers: str = ""

    def ask(self) -> bytes:
        """Ask once and return the whole answer."""
        line = self.server.lines[0]
        line.sendall(self._words())
        answer = line.recv(65536)
        while b"\r\n\r\n" not in answer:
            answer += line.recv(65536)
        length = re.search(rb"Content-Length: (\d+)", answer)
        has_body = not answer.startswith(b"HTTP/1.1 304 ")
        whole = answer.index(b"\r\n\r\n") + 4 + (int(length[1]) if length and has_body else 0)
        while len(answer) < whole:
            answer += line.recv(65536)
        return answer

    def known(self) -> "Question":
        """Return the same question by somebody who has the answer already."""
        tag = re.search(rb"etag: (.*)\r", self.ask(), re.IGNORECASE)
        assert tag, "there is no entity tag"
        again = Question(self.server, self.path, f"{self.headers}If-None-Match: {tag[1].decode()}\r\n")
        assert again.ask().startswith(b"HTTP/1.1 304 "), "a known page was sent again"
        return again

    def cost(self, requests: int) -> tuple[float, float]:
        """Return the processor milliseconds of one request, and the requests a second."""
        length = len(self.ask())
        before, start = self.server.processor_seconds(), time.monotonic()
        for _ in range(requests // READERS):
            self._all_ask(length)
        seconds = time.monotonic() - start
        return (self.server.processor_seconds() - before) * 1000 / requests, requests / seconds

    def _all_ask(self, length: int) -> None:
        words = self._words()
        for line in self.server.lines:
            line.sendall(words)
        for line in self.server.lines:
            left = length
            while left:
                left -= len(line.recv(min(left, 65536)))

    def _words(self) -> bytes:
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n{self.headers}\r\n".encode()
