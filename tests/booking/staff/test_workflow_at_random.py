"""Whatever staff and patients do in whatever order, nobody is lost."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from booking import workflow
from booking.models import ConsultationRequest, Event
from booking.replay import replay
from tests.booking.staff.conftest import MakePerson, new_request

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MOVES = st.sampled_from(
    ["take", "log_call", "hand_over", "give_back", "note", "correct", "close", "reopen", "withdraw"]
)
STEPS = st.lists(
    st.tuples(
        MOVES,
        st.integers(0, 2),
        st.sampled_from([*Event.CallOutcome.values, *ConsultationRequest.Outcome.values, ""]),
        st.sampled_from(["", "a note"]),
        st.integers(0, 2),
    ),
    max_size=12,
)


def try_step(request: ConsultationRequest, people: list[Any], step: tuple, at: datetime) -> None:
    name, who, outcome, note, whom = step
    arguments: dict[str, dict[str, Any]] = {
        "take": {},
        "log_call": {"outcome": outcome, "note": note},
        "hand_over": {"to": people[whom], "note": note},
        "give_back": {"note": note},
        "note": {"note": note},
        "close": {"outcome": outcome, "note": note},
        "reopen": {"note": note},
        "correct": {"event_id": some_event(request, whom), "note": note},
    }
    with suppress(workflow.MoveRefused):
        if name == "withdraw":
            workflow.withdraw(request.pk, at=at)
        else:
            getattr(workflow, name)(request.pk, by=people[who], at=at, **arguments[name])


def some_event(request: ConsultationRequest, whom: int) -> int:
    """Return an event to strike through: the newest calls and notes more often than not."""
    entries = request.events.filter(kind__in=["called", "noted"]).newest_first()
    found = entries[whom : whom + 1] or request.events.newest_first()[:1]
    return found[0].pk


def told(request: ConsultationRequest) -> tuple[str, str, str]:
    """Tell state, holder and outcome from the events alone, in as few words as can be."""
    events = list(request.events.order_by("pk"))
    struck = {event.corrects_id for event in events}
    calls = [event.call_outcome for event in events if event.kind == "called" and event.pk not in struck]
    holder, ended = "", ""
    for event in events:
        gets = {"taken": event.by_name, "handed_over": event.to_name, "reopened": event.by_name, "given_back": ""}
        holder = gets.get(event.kind, holder)
        ended = {"closed": event.closing_outcome, "withdrawn": "withdrawn", "reopened": ""}.get(event.kind, ended)
    state = "closed" if ended else "reached" if "reached" in calls else "trying" if calls else "received"
    return state, holder, ended


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_moves_the_history_tells_the_row_and_an_open_request_is_in_a_list(
    steps: list[tuple], make_person: MakePerson
) -> None:
    people = list(get_user_model().objects.order_by("pk")) or [
        make_person(name, role) for name, role in (("Ana", "Front desk"), ("Ben", "Clinician"), ("Mia", "Manager"))
    ]
    request = new_request(received_at=START)
    for number, step in enumerate(steps):
        try_step(request, people, step, START + timedelta(minutes=number))
    row = ConsultationRequest.objects.select_related("claimed_by").get(pk=request.pk)
    holder = row.claimed_by.first_name if row.claimed_by else ""
    assert told(row) == (row.state, holder, row.outcome)
    assert (row.closed_at is None) == (row.outcome == "")
    assert vars(replay(row, row.events.order_by("pk"))).items() <= vars(row).items()
    rows = ConsultationRequest.objects
    lists = [rows.unclaimed(), rows.closed(), *(rows.with_person(person) for person in people)]
    assert sum(each.filter(pk=row.pk).exists() for each in lists) == 1 or row.state == "closed"
    assert rows.open().filter(pk=row.pk).exists() == (row.state != "closed")


@pytest.fixture
def database_of_its_own(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Point every thread at a real database: SQLite in memory locks in other ways."""
    kept, name = connections["default"], connections.databases["default"]["NAME"]
    is_file = kept.vendor == "sqlite"
    own = str(tmp_path / "queue.sqlite3") if is_file else f"queue_{os.getpid()}"
    with django_db_blocker.unblock():
        if not is_file:
            kept.cursor().execute(f"CREATE DATABASE {own}")
        connections.databases["default"]["NAME"] = own
        connections["default"] = connections.create_connection("default")
        call_command("migrate", verbosity=0)
        yield
        connections["default"].close()
        connections.databases["default"]["NAME"] = name
        connections["default"] = kept
        if not is_file:
            kept.cursor().execute(f"DROP DATABASE {own}")


def grab_all(wanted: list[int], person: Any, start: threading.Barrier, won: list[tuple[int, int]]) -> None:
    """Try to take every request as one of many people at once."""
    start.wait()
    for pk in wanted:
        with suppress(workflow.MoveRefused):
            workflow.take(pk, by=person, at=START)
            won.append((pk, person.pk))
    connections.close_all()


def test_twenty_people_take_from_one_queue_and_none_is_taken_twice(database_of_its_own: None) -> None:
    make = get_user_model().objects.create_superuser
    people = [make(f"person{number}", password="invented") for number in range(20)]
    wanted = [new_request().pk for _ in range(5)]
    won: list[tuple[int, int]] = []
    start = threading.Barrier(len(people))
    threads = [threading.Thread(target=grab_all, args=(wanted, person, start, won)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(pk for pk, _person in won) == wanted
    assert dict(won) == dict(ConsultationRequest.objects.values_list("pk", "claimed_by"))
    assert Event.objects.filter(kind="taken").count() == len(wanted)
