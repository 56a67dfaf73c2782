"""The only way in which a request changes: a table of allowed moves, each of them one function.

A move checks, writes the row on condition that nobody else changed it meanwhile, and adds its event, all in one
transaction. Of two people who try at once exactly one succeeds; the other learns who was faster.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.history import person_name, sentence
from booking.hours import add_open_time
from booking.models import ConsultationRequest, Event

State, Outcome = ConsultationRequest.State, ConsultationRequest.Outcome
Kind, CallOutcome = Event.Kind, Event.CallOutcome

ALLOWED: dict[str, dict[str, tuple[str, ...]]] = {
    State.RECEIVED: {
        Kind.TAKEN: (State.RECEIVED,),
        Kind.HANDED_OVER: (State.RECEIVED,),
        Kind.CALLED: (State.TRYING, State.REACHED),
        Kind.CLOSED: (State.CLOSED,),
        Kind.WITHDRAWN: (State.CLOSED,),
    },
    State.TRYING: {
        Kind.TAKEN: (State.TRYING,),
        Kind.HANDED_OVER: (State.TRYING,),
        Kind.CALLED: (State.TRYING, State.REACHED),
        Kind.CLOSED: (State.CLOSED,),
        Kind.WITHDRAWN: (State.CLOSED,),
    },
    State.REACHED: {
        Kind.TAKEN: (State.REACHED,),
        Kind.HANDED_OVER: (State.REACHED,),
        Kind.CALLED: (State.REACHED,),
        Kind.CLOSED: (State.CLOSED,),
        Kind.WITHDRAWN: (State.CLOSED,),
    },
    State.CLOSED: {},
}
"""state → move → state. Where a call has two ends, the last is the one in which the person was reached."""

NEXT_TRY = timedelta(hours=4)  # opening hours, after a try without contact
AFTER_CONTACT = timedelta(hours=8)  # opening hours, to settle what was talked about
NOTE_NEEDED = frozenset({Outcome.ELSEWHERE, Outcome.DECLINED, Outcome.UNREACHED})
WORK, LEAD = "booking.change_consultationrequest", "booking.lead_queue"


class MoveRefused(Exception):  # noqa: N818
    """The move is not allowed now. Its text tells staff why."""


@dataclass(frozen=True)
class Move:
    """A move as the interface offers it."""

    name: str
    label: Any = field(compare=False)


TAKE = Move("take", gettext_lazy("Take"))
LOG_CALL = Move("log_call", gettext_lazy("Log a call"))
HAND_OVER = Move("hand_over", gettext_lazy("Hand over"))
CLOSE = Move("close", gettext_lazy("Close"))


def state_after(state: str, kind: str, outcome: str = "") -> str:
    """Return the state in which an event leaves a request; an event that is no move leaves it as it is."""
    ends = ALLOWED[state].get(kind, (state,))
    return ends[-1] if outcome == CallOutcome.REACHED else ends[0]


def workers() -> QuerySet[User]:
    """Return the people who may work the queue, by name."""
    people = User.objects.with_perm(WORK, is_active=True)
    return people.filter(is_staff=True).order_by("first_name", "last_name", "username")


def moves_for(request: ConsultationRequest, user: Any) -> list[Move]:
    """Return the moves that `user` may make now, the next step first."""
    if request.state == State.CLOSED or not user.has_perm(WORK):
        return []
    if request.claimed_by_id is None:
        return [TAKE, HAND_OVER] if user.has_perm(LEAD) else [TAKE]
    if request.claimed_by_id == user.pk:
        return [CLOSE, LOG_CALL, HAND_OVER] if request.state == State.REACHED else [LOG_CALL, CLOSE, HAND_OVER]
    return [HAND_OVER] if user.has_perm(LEAD) else []


def next_step(request: ConsultationRequest, user: Any) -> Move | None:
    """Return the one move that the queue offers: take, log a call, close. None for a colleague's request."""
    moves = moves_for(request, user)
    return moves[0] if moves and moves[0] != HAND_OVER else None


@transaction.atomic
def take(request_id: int, *, by: Any, at: datetime) -> None:
    """Take a request that nobody has."""
    row = _seen(request_id, TAKE, by=by, at=at)
    _write(row, _event(Kind.TAKEN, by=by, at=at), claimed_by=by, claimed_at=at)


