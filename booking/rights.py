"""Who may make which move now, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.history import person_name, sentence
from booking.models import ConsultationRequest, Event
from booking.replay import MOVES

State, Kind = ConsultationRequest.State, Event.Kind
WORK, LEAD = "booking.change_consultationrequest", "booking.lead_queue"
CORRECTABLE = (Kind.CALLED, Kind.NOTED)  # all else has a move of its own that takes it back


@dataclass(frozen=True)
class Move:
    """A move as the interface offers it: its name, how it is offered, and what the button says that makes it."""

    name: str
    label: Any = field(compare=False)
    button: Any = field(compare=False)


TAKE = Move("take", gettext_lazy("Take"), gettext_lazy("Take"))
LOG_CALL = Move("log_call", gettext_lazy("Log a call"), gettext_lazy("Log the call"))
HAND_OVER = Move("hand_over", gettext_lazy("Hand over"), gettext_lazy("Hand over"))
GIVE_BACK = Move("give_back", gettext_lazy("Give back"), gettext_lazy("Give it back"))
NOTE = Move("note", gettext_lazy("Write a note"), gettext_lazy("Keep the note"))
CLOSE = Move("close", gettext_lazy("Close"), gettext_lazy("Close the request"))
REOPEN = Move("reopen", gettext_lazy("Open again"), gettext_lazy("Open it again"))
CORRECT = Move("correct", gettext_lazy("Strike through"), gettext_lazy("Strike it through"))
STEPS = (TAKE, LOG_CALL, CLOSE)
"""The moves that bring a request forward: one of them is the next step."""


def workers() -> QuerySet[User]:
    """Return the people who may work the queue, by name."""
    people = User.objects.with_perm(WORK, is_active=True)
    return people.filter(is_staff=True).order_by("first_name", "last_name", "username")


def moves_for(request: ConsultationRequest, user: Any) -> list[Move]:
    """Return the moves that `user` may make now, the next step first. Anybody who works the queue may write a note."""
    if not user.has_perm(WORK):
        return []
    if request.state == State.CLOSED:
        return [NOTE] if request.was_withdrawn else [REOPEN, NOTE]
    leads = user.has_perm(LEAD)
    if request.claimed_by_id is None:
        return [TAKE, HAND_OVER, NOTE] if leads else [TAKE, NOTE]
    if request.claimed_by_id == user.pk:
        steps = [CLOSE, LOG_CALL] if request.state == State.REACHED else [LOG_CALL, CLOSE]
        return [*steps, HAND_OVER, GIVE_BACK, NOTE]
    return [HAND_OVER, GIVE_BACK, NOTE] if leads else [NOTE]


def next_step(request: ConsultationRequest, user: Any) -> Move | None:
    """Return the one move that the queue offers: take, log a call, close. None for a colleague's request."""
    if request.state == State.CLOSED:
        return None
    return next((move for move in moves_for(request, user)[:1] if move in STEPS), None)


def may_correct(request: ConsultationRequest, event: Event, user: Any, struck: Iterable[int]) -> bool:
    """Say whether `user` may strike an entry through: whoever wrote it, has the request, or leads the queue."""
    if event.kind not in CORRECTABLE or event.pk in struck or not user.has_perm(WORK):
        return False
    return user.pk in (event.by_id, request.claimed_by_id) or user.has_perm(LEAD)


def why_not(row: ConsultationRequest, *, by: Any, at: datetime, move: Move) -> str:
    """Return the sentence that tells `by` why they cannot make this move now."""
    if row.state == State.CLOSED or move in (TAKE, REOPEN):
        return what_happened(row, by=by, at=at)
    if move == CORRECT:
        return _("You can strike through a call or a note, once: your own, or any on a request that is yours.")
    if row.claimed_by is None:
        return _("Nobody has this request yet. Take it first.")
    return _("%(name)s has this request. Only %(name)s can do this.") % {"name": person_name(row.claimed_by)}


def what_happened(row: ConsultationRequest, *, by: Any, at: datetime) -> str:
    """Tell `by` the last move that somebody made."""
    last = row.events.filter(kind__in=MOVES).newest_first().first()
    return sentence(last, viewer=by, now=at) if last else _("Somebody changed this request meanwhile.")
