"""Every move, and every reason to refuse it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking import rights, workflow
from booking.hours import open_time_between
from booking.models import ConsultationRequest, Event
from tests.booking.staff.conftest import MakePerson, MakeRequest

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
State = ConsultationRequest.State


def kinds(request: ConsultationRequest) -> list[str]:
    return list(request.events.order_by("pk").values_list("kind", flat=True))


def test_taking_gives_the_request_to_one_person_and_says_so_in_its_history(make_request: MakeRequest, ana: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    request.refresh_from_db()
    assert (request.claimed_by, request.claimed_at, request.version) == (ana, NOON, 2)
    assert kinds(request) == ["received", "taken"]
    assert request.events.get(kind="taken").by_name == "Ana"


def test_the_slower_of_two_people_learns_who_was_faster_and_when(make_request: MakeRequest, ana: Any, ben: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ben, at=NOON)
    with pytest.raises(workflow.MoveRefused, match=r"^Ben took this at 12:00\.$"):
        workflow.take(request.pk, by=ana, at=NOON + timedelta(minutes=3))
    assert kinds(request) == ["received", "taken"]


def test_a_double_click_on_take_says_that_you_have_it(make_request: MakeRequest, ana: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="You took this at 12:00"):
        workflow.take(request.pk, by=ana, at=NOON)


def test_yesterdays_move_is_told_with_its_day(make_request: MakeRequest, ana: Any, ben: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ben, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="on Tue 24 Nov, 12:00"):
        workflow.take(request.pk, by=ana, at=NOON + timedelta(days=1))


def test_who_may_not_work_the_queue_takes_nothing(make_request: MakeRequest, leo: Any) -> None:
    request = make_request()
    with pytest.raises(workflow.MoveRefused, match="may not work the queue"):
        workflow.take(request.pk, by=leo, at=NOON)


def test_a_request_that_is_gone_is_refused_kindly(ana: Any) -> None:
    with pytest.raises(workflow.MoveRefused, match="no longer kept"):
        workflow.take(999, by=ana, at=NOON)


@pytest.mark.parametrize(
    ("outcome", "state", "hours"),
    [("reached", State.REACHED, 8), ("no_answer", State.TRYING, 4), ("left_message", State.TRYING, 4),
     ("wrong_number", State.TRYING, 4)],
)  # fmt: skip
def test_a_logged_call_moves_the_state_and_sets_the_next_step_in_opening_hours(
    make_request: MakeRequest, ana: Any, outcome: str, state: str, hours: int
) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    workflow.log_call(request.pk, outcome=outcome, note="rang twice", by=ana, at=NOON)
    request.refresh_from_db()
    assert request.state == state
    assert open_time_between(NOON, request.due_at) == timedelta(hours=hours)
    assert request.events.get(kind="called").note == "rang twice"


def test_somebody_once_reached_stays_reached_when_a_later_call_fails(make_request: MakeRequest, ana: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    workflow.log_call(request.pk, outcome="reached", by=ana, at=NOON)
    workflow.log_call(request.pk, outcome="no_answer", by=ana, at=NOON)
    request.refresh_from_db()
    assert request.state == State.REACHED


def test_only_the_holder_logs_calls_and_closes(make_request: MakeRequest, ana: Any, ben: Any) -> None:
    request = make_request()
    with pytest.raises(workflow.MoveRefused, match="Take it first"):
        workflow.log_call(request.pk, outcome="reached", by=ana, at=NOON)
    workflow.take(request.pk, by=ben, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Ben has this request"):
        workflow.log_call(request.pk, outcome="reached", by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Only Ben can do this"):
        workflow.close(request.pk, outcome="visit", by=ana, at=NOON)


def test_an_outcome_that_does_not_exist_is_refused(make_request: MakeRequest, ana: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="how the call went"):
        workflow.log_call(request.pk, outcome="", by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="how this ended"):
        workflow.close(request.pk, outcome="forgotten", by=ana, at=NOON)


def test_closing_keeps_how_it_ended_and_ends_all_moves(make_request: MakeRequest, ana: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    workflow.close(request.pk, outcome="visit", by=ana, at=NOON)
    request.refresh_from_db()
    assert (request.state, request.outcome, request.closed_at) == (State.CLOSED, "visit", NOON)
    assert [move.name for move in rights.moves_for(request, ana)] == ["reopen", "note"]
    with pytest.raises(workflow.MoveRefused, match="You closed this at 12:00: A visit was agreed"):
        workflow.log_call(request.pk, outcome="reached", by=ana, at=NOON)


@pytest.mark.parametrize("outcome", ["elsewhere", "declined", "unreached"])
def test_an_ending_without_a_visit_needs_its_reason(make_request: MakeRequest, ana: Any, outcome: str) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Write a note"):
        workflow.close(request.pk, outcome=outcome, note="  ", by=ana, at=NOON)
    workflow.close(request.pk, outcome=outcome, note="as agreed", by=ana, at=NOON)
    assert request.events.get(kind="closed").note == "as agreed"


def test_the_holder_hands_over_with_a_note(make_request: MakeRequest, ana: Any, ben: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Write a note"):
        workflow.hand_over(request.pk, to=ben, note="", by=ana, at=NOON)
    workflow.hand_over(request.pk, to=ben, note="asks about tablets", by=ana, at=NOON)
    request.refresh_from_db()
    assert request.claimed_by == ben
    event = request.events.get(kind="handed_over")
    assert (event.by_name, event.to_name, event.note) == ("Ana", "Ben", "asks about tablets")


def test_nobody_hands_over_what_a_colleague_holds_but_whoever_leads_the_queue(
    make_request: MakeRequest, ana: Any, ben: Any, mia: Any, make_person: MakePerson
) -> None:
    eve = make_person("Eve")
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="Ana has this request"):
        workflow.hand_over(request.pk, to=eve, note="mine now", by=ben, at=NOON)
    workflow.hand_over(request.pk, to=eve, note="Ana is ill", by=mia, at=NOON)
    request.refresh_from_db()
    assert request.claimed_by == eve


def test_a_request_goes_only_to_somebody_who_works_the_queue(
    make_request: MakeRequest, ana: Any, leo: Any, make_person: MakePerson
) -> None:
    gone = make_person("Gus", is_active=False)
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    for person, words in ((leo, "Leo does not work the queue"), (gone, "Gus does not work"), (ana, "Ana has this")):
        with pytest.raises(workflow.MoveRefused, match=words):
            workflow.hand_over(request.pk, to=person, note="please", by=ana, at=NOON)


def test_a_move_made_on_an_old_picture_tells_what_happened_since(make_request: MakeRequest, ana: Any, mia: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ana, at=NOON)
    seen = ConsultationRequest.objects.get(pk=request.pk).version
    workflow.log_call(request.pk, outcome="no_answer", by=ana, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="You logged a call at 12:00: No answer"):
        workflow.close(request.pk, outcome="visit", by=ana, at=NOON, version=seen)


@pytest.mark.parametrize("taken", [True, False])
def test_a_patient_withdraws_whoever_has_the_request(make_request: MakeRequest, ana: Any, taken: bool) -> None:
    request = make_request()
    if taken:
        workflow.take(request.pk, by=ana, at=NOON)
    workflow.withdraw(request.pk, at=NOON)
    request.refresh_from_db()
    assert (request.state, request.outcome, request.closed_at) == (State.CLOSED, "withdrawn", NOON)
    with pytest.raises(workflow.MoveRefused, match="closed already"):
        workflow.withdraw(request.pk, at=NOON)
    with pytest.raises(workflow.MoveRefused, match="The patient withdrew this at 12:00"):
        workflow.take(request.pk, by=ana, at=NOON)


def test_the_next_step_is_take_then_call_then_close(make_request: MakeRequest, ana: Any, ben: Any, mia: Any) -> None:
    request = make_request()

    def step(person: Any) -> str | None:
        move = rights.next_step(ConsultationRequest.objects.get(pk=request.pk), person)
        return move and move.name

    assert step(ana) == "take"
    workflow.take(request.pk, by=ana, at=NOON)
    assert (step(ana), step(ben), step(mia)) == ("log_call", None, None)
    workflow.log_call(request.pk, outcome="reached", by=ana, at=NOON)
    assert step(ana) == "close"
    workflow.close(request.pk, outcome="advice", by=ana, at=NOON)
    assert step(ana) is None


def test_a_refused_move_leaves_neither_row_nor_event(make_request: MakeRequest, ana: Any, ben: Any) -> None:
    request = make_request()
    workflow.take(request.pk, by=ben, at=NOON)
    before = list(ConsultationRequest.objects.filter(pk=request.pk).values()), Event.objects.count()
    for move in (
        lambda: workflow.take(request.pk, by=ana, at=NOON),
        lambda: workflow.close(request.pk, outcome="visit", by=ana, at=NOON),
        lambda: workflow.hand_over(request.pk, to=ana, note="mine", by=ana, at=NOON),
    ):
        with pytest.raises(workflow.MoveRefused):
            move()
    rows = list(ConsultationRequest.objects.filter(pk=request.pk).values())
    assert (rows, Event.objects.count()) == before
