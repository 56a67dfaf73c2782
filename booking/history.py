"""A request's history in words: what the timeline and a refused move say about an event."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import clock
from booking.models import ConsultationRequest, Event

Kind = Event.Kind
EMAIL_OUTCOMES: dict[str, Any] = {
    Event.CallOutcome.LEFT_MESSAGE: gettext_lazy("We wrote to them"),
    Event.CallOutcome.REACHED: gettext_lazy("They answered"),
    Event.CallOutcome.WRONG_NUMBER: gettext_lazy("The address does not work"),
}
"""How a try by e-mail went: the same outcomes as of a call, in its own words."""


def person_name(person: Any) -> str:
    """Return the name by which colleagues know each other."""
    return person.get_full_name() or person.get_username()


def by_email(request: ConsultationRequest) -> bool:
    """Say whether we reach this person by writing, not by calling."""
    return request.channel == "email"


def told(event: Event) -> str:
    """Return in words what a kind of event tells besides, whichever column has it, or nothing."""
    if event.call_outcome:
        wrote = EMAIL_OUTCOMES.get(event.call_outcome) if by_email(event.request) else None
        return str(wrote or event.get_call_outcome_display())
    if event.due_at:
        return _("now due %(when)s") % {"when": clock.day_and_time(event.due_at)}
    return str(event.get_closing_outcome_display() or event.get_message_kind_display())


def sentence(event: Event, *, viewer: Any, now: datetime) -> str:
    """Tell one event to somebody as one sentence: "Ben took this at 10:02."."""
    me = person_name(viewer) if viewer is not None else None
    mine = viewer is not None and event.by_id == viewer.pk
    return _sentence_of(event) % {
        "who": _("You") if mine else event.by_name or _("A former colleague"),
        "to": _("you") if me and event.to_name == me else event.to_name,
        "when": clock.moment(event.at, now),
        "told": told(event),
        "what": event.get_kind_display(),
    }


def _sentence_of(event: Event) -> str:
    called = _("%(who)s logged a call %(when)s: %(told)s.")
    if event.kind == Kind.CALLED and by_email(event.request):
        called = _("%(who)s logged an e-mail %(when)s: %(told)s.")
    words: dict[str, str] = {
        Kind.TAKEN: _("%(who)s took this %(when)s."),
        Kind.GIVEN_BACK: _("%(who)s gave this back %(when)s."),
        Kind.HANDED_OVER: _("%(who)s handed this to %(to)s %(when)s."),
        Kind.CALLED: called,
        Kind.NOTED: _("%(who)s wrote a note %(when)s."),
        Kind.CLOSED: _("%(who)s closed this %(when)s: %(told)s."),
        Kind.WITHDRAWN: _("The patient withdrew this %(when)s."),
        Kind.REOPENED: _("%(who)s opened this again %(when)s."),
        Kind.CORRECTED: _("%(who)s struck an entry through %(when)s."),
    }
    return words.get(event.kind) or _("%(what)s %(when)s.")
