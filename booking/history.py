"""A request's history in words: what the timeline and a refused move say about an event."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.models import ConsultationRequest, Event

Kind = Event.Kind
DAYS_IN_A_WEEK = 7
EMAIL_OUTCOMES: dict[Event.CallOutcome, Any] = {
    Event.CallOutcome.LEFT_MESSAGE: gettext_lazy("We wrote to them"),
    Event.CallOutcome.REACHED: gettext_lazy("They answered"),
    Event.CallOutcome.WRONG_NUMBER: gettext_lazy("The address does not work"),
}
"""How a try by e-mail went: the same outcomes as of a call, in its own words."""


def person_name(person: Any) -> str:
    """Return the name by which colleagues know each other."""
    return person.get_full_name() or person.get_username()


def moment(at: datetime, now: datetime) -> str:
    """Say when, in the clinic's own time: "at 10:02", or with its day when that is not today."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = date_format(local, "H:i")
    if local.date() == today:
        return _("at %(clock)s") % {"clock": clock}
    return _("on %(day)s at %(clock)s") % {"day": date_format(local, "j F"), "clock": clock}


def short_moment(at: datetime, now: datetime) -> str:
    """Say when in as few letters as a table has room for: "today 10:02", "Mon 10:02", "3 Nov"."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    if local.date() == today:
        return _("today %(clock)s") % {"clock": date_format(local, "H:i")}
    return date_format(local, "D H:i" if abs((local.date() - today).days) < DAYS_IN_A_WEEK else "j M")


def by_email(request: ConsultationRequest) -> bool:
    """Say whether we reach this person by writing, not by calling."""
    return request.channel == "email"


def outcome_label(event: Event) -> str:
    """Return the outcome of a call, of an e-mail or of closing in words, or nothing."""
    if not event.outcome:
        return ""
    if event.kind == Kind.CALLED and by_email(event.request):
        return str(EMAIL_OUTCOMES.get(Event.CallOutcome(event.outcome)) or Event.CallOutcome(event.outcome).label)
    choices = Event.CallOutcome if event.kind == Kind.CALLED else ConsultationRequest.Outcome
    return str(choices(event.outcome).label)


def sentence(event: Event, *, viewer: Any, now: datetime) -> str:
    """Tell one event to somebody as one sentence: "Ben took this at 10:02."."""
    called = _("%(who)s logged a call %(when)s: %(outcome)s.")
    if event.kind == Kind.CALLED and by_email(event.request):
        called = _("%(who)s logged an e-mail %(when)s: %(outcome)s.")
    words = {
        Kind.TAKEN: _("%(who)s took this %(when)s."),
        Kind.HANDED_OVER: _("%(who)s handed this to %(to)s %(when)s."),
        Kind.CALLED: called,
        Kind.CLOSED: _("%(who)s closed this %(when)s: %(outcome)s."),
        Kind.WITHDRAWN: _("The patient withdrew this %(when)s."),
    }.get(Kind(event.kind), _("%(what)s %(when)s."))
    me = person_name(viewer) if viewer is not None else None
    mine = viewer is not None and event.by_id == viewer.pk
    return words % {
        "who": _("You") if mine else event.by_name or _("A former colleague"),
        "to": _("you") if me and event.to_name == me else event.to_name,
        "when": moment(event.at, now),
        "outcome": outcome_label(event),
        "what": event.get_kind_display(),
    }
