"""Nothing done by mistake is final: staff give back, open again, strike through, and note on anybody's request."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import housekeeping, rights, workflow
from booking.models import ConsultationRequest, Event
from booking.replay import ALLOWED
from booking.rights import CORRECTABLE
from tests.booking.staff.conftest import MakePerson, MakeRequest
from tests.booking.staff.test_every_event import reachable
from tests.booking.staff.test_moves_in_the_admin import address, now_is, send
from tests.booking.staff.test_queue_page import SignIn

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def mine(make_request: MakeRequest, ana: Any) -> ConsultationRequest:
    """Ana has taken a request of which the patient's own page can be found."""
    row = reachable(make_request(received_at=NOON))
    workflow.take(row.pk, by=ana, at=NOON)
    return row


def patient_reads(row: ConsultationRequest) -> str:
    return Client().get(row.get_private_url()).content.decode()


def correct(browser: Client, row: ConsultationRequest, event: Event, **answers: Any) -> Any:
    page = reverse("admin:booking_consultationrequest_correct", args=[row.pk, event.pk])
    return browser.post(page, {"version": now_is(row).version} | answers)


def test_closed_by_mistake_is_opened_again_where_it_stood(
    sign_in: SignIn, ana: Any, ben: Any, mine: ConsultationRequest
) -> None:
    workflow.log_call(mine.pk, outcome="no_answer", by=ana, at=NOON)
    workflow.close(mine.pk, outcome="duplicate", by=ana, at=NOON)
    assert "It was closed on" in patient_reads(mine)
    browser = sign_in(ben)
    assert ">Open again<" in browser.get(address("change", mine)).content.decode()
    assert "Write in a few words why it is opened again" in send(browser, "reopen", mine).content.decode()
    answer = send(browser, "reopen", mine, note="Two people of one name")
    assert answer.headers["Location"] == address("change", mine)
    row = now_is(mine)
    assert (row.state, row.outcome, row.closed_at, row.claimed_by) == ("trying", "", None, ben)
    assert row.due_at > timezone.now()
    assert "We could not reach you yet. We will try again." in patient_reads(mine)
    html = browser.get(address("change", mine)).content.decode()
    assert "Closed: Asked twice" in html
    assert "Two people of one name" in html
    assert send(browser, "log_call", mine, outcome="reached").status_code == 302


def test_days_until_deleting_begin_anew_after_closing_again(ana: Any, mine: ConsultationRequest, settings: Any) -> None:
    settings.RETENTION_DAYS = 30
    workflow.close(mine.pk, outcome="visit", by=ana, at=NOON)
    workflow.reopen(mine.pk, note="too soon", by=ana, at=NOON + timedelta(days=20))
    assert housekeeping.sweep(at=NOON + timedelta(days=40)).requests == 0
    workflow.close(mine.pk, outcome="visit", by=ana, at=NOON + timedelta(days=41))
    assert housekeeping.sweep(at=NOON + timedelta(days=70)).requests == 0
    assert housekeeping.sweep(at=NOON + timedelta(days=72)).requests == 1


def test_what_the_patient_withdrew_stays_closed(sign_in: SignIn, ana: Any, mine: ConsultationRequest) -> None:
    workflow.withdraw(mine.pk, at=NOON)
    assert ">Open again<" not in sign_in(ana).get(address("change", mine)).content.decode()
    with pytest.raises(workflow.MoveRefused, match="The patient withdrew this"):
        workflow.reopen(mine.pk, note="but still", by=ana, at=NOON)


def test_what_staff_closed_as_withdrawn_may_be_a_slip(ana: Any, mine: ConsultationRequest) -> None:
    workflow.close(mine.pk, outcome="withdrawn", by=ana, at=NOON)
    workflow.reopen(mine.pk, note="the wrong line", by=ana, at=NOON)
    assert now_is(mine).state == "received"


