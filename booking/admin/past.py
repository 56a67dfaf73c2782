"""What happened to a request, and to its messages, in words."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from booking.history import by_email, outcome_label
from booking.models import Event, OutboxMessage


def event_title(event: Event) -> str:
    """Return what happened: "Call logged: No answer", "Handed over to Ben"."""
    wrote = event.kind == Event.Kind.CALLED and by_email(event.request)
    title = _("E-mail logged") if wrote else str(event.get_kind_display())
    if event.to_name:
        return _("%(title)s to %(name)s") % {"title": title, "name": event.to_name}
    ended = outcome_label(event) if event.kind != Event.Kind.WITHDRAWN else ""
    return f"{title}: {ended}" if ended else title


def deliveries(messages: Iterable[OutboxMessage]) -> list[tuple[str | Promise, str, str]]:
    """Return each message's name, its state in words, and how to mark it."""
    return [(message.get_kind_display(), *_delivery(message)) for message in messages]


def _delivery(message: OutboxMessage) -> tuple[str, str]:
    if message.sent_at:
        return _("Sent on %(when)s.") % {"when": absolute(message.sent_at)}, "done"
    if message.failed_at:
        return _("Could not be delivered. Reach them another way."), "late"
    return _("Waiting to be sent since %(when)s.") % {"when": absolute(message.queued_at)}, "on-time"


def absolute(at: datetime) -> str:
    """Return day and clock time in the clinic's zone."""
    return date_format(timezone.localtime(at), "j F, H:i")
