"""Is the site fit to serve patients? Asked by /readyz, by the start and by the operator's monitor."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from booking import deleting, key_check
from booking.models import Heartbeat, OutboxMessage
from clinic_site.environment import stop

Check = Callable[[], str]
LOCKED_FOR = 2
"""Seconds: longer than a write waits for its turn on a sound site."""
WRITE_EVERY = 1.0
"""Seconds: anybody may ask, and nobody can make us write more often."""
SILENT_FOR = timedelta(minutes=2)
"""A worker that wrote nothing for so long is taken for dead. A site that has just started gives it as much time."""
WAITING_FOR = timedelta(hours=1)
FREE_MEGABYTES = 200

_started = time.monotonic()
_wrote: float | None = None


def troubles(checks: tuple[Check, ...] | None = None) -> list[str]:
    """Return what keeps the site from working as it should, in the operator's words; an empty list means ready.

    Nothing else is looked at while the database cannot be reached. Raises nothing.
    """
    if reason := _told(_database):
        return [reason]
    return [reason for check in checks or EVER if (reason := _told(check))]


def refuse_wrong_keys() -> None:
    """Stop this process when its keys are not those of the database. While that is away, /readyz says so instead."""
    try:
        reason = key_check.trouble()
    except DatabaseError:
        return
    finally:
        connection.close()
    if reason:
        stop(reason)


def _told(check: Check) -> str:
    try:
        return check()
    except DatabaseError as error:
        return f"{check.__name__.strip('_')}: {type(error).__name__}"


def _database() -> str:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _writing() -> str:
    """Write for good: a full disk is seen by nothing less. Raises DatabaseError."""
    global _wrote
    if _wrote is None or time.monotonic() - _wrote > WRITE_EVERY:
        with _patience(LOCKED_FOR), transaction.atomic():
            Heartbeat.objects.beat(Heartbeat.Who.WEB, at=timezone.now())
        _wrote = time.monotonic()
    return ""


@contextmanager
def _patience(seconds: int) -> Iterator[None]:
    """Wait so long for a lock inside the block, not as long as a patient's request does."""
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        usual = connection.settings_dict["OPTIONS"].get("timeout", 0)
        cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000}" if is_sqlite else f"SET lock_timeout = '{seconds}s'")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual * 1000}" if is_sqlite else "SET lock_timeout = DEFAULT")


def _migrations() -> str:
    missing = _shipped() - MigrationRecorder(connection).applied_migrations().keys()
    return f"migrations: {len(missing)} not applied. Run manage.py migrate" if missing else ""


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    """Return every migration of this version of the site, as (app, name). Files do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _keys() -> str:
    return key_check.trouble()


def _clock() -> str:
    return deleting.trouble()


def _worker() -> str:
    beat = Heartbeat.objects.filter(who=Heartbeat.Who.WORKER).first()
    just_started = time.monotonic() - _started < SILENT_FOR.total_seconds()
    if just_started or (beat and abs(timezone.now() - beat.at) <= SILENT_FOR):
        return ""
    since = f"since {beat.at:%Y-%m-%d %H:%M} UTC" if beat else "ever"
    return f"worker: not heard of {since}. No mail is sent and nothing is published or deleted: start clinic-worker"


def _mail() -> str:
    oldest = OutboxMessage.objects.waiting().order_by("queued_at").values_list("queued_at", flat=True).first()
    if not settings.EMAIL_HOST or oldest is None or timezone.now() - oldest <= WAITING_FOR:
        return ""
    return f"mail: a message has waited since {oldest:%Y-%m-%d %H:%M} UTC. Does the mail server take our mail?"


def _disk() -> str:
    free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
    return f"disk: {free} MB free where the site writes. Make room" if free < FREE_MEGABYTES else ""


AT_THE_START: tuple[Check, ...] = (_migrations, _keys, _writing)
EVER: tuple[Check, ...] = (*AT_THE_START, _worker, _mail, _disk, _clock)