@transaction.atomic
def hand_over(request_id: int, *, to: Any, note: str, by: Any, at: datetime, version: int | None = None) -> None:
    """Give a request to a colleague, with a word on why. The holder may, and whoever leads the queue."""
    row = _seen(request_id, HAND_OVER, by=by, at=at, version=version)
    if not note.strip():
        raise MoveRefused(_("Write a note, so that your colleague knows where things stand."))
    if to.pk == row.claimed_by_id:
        raise MoveRefused(_("%(name)s has this already.") % {"name": person_name(to)})
    if not workers().filter(pk=to.pk).exists():
        raise MoveRefused(_("%(name)s does not work the queue.") % {"name": person_name(to)})
    _write(row, _event(Kind.HANDED_OVER, by=by, at=at, note=note, to=to), claimed_by=to, claimed_at=at)


@transaction.atomic
def log_call(
    request_id: int, *, outcome: str, by: Any, at: datetime, note: str = "", version: int | None = None
) -> None:
    """Keep how a try to reach the person went, and set when the next step is due."""
    row = _seen(request_id, LOG_CALL, by=by, at=at, version=version)
    if outcome not in CallOutcome.values:
        raise MoveRefused(_("Say how the call went."))
    wait = AFTER_CONTACT if outcome == CallOutcome.REACHED else NEXT_TRY
    event = _event(Kind.CALLED, by=by, at=at, outcome=outcome, note=note)
    _write(row, event, due_at=add_open_time(at, wait))


@transaction.atomic
def close(request_id: int, *, outcome: str, by: Any, at: datetime, note: str = "", version: int | None = None) -> None:
    """Close a request and say how it ended."""
    row = _seen(request_id, CLOSE, by=by, at=at, version=version)
    if outcome not in Outcome.values:
        raise MoveRefused(_("Say how this ended."))
    if outcome in NOTE_NEEDED and not note.strip():
        raise MoveRefused(_("Write a note, so that a colleague can understand this ending later."))
    event = _event(Kind.CLOSED, by=by, at=at, outcome=outcome, note=note)
    _write(row, event, outcome=outcome, closed_at=at)


@transaction.atomic
def withdraw(request_id: int, *, at: datetime) -> None:
    """Close a request because its patient takes it back: from any open state, whoever has it."""
    rows = ConsultationRequest.objects.filter(pk=request_id).open()
    closing = {"state": State.CLOSED, "outcome": Outcome.WITHDRAWN, "closed_at": at, "version": F("version") + 1}
    if not rows.update(**closing):
        raise MoveRefused(_("This request is closed already."))
    Event.objects.create(request_id=request_id, kind=Kind.WITHDRAWN, at=at, outcome=Outcome.WITHDRAWN)


def _seen(request_id: int, move: Move, *, by: Any, at: datetime, version: int | None = None) -> ConsultationRequest:
    """Return the row if `by` may make this move and has seen its newest version. Raises MoveRefused with the reason."""
    columns = ("state", "claimed_by", "version")
    row = ConsultationRequest.objects.only(*columns).filter(pk=request_id).first()
    if row is None:
        raise MoveRefused(_("This request is no longer kept."))
    if not by.has_perm(WORK):
        raise MoveRefused(_("You may not work the queue."))
    if version is not None and version != row.version:
        raise MoveRefused(_what_happened(row, by=by, at=at))
    if move not in moves_for(row, by):
        raise MoveRefused(why_not(row, by=by, at=at, move=move))
    return row


def why_not(row: ConsultationRequest, *, by: Any, at: datetime, move: Move) -> str:
    """Return the sentence that tells `by` why they cannot make this move now."""
    if row.state == State.CLOSED or move == TAKE:
        return _what_happened(row, by=by, at=at)
    if row.claimed_by is None:
        return _("Nobody has this request yet. Take it first.")
    return _("%(name)s has this request. Only %(name)s can do this.") % {"name": person_name(row.claimed_by)}


def _what_happened(row: ConsultationRequest, *, by: Any, at: datetime) -> str:
    last = row.events.filter(kind__in=ALLOWED[State.RECEIVED]).newest_first().first()
    return sentence(last, viewer=by, now=at) if last else _("Somebody changed this request meanwhile.")


def _event(kind: str, *, by: Any, at: datetime, outcome: str = "", note: str = "", to: Any = None) -> Event:
    names = {"by_name": person_name(by)[:150], "to_name": person_name(to)[:150] if to else ""}
    return Event(kind=kind, at=at, by=by, outcome=outcome, note=note.strip(), **names)


def _write(row: ConsultationRequest, event: Event, **changes: Any) -> None:
    """Write row and event together, or refuse because somebody else wrote first."""
    state = state_after(row.state, event.kind, event.outcome)
    unchanged = ConsultationRequest.objects.filter(pk=row.pk, version=row.version)
    if not unchanged.update(state=state, version=F("version") + 1, **changes):
        raise MoveRefused(_what_happened(row, by=event.by, at=event.at))
    event.request = row
    event.save()
