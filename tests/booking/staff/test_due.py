"""What is due, and when: urgent signs on their own clock, and everything by the calendar as it is now."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking import clock, hours, workflow
from booking.models import ConsultationRequest
from booking.rescheduling import recompute_due
from clinic_site.start import prepare
from tests.booking.people import draft_of, fill, send
from tests.booking.staff.conftest import MakeRequest
from tests.booking.staff.test_moves_in_the_admin import address, now_is
from tests.booking.staff.test_queue_page import SignIn, look

pytestmark = pytest.mark.django_db
URGENT = {"urgent_signs": "still_asking", "priority": ConsultationRequest.Priority.TODAY}
WRITES = {"channel": "email", "email": "zzyx@example.org", "phone": "", "voicemail": ""}
OFFICE = ((time(9), time(17)),)
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _week(clinic: Any) -> None:
    clinic(hours=(OFFICE,) * 5 + ((), ()), closed_on=())


def asked(at: datetime, **signs: Any) -> ConsultationRequest:
    """Let somebody ask at a time, with urgent signs or without."""
    with time_machine.travel(at, tick=False):
        browser = Client()
        fill(browser, channel="phone")
        draft = draft_of(browser)
        draft.answers |= signs
        draft.save()
        send(browser)
        return ConsultationRequest.objects.latest("pk")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (MONDAY, datetime(2026, 11, 30, 12, 0, tzinfo=UTC)),
        (MONDAY.replace(hour=16), datetime(2026, 12, 1, 10, 0, tzinfo=UTC)),  # an hour today, an hour tomorrow
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), datetime(2026, 11, 30, 11, 0, tzinfo=UTC)),  # a Saturday
    ],
)
def test_urgent_signs_are_due_within_two_opening_hours_and_the_promise_stays(at: datetime, due: datetime) -> None:
    urgent, routine = asked(at, urgent_signs="still_asking"), asked(at)
    assert urgent.due_at == due
    assert urgent.reply_by == routine.reply_by == routine.due_at == clock.reply_by(at)


def test_urgent_signs_are_late_on_their_own_clock_after_a_try_too(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    row = make_request(received_at=MONDAY, reply_by=MONDAY + timedelta(days=2), due_at=MONDAY, **URGENT)
    with time_machine.travel(MONDAY, tick=False):
        workflow.take(row.pk, by=ana, at=MONDAY)
        workflow.log_call(row.pk, outcome="no_answer", by=ana, at=MONDAY)
        assert now_is(row).due_at == MONDAY + timedelta(hours=2)
        assert "Call by today 12:00" in look(sign_in(ana))
    with time_machine.travel(MONDAY + timedelta(hours=2, minutes=1), tick=False):
        html = look(sign_in(ana))
        assert "</span> Late</span>" in html
        assert "Call now" in html
        workflow.log_call(row.pk, outcome="reached", by=ana, at=MONDAY + timedelta(hours=2, minutes=1))
        html = look(sign_in(ana)) + sign_in(ana).get(address("change", row)).content.decode()
        assert "Call now" not in html
        assert "Call by" not in html


def test_what_to_do_never_contradicts_when_it_is_due(sign_in: SignIn, ana: Any) -> None:
    """Friday at four: two opening hours end on Monday, so no page says "today"."""
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    row = asked(friday, urgent_signs="still_asking")
    with time_machine.travel(friday, tick=False):
        for html in (look(sign_in(ana)), sign_in(ana).get(address("change", row)).content.decode()):
            assert "Call by Mon 30 Nov, 10:00" in html
            assert "oday" not in html.partition("<table")[2].partition("</table>")[0]


def test_with_an_e_mail_only_staff_are_told_to_write_and_that_there_is_no_number(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    row = make_request(received_at=MONDAY, reply_by=MONDAY + timedelta(days=2), due_at=MONDAY, **URGENT, **WRITES)
    with time_machine.travel(MONDAY + timedelta(hours=3), tick=False):
        listed = look(sign_in(ana))
        page = sign_in(ana).get(address("change", row)).content.decode()
    for html in (listed, page):
        assert "Write now" in html
        assert "Call" not in html.partition("alarm")[2].partition("tell them")[0]
        assert "no number was given" in html
    assert 'href="mailto:zzyx@example.org"' in page


class TestNewCalendar:
    """A holiday is added, or hours change, and the site starts again."""

    def test_nothing_moves_while_nothing_changes(self, make_request: MakeRequest, ana: Any) -> None:
        rows = [asked(MONDAY + timedelta(minutes=7 * number)) for number in range(5)]
        workflow.take(rows[0].pk, by=ana, at=MONDAY)
        workflow.log_call(rows[0].pk, outcome="no_answer", by=ana, at=MONDAY)
        assert recompute_due(at=MONDAY).moved == 0

    def test_a_holiday_moves_what_is_due_and_never_the_promise(self, clinic: Any, ana: Any) -> None:
        first, tried, urgent = asked(MONDAY), asked(MONDAY), asked(MONDAY.replace(hour=16), urgent_signs="checked")
        workflow.take(tried.pk, by=ana, at=MONDAY)
        workflow.log_call(tried.pk, outcome="no_answer", by=ana, at=MONDAY.replace(hour=16))
        promised = first.reply_by
        assert promised == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
        clinic(closed_on=(date(2026, 12, 1), date(2026, 12, 2)))
        report = recompute_due(at=MONDAY)
        assert str(report) == "opening hours: 3 open requests are due at another time now"
        assert recompute_due(at=MONDAY).moved == 0
        first, tried, urgent = now_is(first), now_is(tried), now_is(urgent)
        assert (first.due_at, first.reply_by) == (MONDAY.replace(hour=17), promised)  # the last hour before the promise
        assert tried.due_at == datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
        assert urgent.due_at == MONDAY.replace(hour=17)  # never later than the promise, which was Wednesday's
        event = first.events.get(kind="due_moved")
        assert event.due_at == first.due_at
        clinic(closed_on=())
        assert recompute_due(at=MONDAY).moved == 3
        assert now_is(first).due_at == promised

    def test_no_open_request_is_due_while_the_clinic_is_closed(self, clinic: Any, ana: Any) -> None:
        for later in range(0, 60, 7):
            asked(MONDAY + timedelta(hours=later))
        clinic(closed_on=(date(2026, 12, 2), date(2026, 12, 3)))
        recompute_due(at=MONDAY)
        for row in ConsultationRequest.objects.all():
            assert row.due_at.date() not in (date(2026, 12, 2), date(2026, 12, 3))
            opens_in_time = hours.open_time_between(row.received_at, row.reply_by) > timedelta(0)
            assert (row.due_at <= row.reply_by) == opens_in_time

    def test_a_form_that_staff_have_open_stays_good_and_the_page_tells_of_it(
        self, clinic: Any, sign_in: SignIn, ana: Any
    ) -> None:
        row = asked(MONDAY)
        workflow.take(row.pk, by=ana, at=MONDAY)
        version = now_is(row).version
        clinic(closed_on=(date(2026, 12, 2),))
        recompute_due(at=MONDAY)
        answer = sign_in(ana).post(address("log_call", row), {"version": version, "outcome": "reached"}, follow=True)
        assert "Opening hours changed: now due Tue 1 Dec, 17:00" in answer.content.decode()

    def test_closed_requests_are_left_alone(self, clinic: Any) -> None:
        row = asked(MONDAY)
        workflow.withdraw(row.pk, at=MONDAY)
        clinic(closed_on=(date(2026, 12, 2),))
        assert recompute_due(at=MONDAY).moved == 0

    def test_the_start_brings_them_to_the_calendar(self, clinic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        asked(MONDAY)
        clinic(closed_on=(date(2026, 12, 2),))
        for step in ("import_pages", "first_account"):
            monkeypatch.setattr(f"clinic_site.start.{step}", list)
        monkeypatch.setattr("clinic_site.start.troubles", lambda _checks: [])
        for step in ("close_to_others", "collect_static_files", "call_command"):
            monkeypatch.setattr(f"clinic_site.start.{step}", lambda *_args, **_more: None)
        told = list(prepare(host="127.0.0.1", port=None))
        assert "opening hours: 1 open requests are due at another time now" in told


def test_last_and_next_wednesday_are_told_apart(make_request: MakeRequest, sign_in: SignIn, ana: Any) -> None:
    now = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    last, following = now - timedelta(days=2), now + timedelta(days=5)
    assert (last.weekday(), clock.short(last, now)) == (2, "Wed 25 Nov, 12:00")
    assert (following.weekday(), clock.short(following, now)) == (2, "Wed 2 Dec, 12:00")
    assert clock.short(now, now) == "today 12:00"
    assert clock.short(now.replace(year=2025), now) == "Thu 27 Nov 2025, 12:00"
    assert clock.moment(now, now) == "at 12:00"
    late = make_request(received_at=now - timedelta(days=9), reply_by=last, due_at=last, state="trying")
    early = make_request(received_at=now, reply_by=following, due_at=following, state="trying")
    with time_machine.travel(now, tick=False):
        html = look(sign_in(ana))
        assert "next step was due Wed 25 Nov, 12:00" in html
        assert "next step Wed 2 Dec, 12:00" in html
        for row in (late, early):
            assert sign_in(ana).get(address("change", row)).status_code == 200
