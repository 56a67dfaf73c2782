"""What people can answer: every stored value with its words, and all answers as a list to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booking.models import ConsultationRequest
from education.areas import AREAS

Words = str | Promise
Choices = dict[str, Words]

WHO: Choices = {
    "me": _("Me"),
    "adult": _("An adult I help, and they agree"),
    "child": _("A child under 18"),
}
CONTACT_WHOM: Choices = {"helper": _("Me"), "person": _("The person I help")}
AREA: Choices = {
    **{area.key: area.label for area in AREAS},
    "other": _("Somewhere else"),
    "unsaid": _("I would rather not say"),
}
CHANNEL: Choices = {"phone": _("Phone call"), "email": _("E-mail")}
VOICEMAIL: Choices = {
    "name": _("Yes, with the clinic’s name"),
    "plain": _("Yes, but do not say who is calling"),
    "no": _("No, try again later"),
}
DAYPARTS: Choices = {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}
DAYS: Choices = {
    "monday": pgettext_lazy("alone", "Monday"),
    "tuesday": pgettext_lazy("alone", "Tuesday"),
    "wednesday": pgettext_lazy("alone", "Wednesday"),
    "thursday": pgettext_lazy("alone", "Thursday"),
    "friday": pgettext_lazy("alone", "Friday"),
    "saturday": pgettext_lazy("alone", "Saturday"),
    "sunday": pgettext_lazy("alone", "Sunday"),
    "any": _("Any time"),
}
NEEDS: Choices = {
    "interpreter": _("An interpreter"),
    "step_free": _("A way in without steps"),
    "large_print": _("Large print or easy words"),
    "quiet": _("A quiet place to wait"),
    "companion": _("To bring someone with me"),
    "none": _("None of these"),
}
URGENT: Choices = {
    "checked": _("Yes, or not sure. It has been checked"),
    "still_asking": _("Yes, or not sure. Still asking after the advice"),
}
FIELDS: dict[str, Choices] = {
    "who_for": WHO,
    "contact_whom": CONTACT_WHOM,
    "area": AREA,
    "channel": CHANNEL,
    "voicemail": VOICEMAIL,
    "call_times": DAYPARTS,
    "days": DAYS,
    "dayparts": DAYPARTS,
    "needs": NEEDS,
    "urgent_signs": URGENT,
}
STORED = tuple(sorted(ConsultationRequest.Privacy.personal))


def label(field: str, value: str) -> Words:
    """Return the words of one stored value; what people typed themselves stands as it is."""
    return FIELDS.get(field, {}).get(value, value)


def labels(field: str, values: Iterable[str]) -> list[Words]:
    """Return the words of several stored values."""
    return [label(field, value) for value in values]


def open_days() -> Choices:
    """Return the days on which the clinic opens."""
    weekdays = list(DAYS)[:7]
    return {day: DAYS[day] for day, spans in zip(weekdays, settings.CLINIC.hours, strict=True) if spans}


def open_dayparts() -> Choices:
    """Return the parts of the day in which the clinic is open on some day."""
    spans = [span for day in settings.CLINIC.hours for span in day]
    is_open = {
        "morning": any(opens < time(12) for opens, _closes in spans),
        "afternoon": any(opens < time(18) and closes > time(12) for opens, closes in spans),
        "evening": any(closes > time(18) for _opens, closes in spans),
    }
    return {part: words for part, words in DAYPARTS.items() if is_open[part]}


@dataclass(frozen=True)
class Row:
    """One answer to read: its name, its words, and the page that asks for it."""

    step: str
    field: str
    name: Words
    values: list[Words]


NAMES: tuple[tuple[str, str, Words], ...] = (
    ("safety", "urgent_signs", _("Signs that need help sooner")),
    ("who", "who_for", _("Who it is for")),
    ("about", "area", _("Topic")),
    ("name", "name", _("Name")),
    ("helper", "helper_name", _("Your name")),
    ("helper", "contact_whom", _("Who we contact")),
    ("contact", "channel", _("How to contact you")),
    ("phone", "phone", _("Phone number")),
    ("phone", "voicemail", _("May we leave a message?")),
    ("phone", "call_times", _("Good time to call")),
    ("email", "email", _("E-mail address")),
    ("times", "days", _("Days")),
    ("times", "dayparts", _("Parts of the day")),
    ("needs", "needs", _("Needs")),
    ("language", "interpreter_language", _("Language")),
    ("message", "message", _("Your message")),
)


THEIRS: dict[str, Words] = {"name": _("Their name"), "channel": _("How to contact you or them")}
"""What some answers are called when somebody asks for another person."""
SAID_BY_SILENCE = {"urgent_signs", "dayparts"}  # none ("any time" beside the days): no line to read


def rows(given: Mapping[str, Any]) -> list[Row]:
    """Return the answers to read, in the order of the questions. What does not apply is left out."""
    found = []
    for step, field, name in NAMES:
        value = given.get(field)
        if value is None or (field in SAID_BY_SILENCE and not value):
            continue
        name = THEIRS.get(field, name) if given.get("who_for", "me") != "me" else name
        values = labels(field, value) if isinstance(value, list) else [label(field, value)] if value else []
        found.append(Row(step, field, name, values))
    return found


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the fields that were answered otherwise, in the order of the questions."""
    return [field for _step, field, _name in NAMES if before.get(field) != now.get(field)]


def of_request(request: ConsultationRequest) -> dict[str, Any]:
    """Return what a stored request answers; what was not asked is left out."""
    given = {field: getattr(request, field) for field in STORED}
    return {field: value for field, value in given.items() if value}
