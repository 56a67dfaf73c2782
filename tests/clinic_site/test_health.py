"""The monitor learns whether all is well, and if not, why; so does the start."""

import logging
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from booking import key_check, outbox
from booking.models import DeletingClock, Heartbeat, KeyCheck, OutboxMessage
from clinic_site import health, start
from clinic_site.logs import LineFormatter
from clinic_site.management.commands import worker
from clinic_site.monitoring import ANSWERS, MonitoringMiddleware
from tests.booking.people import ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """The web server has run for an hour, the worker wrote just now, and no write is remembered."""
    monkeypatch.setattr(health, "_started", time.monotonic() - 3600)
    monkeypatch.setattr(health, "_wrote", None)
    Heartbeat.objects.beat(Heartbeat.Who.WORKER, at=timezone.now())


def told(client: Client) -> list[str]:
    answer = client.get("/readyz")
    lines = answer.content.decode().splitlines()
    assert answer.status_code == (200 if lines == ["ready"] else 503)
    return lines


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.0.0.7:8000", "[::1]", "strange.example", "", "a b"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_monitor_is_answered_whatever_it_calls_the_host(
    client: Client, settings: Settings, path: str, host: str, scheme: str
) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["clinic.example.org"], scheme == "https"
    for ask_ in (client.get, client.head):
        answer = ask_(path, headers={"host": host})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert client.post(path, headers={"host": host}).status_code == 405


def test_a_sound_site_is_alive_and_ready(client: Client) -> None:
    assert client.get("/healthz").content == b"alive\n"
    assert told(client) == ["ready"]


@pytest.mark.parametrize(("setting", "words"), [("FIELD_KEYS", "field_key"), ("INDEX_KEY", "index_key")])
def test_a_lost_key_is_named_although_nobody_asked_for_anything_yet(
    client: Client, settings: Settings, setting: str, words: str
) -> None:
    setattr(settings, setting, [Fernet.generate_key().decode()] if setting == "FIELD_KEYS" else "another")
    assert [line.startswith(f"keys: {setting} (or the file keys/{words})") for line in told(client)] == [True]
    with pytest.raises(SystemExit):
        health.refuse_wrong_keys()
    with pytest.raises(SystemExit):
        call_command("worker", once=True)
    with pytest.raises(start.CannotStart, match=words):
        start.migrate()


def test_keys_may_be_followed_by_new_ones(client: Client, settings: Settings) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    settings.SECRET_KEY = "another"
    assert told(client) == ["ready"]


@pytest.mark.parametrize("setting", ["FIELD_KEYS", "INDEX_KEY"])
def test_a_site_of_an_earlier_version_is_taken_on_under_its_own_keys_alone(
    client: Client, settings: Settings, setting: str
) -> None:
    ask(client)
    KeyCheck.objects.all().delete()
    right = getattr(settings, setting)
    setattr(settings, setting, [Fernet.generate_key().decode()] if setting == "FIELD_KEYS" else "another")
    with pytest.raises(start.CannotStart, match=setting):
        start.migrate()
    assert not KeyCheck.objects.exists()
    setattr(settings, setting, right)
    start.migrate()
    assert key_check.trouble() == ""


def test_a_migration_that_is_not_applied_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'booking'")
    assert told(client)[0].startswith("migrations: ")


def test_a_database_that_takes_no_write_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_who: Any, at: datetime) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Heartbeat.objects, "beat", refuse)
    assert told(client) == ["writing: OperationalError"]


def test_asking_often_does_not_write_often(client: Client) -> None:
    told(client)
    Heartbeat.objects.all().delete()
    told(client)
    assert not Heartbeat.objects.filter(who="web").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's own lock_timeout is none")
