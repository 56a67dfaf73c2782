"""Where a request stands is what its history tells: every move adds an event, and the row follows from the events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from booking import due
from booking.models import ConsultationRequest, Event

State, Kind = ConsultationRequest.State, Event.Kind

OPEN = (State.RECEIVED, State.TRYING, State.REACHED)


def _while_open(state: str, called: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {
        Kind.TAKEN: (state,),
        Kind.GIVEN_BACK: (state,),
        Kind.HANDED_OVER: (state,),
        Kind.NOTED: (state,),
        Kind.CALLED: called,
        Kind.CORRECTED: OPEN,
        Kind.CLOSED: (State.CLOSED,),
        Kind.WITHDRAWN: (State.CLOSED,),
    }


ALLOWED: dict[str, dict[str, tuple[str, ...]]] = {
    State.RECEIVED: _while_open(State.RECEIVED, (State.TRYING, State.REACHED)),
    State.TRYING: _while_open(State.TRYING, (State.TRYING, State.REACHED)),
    State.REACHED: _while_open(State.REACHED, (State.REACHED,)),
    State.CLOSED: {
        Kind.NOTED: (State.CLOSED,),
        Kind.CORRECTED: (State.CLOSED,),
        Kind.REOPENED: OPEN,
    },
}
"""state → move → the states in which it may end.

Of a call's two ends the last is the one in which the person was reached. Opening again leads to where the request stood
before it was closed; striking an entry through, to where it would stand without that entry.
"""
MOVES = frozenset(kind for moves in ALLOWED.values() for kind in moves)


@dataclass(frozen=True)
class Position:
    """Where a request stands, apart from who has it."""

    state: str
    outcome: str
    closed_at: datetime | None
    due_at: datetime


def replay(request: ConsultationRequest, events: Iterable[Event]) -> Position:
    """Return where `events`, in their order, leave the request; what was struck through counts as never written."""
    told = list(events)
    struck = {event.corrects_id for event in told if event.corrects_id}
    state, due_at = str(State.RECEIVED), due.first(request)
    ending: Event | None = None
    for event in told:
        if event.pk in struck:
            continue
        if event.kind in (Kind.CLOSED, Kind.WITHDRAWN):
            ending = event
        elif event.kind == Kind.REOPENED:
            ending, due_at = None, due.again(request, event.at)
        elif event.kind == Kind.CALLED:
            state, due_at = _after_call(state, event), due.after_call(request, event)
    if ending is not None:
        return Position(State.CLOSED, ending.closing_outcome, ending.at, due_at)
    return Position(state, "", None, due_at)


def _after_call(state: str, call: Event) -> str:
    ends = ALLOWED[state][Kind.CALLED]
    return ends[-1] if call.call_outcome == Event.CallOutcome.REACHED else ends[0]
