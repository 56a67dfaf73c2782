"""`make run`: keeps the web server and the worker running together. One that ends is started again, alone."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from clinic_site.logs import LineFormatter

log = logging.getLogger("clinic.supervisor")

GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "clinic_site.wsgi"]
PROCESSES = {"web server": GUNICORN, "worker": [sys.executable, "manage.py", "worker"]}
LOOK_EVERY = 0.2  # seconds
LONGEST_PAUSE = 30.0  # before something that ends again and again is started once more
STEADY_SECONDS = 60.0  # who ran so long is started again at once
STOP_SECONDS = 50.0  # a little more than the grace in deploy/gunicorn.conf.py


class Supervised:
    """One process, started again whenever it ends."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.pause = 1.0
        self.start()

    def start(self) -> None:
        """Start it in a group of its own: Ctrl-C reaches it through us only."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own two
        self.again_at: float | None = None

    def look(self) -> None:
        """Start it again, after a pause, if it ended."""
        now = time.monotonic()
        if self.again_at is not None:
            if now >= self.again_at:
                self.start()
        elif (status := self.process.poll()) is not None:
            self.pause = 1.0 if now - self.started > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            self.again_at = now + self.pause
            log.error("the %s ended (status %s) and is started again in %.0f s", self.name, status, self.pause)

    def tell(self, number: int) -> None:
        """Send a signal to the process."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)

    def end(self, until: float) -> None:
        """Wait for its end; at `until` (monotonic seconds) it and its children are killed."""
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("the %s did not stop and is killed", self.name)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(commands: dict[str, list[str]]) -> None:
    """Keep all of them running until a signal says stop, then stop them: at once on Ctrl-C, gently otherwise."""
    told: list[int] = []
    stop = threading.Event()

    def note(number: int, _frame: object) -> None:
        told.append(number)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    all_ = [Supervised(name, command) for name, command in commands.items()]
    while not stop.wait(LOOK_EVERY):
        for each in all_:
            each.look()
    for each in all_:
        each.tell(signal.SIGINT if told[0] == signal.SIGINT else signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    for each in all_:
        each.end(until)


def main() -> None:
    """Run the site of this folder."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    supervise(PROCESSES)


if __name__ == "__main__":
    main()