def test_the_little_patience_of_the_check_is_not_left_to_the_requests_that_follow(client: Client) -> None:
    told(client)
    with connection.cursor() as cursor:
        (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    assert milliseconds == connection.settings_dict["OPTIONS"]["timeout"] * 1000


@pytest.mark.parametrize("address", ANSWERS)
def test_who_asks_for_the_head_gets_no_body(address: str, rf: RequestFactory) -> None:
    assert MonitoringMiddleware(lambda _request: HttpResponse())(rf.head(address)).content == b""


def test_a_dead_worker_is_told_and_one_that_has_not_begun_gets_its_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Heartbeat.objects.beat(Heartbeat.Who.WORKER, at=datetime(2026, 11, 30, 9, 4, tzinfo=UTC))
    assert [line[:43] for line in told(client)] == ["worker: not heard of since 2026-11-30 09:04"]
    Heartbeat.objects.all().delete()
    assert told(client)[0].startswith("worker: not heard of ever")
    monkeypatch.setattr(health, "_started", time.monotonic() - 60)
    assert told(client) == ["ready"]


def test_a_message_that_waits_too_long_is_told_where_mail_is_sent(client: Client, settings: Settings) -> None:
    ask(client)
    OutboxMessage.objects.update(queued_at=timezone.now() - timedelta(hours=2))
    assert told(client) == ["ready"]
    settings.EMAIL_HOST = "mail.example.org"
    assert [line[:32] for line in told(client)] == ["mail: a message has waited since"]
    OutboxMessage.objects.update(queued_at=timezone.now())
    assert told(client) == ["ready"]


def test_a_disk_that_fills_up_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FREE_MEGABYTES", 10**12)
    assert re.fullmatch(r"disk: \d+ MB free where the site writes\. Make room", told(client)[0])


def test_a_clock_that_jumped_is_told(client: Client) -> None:
    now = timezone.now()
    DeletingClock.objects.update_or_create(pk=1, defaults={"seen_at": now, "done_until": now, "jumped_at": now})
    assert told(client)[0].startswith("clock: it jumped")


def test_nothing_is_said_of_this_machine_or_of_anybody(client: Client, settings: Settings) -> None:
    """Whoever asks from outside gets the same answer as the operator's monitor."""
    request = ask(client)
    settings.EMAIL_HOST, settings.INDEX_KEY = "mail.example.org", "another"
    OutboxMessage.objects.update(queued_at=timezone.now() - timedelta(hours=2))
    Heartbeat.objects.all().delete()
    words = "\n".join(told(client))
    for secret in (str(django_settings.VAR_DIR), str(request), request.name, "mail.example.org", "sqlite"):
        assert secret not in words


@pytest.mark.parametrize("failing", [RuntimeError, IndexError, OperationalError, KeyError])
def test_whatever_one_round_raises_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: type[Exception]
) -> None:
    def poisoned(**_how: Any) -> None:
        raise failing("Zzyx Testperson")

    done = []
    monkeypatch.setattr(outbox, "deliver_due", poisoned)
    monkeypatch.setattr(worker.publishing, "publish_due", lambda at: done.append("publishing"))
    monkeypatch.setattr(worker.reminders, "remind", poisoned)
    monkeypatch.setattr(worker, "DELETING", (("one", poisoned), ("other", lambda at: done.append("deleting"))))
    call_command("worker", once=True)
    assert done == ["publishing", "deleting"]
    assert [line.getMessage().split(":")[0] for line in caplog.records] == ["mail", "reviews", "one"]
    written = "\n".join(as_written(record) for record in caplog.records)
    assert written.count(f"{failing.__name__} at test_health.py") == 3  # the kind and the place, not the words
    assert "Zzyx" not in written


def as_written(record: logging.LogRecord) -> str:
    """Return a line as the site's log has it; a formatter that came first may have left its own traceback."""
    record.exc_text = None
    return LineFormatter().format(record)


def test_the_worker_says_that_it_lives() -> None:
    Heartbeat.objects.all().delete()
    call_command("worker", once=True)
    assert abs(Heartbeat.objects.get(who="worker").at - timezone.now()) < timedelta(minutes=1)
