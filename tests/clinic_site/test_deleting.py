"""Nothing is deleted by a clock that jumped: what ran out goes a day's worth at a time, and /readyz tells first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from booking import deleting, workflow
from booking.models import ConsultationRequest, DeletingClock, Draft, RateCount
from clinic_site import health
from clinic_site.management.commands import worker
from tests.booking.people import ask, fill

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SWEPT = (Draft, ConsultationRequest, RateCount, Session)


class Machine:
    """A computer with a clock that can be wrong, a stopwatch that cannot, and the worker's hourly deleting."""

    def __init__(self, at: datetime) -> None:
        self.clock, self.stopwatch = at, 0.0
        self.watch = deleting.Watch()
        self.sweep()

    def wait(self, span: timedelta) -> None:
        """Let time pass, with a sweep each hour."""
        for _hour in range(int(span / timedelta(hours=1))):
            self.clock += timedelta(hours=1)
            self.stopwatch += 3600
            self.sweep()

    def jump(self, span: timedelta) -> None:
        """Set the clock, and let the worker sweep under it."""
        self.clock += span
        self.sweep()

    def restart(self, off: timedelta) -> None:
        """Let the worker end and begin again: its stopwatch knows nothing of the time between."""
        self.clock += off
        self.stopwatch, self.watch = 0.0, deleting.Watch()
        self.sweep()

    def sweep(self) -> None:
        worker._delete(self.watch, at=self.clock)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    DeletingClock.objects.all().delete()
    machine = Machine.__new__(Machine)
    monkeypatch.setattr(deleting, "monotonic", lambda: machine.stopwatch)
    machine.__init__(NOW)  # type: ignore[misc]
    return machine


@pytest.fixture
def rows(machine: Machine, client: Client, settings: Settings) -> None:
    """One of everything that runs out, begun now by the machine's clock: a draft, a closed request, a session."""
    settings.RETENTION_DAYS = 3
    request = ask(client)
    workflow.withdraw(request.pk, at=NOW)
    Draft.objects.all().delete()
    fill(Client())
    Draft.objects.update(expires_at=NOW + DAY)
    RateCount.objects.update(expires_at=NOW + DAY)
    Session.objects.create(session_key="zzyx", session_data="", expire_date=NOW + DAY)


def left() -> int:
    return sum(model.objects.count() for model in SWEPT)


def test_everything_goes_in_its_time(machine: Machine, rows: None) -> None:
    machine.wait(DAY + timedelta(hours=1))
    assert [model.objects.count() for model in SWEPT] == [0, 1, 0, 0]
    machine.wait(2 * DAY)
    assert left() == 0
    assert health._clock() == ""


@pytest.mark.parametrize("days", [40, 2, -40])
def test_a_clock_that_jumps_for_ten_seconds_deletes_nothing(machine: Machine, rows: None, days: int) -> None:
    before = left()
    machine.jump(timedelta(days=days))
    machine.jump(-timedelta(days=days))
    assert left() == before
    assert health._clock().startswith("clock: it jumped")
    machine.wait(DAY - timedelta(hours=1))
    assert left() == before
    machine.wait(timedelta(hours=2))
    assert [model.objects.count() for model in SWEPT] == [0, 1, 0, 0]
    assert health._clock() == ""


@pytest.mark.parametrize("worker_restarts", [False, True])
def test_a_clock_that_stays_wrong_is_told_for_a_day_and_then_takes_a_day_at_a_time(
    machine: Machine, rows: None, worker_restarts: bool
) -> None:
    before = left()
    (machine.restart if worker_restarts else machine.jump)(40 * DAY)
    machine.wait(DAY - timedelta(hours=1))
    assert left() == before
    reach = DeletingClock.objects.get().done_until
    for _sweep in range(2):
        machine.wait(timedelta(hours=1))
        assert DeletingClock.objects.get().done_until == (reach := reach + DAY)
        assert health._clock().startswith("clock: it jumped")
    assert ConsultationRequest.objects.exists()
    machine.wait(3 * DAY)
    assert (left(), health._clock()) == (0, "")


def test_a_short_pause_of_the_worker_is_no_jump(machine: Machine, rows: None) -> None:
    machine.restart(timedelta(hours=20))
    machine.wait(timedelta(hours=5))
    assert not Draft.objects.exists()
    assert health._clock() == ""


def test_two_workers_that_disagree_on_the_day_delete_nothing(machine: Machine, rows: None) -> None:
    before, other = left(), deleting.Watch()
    for _hour in range(60):
        machine.wait(timedelta(hours=1))
        worker._delete(other, at=machine.clock + 40 * DAY)
    assert left() >= before - 3  # at most what ran out by the right clock, too
    assert ConsultationRequest.objects.exists()


def test_whoever_deletes_is_not_asked_after_a_jump(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(worker, "DELETING", [("any", lambda at: asked.append(at))])
    machine.jump(1000 * DAY)
    assert asked == []
    machine.wait(DAY)
    assert asked == [NOW + DAY]


def test_the_first_worker_of_a_site_knows_a_wrong_clock(rows: None, client: Client) -> None:
    before = left()
    DeletingClock.objects.update(seen_at=NOW, done_until=NOW, jumped_at=None)  # as the migration leaves it
    with time_machine.travel(NOW + 40 * DAY):
        call_command("worker", once=True)
    assert left() == before
