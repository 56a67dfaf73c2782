"""Things break as they do: the mail server, a message, a row, the web server, the worker."""

import signal
import socket
import time
from pathlib import Path

from tests.browser.conftest import answers, wait_until
from tests.browser.plain import HalfSent
from tests.day.day import QUEUE, Day
from tests.day.stack import eventually

HELD = 14  # senders whose answers come slowly: more than one worker's share of a reload


def the_mail_server_refuses_dies_and_returns(day: Day) -> None:
    """Requests are taken all the while; every mail comes in the end."""
    server = day.stack.mail_server
    server.answer = "451 not now"
    day.asks(name="Zzyx Refusedperson", email="zzyx.refused@example.org")
    time.sleep(2.5)  # one round of the worker
    server.stop()
    day.asks(name="Zzyx Silentperson", email="zzyx.silent@example.org")
    server.answer = "250 taken"
    server.start()
    day.stack.hurry()
    day.stack.wait_for_mail("zzyx.refused@example.org")
    day.stack.wait_for_mail("zzyx.silent@example.org")


def one_damaged_row_stops_nobody(day: Day) -> None:
    """A sealed word that cannot be read is its own trouble: mail and queue go on for all others."""
    server = day.stack.mail_server
    server.stop()
    hurt = day.asks(name="Zzyx Damagedperson", email="zzyx.damaged@example.org").replace("-", "")
    day.asks(name="Zzyx Nextperson", email="zzyx.next@example.org")
    damage = (
        "from django.db import connection as c; u = c.cursor(); "
        "u.execute(\"UPDATE booking_consultationrequest SET email = 'gAAAAAdamaged', name = 'gAAAAAdamaged' "
        f"WHERE reference = '{hurt}'\")"
    )
    day.stack.manage("shell", "-c", damage)
    server.start()
    day.stack.hurry()
    day.stack.wait_for_mail("zzyx.next@example.org")
    page = day.staff("ana")
    assert day.status(page, QUEUE) == 200
    for pk, _reference in day.rows():
        assert day.status(page, f"{QUEUE}{pk}/change/") == 200


def a_reload_under_slow_senders_loses_nothing(day: Day) -> None:
    """gunicorn is asked to start afresh while answers are half sent; then it dies. Whoever got a reference keeps it."""
    stack = day.stack
    people = [day.plain_patient(name=f"Zzyx Slowperson{n}", phone="+1 416 555 0155") for n in range(HELD)]
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    lines = [HalfSent(person, stack.web_port, **forwarded) for person in people]
    for line in lines:
        line.begin()
    time.sleep(0.5)
    stack.signal("web", signal.SIGHUP)
    time.sleep(6)  # longer than the old grace of four seconds
    for line in lines:
        line.finish()
    sent = [line.is_taken() for line in lines]
    stack.kill("worker")  # the last who has the database open: what is in its log must now be read from the disk
    stack.kill("web")
    _database_is_sound(day)
    eventually(lambda: not answers(f"http://127.0.0.1:{stack.web_port}/healthz"), 15, "old workers live on")
    wait_until(lambda: _is_free(stack.web_port), seconds=20)
    stack.start_web()
    stack.start_worker()
    for person, was_taken in zip(people, sent, strict=True):
        day.shown(person.reference() if was_taken else person.send())
    assert {reference for _pk, reference in day.rows()} == set(day.references)


def _database_is_sound(day: Day) -> None:
    """Look at the first bytes of SQLite's files: a stray write there is mended by the next start only with luck."""
    file = day.stack.var / "clinic.sqlite3"
    if not day.stack.environment.get("DATABASE_URL"):
        assert file.read_bytes()[:16] == b"SQLite format 3\0"
        assert Path(f"{file}-wal").read_bytes()[:3] in {b"", b"\x37\x7f\x06"}


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
