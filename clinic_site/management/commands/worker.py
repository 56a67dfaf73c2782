"""manage.py worker: send mail, publish what is due, remind of checks and keep the house clean, until told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from booking import housekeeping, outbox
from clinic_site import reminders
from education import opinions, publishing

log = logging.getLogger("clinic.worker")

MAIL_EVERY = 2.0  # seconds
HOUSEKEEPING_EVERY = 3600.0


class Command(BaseCommand):
    """Runs its rounds by the clock; each is a function of one of the apps."""

    help = "Send waiting messages, publish planned pages and delete what has expired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round of each, then stop")

    def handle(self, *, once: bool, **options: Any) -> None:
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        next_sweep = 0.0
        while not stop.is_set():
            _round("mail", outbox.deliver_due)
            _round("publishing", publishing.publish_due)
            if time.monotonic() >= next_sweep:
                _round("housekeeping", housekeeping.sweep)
                _round("reviews", reminders.remind)
                _round("readers", opinions.forget_old)
                next_sweep = time.monotonic() + HOUSEKEEPING_EVERY
            if once:
                return
            stop.wait(MAIL_EVERY)


def _round(name: str, work: Callable[..., Any]) -> None:
    """Do one round. A database that is away is told and tried again: the worker outlives it."""
    close_old_connections()
    try:
        report = work(at=timezone.now())
    except DatabaseError:
        log.exception("%s: the database did not answer; trying again", name)
        return
    if report:
        log.info("%s", report)
