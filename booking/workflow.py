"""The only way in which a request changes: each allowed move (`replay.ALLOWED`) is one function.

A move checks, writes the row on condition that nobody else changed it meanwhile, and adds its event, all in one
transaction. Of two people who try at once exactly one succeeds; the other learns who was faster. Nothing is final
that was done by mistake: taken is given back, closed is opened again, a wrong entry is struck through and kept.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booking.history import person_name
from booking.models import ConsultationRequest, Event
from booking.replay import ALLOWED, Position, replay
from booking.rights import (
    CLOSE,
    CORRECT,
    GIVE_BACK,
    HAND_OVER,
    LOG_CALL,
    NOTE,
    REOPEN,
    TAKE,
    WORK,
    Move,
    may_correct,
    moves_for,
    what_happened,
    why_not,
    workers,
)

State, Outcome = ConsultationRequest.State, ConsultationRequest.Outcome
Kind, CallOutcome = Event.Kind, Event.CallOutcome

NOTE_NEEDED = frozenset({Outcome.ELSEWHERE, Outcome.DECLINED, Outcome.UNREACHED})
NEEDED = ("reply_by", "received_at", "due_at", "priority", "state", "outcome", "claimed_by", "version")


class MoveRefused(Exception):  # noqa: N818
    """The move is not allowed now. Its text tells staff why."""


@transaction.atomic
def take(request_id: int, *, by: Any, at: datetime) -> None:
    """Take a request that nobody has."""
    row = _seen(request_id, TAKE, by=by, at=at)
    _write(row, _event(Kind.TAKEN, by=by, at=at), claimed_by=by, claimed_at=at)


@transaction.atomic
def give_back(request_id: int, *, by: Any, at: datetime, note: str = "", version: int | None = None) -> None:
    """Let go of a request, so that nobody has it. The holder may, and whoever leads the queue."""
    row = _seen(request_id, GIVE_BACK, by=by, at=at, version=version)
    _write(row, _event(Kind.GIVEN_BACK, by=by, at=at, note=note), claimed_by=None, claimed_at=None)


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
    event = _event(Kind.HANDED_OVER, by=by, at=at, note=note, to_name=person_name(to)[:150])
    _write(row, event, claimed_by=to, claimed_at=at)


@transaction.atomic
def log_call(
    request_id: int, *, outcome: str, by: Any, at: datetime, note: str = "", version: int | None = None
) -> None:
    """Keep how a try to reach the person went, and set when the next step is due."""
    row = _seen(request_id, LOG_CALL, by=by, at=at, version=version)
    if outcome not in CallOutcome.values:
        raise MoveRefused(_("Say how the call went."))
    _write(row, _event(Kind.CALLED, by=by, at=at, call_outcome=outcome, note=note))


@transaction.atomic
def note(request_id: int, *, note: str, by: Any, at: datetime, version: int | None = None) -> None:
    """Write something down on anybody's request, open or closed. It is kept whatever colleagues did meanwhile.

    Whoever has the request sees it before their next move: their form is of an older version then.
    """
    row = _seen(request_id, NOTE, by=by, at=at)
    if not note.strip():
        raise MoveRefused(_("Write the note first."))
    _write(row, _event(Kind.NOTED, by=by, at=at, note=note))


@transaction.atomic
def close(request_id: int, *, outcome: str, by: Any, at: datetime, note: str = "", version: int | None = None) -> None:
    """Close a request and say how it ended."""
    row = _seen(request_id, CLOSE, by=by, at=at, version=version)
    if outcome not in Outcome.values:
        raise MoveRefused(_("Say how this ended."))
    if outcome in NOTE_NEEDED and not note.strip():
        raise MoveRefused(_("Write a note, so that a colleague can understand this ending later."))
    _write(row, _event(Kind.CLOSED, by=by, at=at, closing_outcome=outcome, note=note))


@transaction.atomic
def reopen(request_id: int, *, note: str, by: Any, at: datetime, version: int | None = None) -> None:
    """Open a request that was closed by mistake: it stands where it stood before, and whoever opens it has it.

    What the patient withdrew stays closed: they said that nobody shall contact them.
    """
    row = _seen(request_id, REOPEN, by=by, at=at, version=version)
    if not note.strip():
        raise MoveRefused(_("Write in a few words why it is opened again."))
    _write(row, _event(Kind.REOPENED, by=by, at=at, note=note), claimed_by=by, claimed_at=at)


@transaction.atomic
def correct(request_id: int, *, event_id: int, note: str, by: Any, at: datetime, version: int | None = None) -> None:
    """Strike an entry through that was logged by mistake. It stays to be read; the request goes on as if without it."""
    row = _seen(request_id, None, by=by, at=at, version=version)
    entry = row.events.filter(pk=event_id).select_related("correction").first()
    struck = {entry.pk} if entry and hasattr(entry, "correction") else set()
    if entry is None or not may_correct(row, entry, by, struck):
        raise MoveRefused(why_not(row, by=by, at=at, move=CORRECT))
    if not note.strip():
        raise MoveRefused(_("Write in a few words what was wrong."))
    _write(row, _event(Kind.CORRECTED, by=by, at=at, note=note, corrects=entry))


@transaction.atomic
def withdraw(request_id: int, *, at: datetime) -> None:
    """Close a request because its patient takes it back: from any open state, whoever has it."""
    rows = ConsultationRequest.objects.filter(pk=request_id).open()
    closing = {"state": State.CLOSED, "outcome": Outcome.WITHDRAWN, "closed_at": at, "version": F("version") + 1}
    if not rows.update(**closing):
        raise MoveRefused(_("This request is closed already."))
    Event.objects.create(request_id=request_id, kind=Kind.WITHDRAWN, at=at, closing_outcome=Outcome.WITHDRAWN)


@transaction.atomic
def follow_calendar(request: ConsultationRequest, events: Iterable[Event], *, at: datetime) -> bool:
    """Move the next step to where the opening hours put it now, with an event. Return whether it moved.

    It is no move of anybody's: forms that staff have open stay good. What changed meanwhile is left to that change.
    """
    due_at = replay(request, events).due_at
    rows = ConsultationRequest.objects.open().filter(pk=request.pk, version=request.version)
    if due_at == request.due_at or not rows.update(due_at=due_at):
        return False
    Event.objects.create(request=request, kind=Kind.DUE_MOVED, at=at, due_at=due_at)
    return True


def _seen(request_id: int, move: Move | None, *, by: Any, at: datetime, version: int | None = None
          ) -> ConsultationRequest:  # fmt: skip
    """Return the row if `by` may make this move and has seen its newest version. Raises MoveRefused with the reason."""
    row = ConsultationRequest.objects.only(*NEEDED).filter(pk=request_id).first()
    if row is None:
        raise MoveRefused(_("This request is no longer kept."))
    if not by.has_perm(WORK):
        raise MoveRefused(_("You may not work the queue."))
    if version is not None and version != row.version:
        raise MoveRefused(what_happened(row, by=by, at=at))
    if move is not None and move not in moves_for(row, by):
        raise MoveRefused(why_not(row, by=by, at=at, move=move))
    return row


def _event(kind: str, *, by: Any, at: datetime, note: str = "", **told: Any) -> Event:
    return Event(kind=kind, at=at, by=by, by_name=person_name(by)[:150], note=note.strip(), **told)


def _write(row: ConsultationRequest, event: Event, **changes: Any) -> None:
    """Write row and event together, or refuse because somebody else wrote first."""
    after = _after(row, event)
    if after.state not in ALLOWED[row.state].get(event.kind, ()):
        raise MoveRefused(what_happened(row, by=event.by, at=event.at))
    unchanged = ConsultationRequest.objects.filter(pk=row.pk, version=row.version)
    if not unchanged.update(**vars(after), version=F("version") + 1, **changes):
        raise MoveRefused(what_happened(row, by=event.by, at=event.at))
    event.request = row
    event.save()


def _after(row: ConsultationRequest, event: Event) -> Position:
    return replay(row, [*row.events.defer("note").order_by("pk"), event])