def test_taken_by_mistake_is_given_back_to_nobody(sign_in: SignIn, ana: Any, ben: Any, mine: Any) -> None:
    due = now_is(mine).due_at
    answer = send(sign_in(ana), "give_back", mine)
    assert answer.headers["Location"] == reverse("admin:booking_consultationrequest_changelist")
    row = now_is(mine)
    assert (row.claimed_by, row.claimed_at, row.due_at) == (None, None, due)
    with pytest.raises(workflow.MoveRefused, match="Nobody has this request yet"):
        workflow.log_call(mine.pk, outcome="reached", by=ana, at=NOON)
    workflow.take(mine.pk, by=ben, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Ben has this request"):
        workflow.give_back(mine.pk, by=ana, at=NOON)


def test_whoever_leads_the_queue_gives_back_for_somebody_ill(ana: Any, mia: Any, mine: ConsultationRequest) -> None:
    workflow.give_back(mine.pk, note="Ana is ill", by=mia, at=NOON)
    assert now_is(mine).claimed_by is None


def test_reached_by_mistake_is_struck_through_and_kept(
    sign_in: SignIn, ana: Any, mine: ConsultationRequest, settings: Any
) -> None:
    workflow.log_call(mine.pk, outcome="no_answer", by=ana, at=NOON)
    before = now_is(mine)
    workflow.log_call(mine.pk, outcome="reached", note="was another row", by=ana, at=NOON + timedelta(hours=1))
    assert "We go on as we agreed with you." in patient_reads(mine)
    entry, browser = mine.events.get(call_outcome="reached"), sign_in(ana)
    page = reverse("admin:booking_consultationrequest_correct", args=[mine.pk, entry.pk])
    assert page in browser.get(address("change", mine)).content.decode()
    assert "was another row" in browser.get(page).content.decode()
    assert "Write in a few words what was wrong" in correct(browser, mine, entry).content.decode()
    assert correct(browser, mine, entry, note="Wrong row").status_code == 302
    row = now_is(mine)
    assert (row.state, row.due_at) == (before.state, before.due_at)
    assert "We could not reach you yet." in patient_reads(mine)
    html = browser.get(address("change", mine)).content.decode()
    assert "<s>Call logged: Reached</s>" in html
    assert "<s>was another row</s>" in html
    assert "Struck through: Call logged: Reached" in html
    assert "1 try," in html
    assert page not in html
    assert mine.events.get(pk=entry.pk).note == "was another row"


def test_an_entry_is_struck_through_once_and_only_calls_and_notes_are(ana: Any, mine: ConsultationRequest) -> None:
    workflow.log_call(mine.pk, outcome="no_answer", by=ana, at=NOON)
    entry = mine.events.get(kind="called")
    workflow.correct(mine.pk, event_id=entry.pk, note="slip", by=ana, at=NOON)
    for event in mine.events.exclude(kind__in=CORRECTABLE) | mine.events.filter(pk=entry.pk):
        with pytest.raises(workflow.MoveRefused, match="You can strike through a call or a note, once"):
            workflow.correct(mine.pk, event_id=event.pk, note="again", by=ana, at=NOON)


def test_an_entry_of_another_request_is_not_found(
    sign_in: SignIn, ana: Any, mine: ConsultationRequest, make_request: MakeRequest
) -> None:
    other = make_request()
    workflow.note(other.pk, note="hers", by=ana, at=NOON)
    entry = other.events.get(kind="noted")
    assert correct(sign_in(ana), mine, entry, note="x").status_code in (404, 409)
    assert not mine.events.filter(kind="corrected").exists()


def test_who_wrote_it_has_it_or_leads_may_strike_it_through(
    ana: Any, ben: Any, mia: Any, mine: ConsultationRequest, make_person: MakePerson
) -> None:
    workflow.log_call(mine.pk, outcome="no_answer", by=ana, at=NOON)
    workflow.hand_over(mine.pk, to=ben, note="yours", by=ana, at=NOON)
    row, entry = now_is(mine), mine.events.get(kind="called")
    may = [rights.may_correct(row, entry, person, set()) for person in (ana, ben, mia, make_person("Eve"))]
    assert may == [True, True, True, False]


def test_anybody_who_works_the_queue_notes_on_a_colleagues_request(
    sign_in: SignIn, ana: Any, ben: Any, mine: ConsultationRequest
) -> None:
    seen, browser = now_is(mine), sign_in(ben)
    assert ">Write a note<" in browser.get(address("change", mine)).content.decode()
    assert "Write the note" in send(browser, "note", mine).content.decode()
    assert send(browser, "note", mine, note="Rang back: Thursday suits").status_code == 302
    row = now_is(mine)
    assert (row.claimed_by, row.state, row.due_at) == (ana, seen.state, seen.due_at)
    assert "Rang back: Thursday suits" in sign_in(ana).get(address("change", mine)).content.decode()
    stale = sign_in(ana).post(address("close", mine), {"version": seen.version, "outcome": "visit"})
    assert "Ben wrote a note" in stale.content.decode()


def test_a_note_is_kept_whatever_happened_meanwhile(
    sign_in: SignIn, ana: Any, ben: Any, mine: ConsultationRequest
) -> None:
    workflow.close(mine.pk, outcome="visit", by=ana, at=NOON)
    assert sign_in(ben).post(address("note", mine), {"version": 1, "note": "They rang"}).status_code == 302
    assert mine.events.get(kind="noted").note == "They rang"


def test_who_may_not_work_the_queue_makes_none_of_these_moves(leo: Any, mine: ConsultationRequest) -> None:
    for name in ("note", "reopen", "give_back"):
        with pytest.raises(workflow.MoveRefused, match="may not work the queue"):
            getattr(workflow, name)(mine.pk, note="x", by=leo, at=NOON)


def test_every_move_of_the_table_is_a_function_of_the_workflow() -> None:
    names = {
        "taken": "take", "given_back": "give_back", "handed_over": "hand_over", "called": "log_call", "noted": "note",
        "closed": "close", "withdrawn": "withdraw", "reopened": "reopen", "corrected": "correct",
    }  # fmt: skip
    assert {kind for moves in ALLOWED.values() for kind in moves} == set(names)
    assert all(callable(getattr(workflow, name)) for name in names.values())
