"""manage.py worker: send mail, publish what is due, remind of checks and keep the house clean, until told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from booking import deleting, housekeeping, outbox
from booking.models import Heartbeat
from clinic_site import reminders
from clinic_site.health import refuse_wrong_keys
from education import opinions, publishing

log = logging.getLogger("clinic.worker")

MAIL_EVERY = 2.0  # seconds
HEARTBEAT_EVERY = 15.0
HOUSEKEEPING_EVERY = 3600.0
DELETING = (("housekeeping", housekeeping.sweep), ("readers", opinions.forget_old))
"""Each takes the moment up to which deleting is safe."""


class Command(BaseCommand):
    """Runs its rounds by the clock; each is a function of one of the apps."""

    help = "Send waiting messages, publish planned pages and delete what has expired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round of each, then stop")

    def handle(self, *, once: bool, **options: Any) -> None:
        refuse_wrong_keys()
        stop = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        watch = deleting.Watch()
        next_beat = next_sweep = 0.0
        while not stop.is_set():
            if time.monotonic() >= next_beat:
                _round("heartbeat", partial(_beat, watch))
                next_beat = time.monotonic() + HEARTBEAT_EVERY
            _round("mail", outbox.deliver_due)
            _round("publishing", publishing.publish_due)
            if time.monotonic() >= next_sweep:
                _round("reviews", reminders.remind)
                _round("deleting", partial(_delete, watch))
                next_sweep = time.monotonic() + HOUSEKEEPING_EVERY
            if once:
                return
            stop.wait(MAIL_EVERY)


def _beat(watch: deleting.Watch, *, at: datetime) -> None:
    """Tell /readyz that the worker lives, and look at the clock."""
    Heartbeat.objects.beat(Heartbeat.Who.WORKER, at=at)
    watch.look(at=at)


def _delete(watch: deleting.Watch, *, at: datetime) -> None:
    """Let everybody delete what ran out, as far as the clock can be trusted."""
    limit = deleting.until(watch.look(at=at), at=at)
    if limit is None:
        log.warning("deleting: the clock jumped, nothing is deleted for a day")
        return
    for name, work in DELETING:
        _round(name, work, at=limit)
    deleting.done(limit, at=at)


def _round(name: str, work: Callable[..., Any], *, at: datetime | None = None) -> None:
    """Do one round. Whatever it raises is its own trouble, told by kind and place: the others go on."""
    try:
        close_old_connections()
        report = work(at=at or timezone.now())
    except Exception:
        log.exception("%s: this round failed; it is tried again", name)
        return
    if report:
        log.info("%s", report)
