"""What happened to a request, and to its messages, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from booking import clock
from booking.history import by_email, told
from booking.models import ConsultationRequest, Event, OutboxMessage
from booking.rights import may_correct


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: what happened, whether somebody struck it through, and whether the viewer may."""

    title: str
    event: Event
    is_struck: bool
    may_correct: bool


def timeline(row: ConsultationRequest, viewer: Any) -> list[Entry]:
    """Return all that happened, the newest first."""
    events = list(row.events.select_related("corrects").newest_first())
    struck = {event.corrects_id for event in events if event.corrects_id}
    return [
        Entry(event_title(event), event, event.pk in struck, may_correct(row, event, viewer, struck))
        for event in events
    ]


def event_title(event: Event) -> str:
    """Return what happened: "Call logged: No answer", "Handed over to Ben"."""
    if event.kind == Event.Kind.WITHDRAWN:  # there is nothing more to say
        return str(event.get_kind_display())
    if event.to_name:
        return _("%(title)s to %(name)s") % {"title": event.get_kind_display(), "name": event.to_name}
    wrote = event.kind == Event.Kind.CALLED and by_email(event.request)
    title = _("E-mail logged") if wrote else str(event.get_kind_display())
    details = event_title(event.corrects) if event.corrects else told(event)
    return f"{title}: {details}" if details else title


def deliveries(messages: Iterable[OutboxMessage]) -> list[tuple[str | Promise, str, str]]:
    """Return each message's name, its state in words, and how to mark it."""
    return [(message.get_kind_display(), *_delivery(message)) for message in messages]


def _delivery(message: OutboxMessage) -> tuple[str, str]:
    trouble = {"trouble": message.get_trouble_display()}
    if message.sent_at:
        return _("Sent on %(when)s.") % {"when": clock.day_and_time(message.sent_at)}, "done"
    if message.failed_at and message.trouble != message.Trouble.NOT_WRITTEN:
        return _("Could not be delivered. Reach them another way."), "late"
    if message.failed_at:
        return _("Could not be written. Reach them another way."), "late"
    if message.trouble:
        return _("%(trouble)s. We try again.") % trouble, "late"
    return _("Waiting to be sent since %(when)s.") % {"when": clock.day_and_time(message.queued_at)}, "on-time"
