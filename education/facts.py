"""What pages say of the clinic and its country: `{emergency_number}` becomes the number, or words that fit."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from education import languages
from education.telephones import Said, first, linked, say

FACT = re.compile(r"\{([^{}\n]{0,60})\}")


def facts() -> dict[str, str]:
    """Return each fact that a text may name, in words that fit "Call {emergency_number} now."; numbers are links."""
    country = settings.CLINIC.country.spoken(languages.spoken())
    emergency = _number(country.emergency_number)
    urgent = _line(country.urgent_line)
    crisis = _line(country.crisis_line)
    return {
        "clinic": settings.CLINIC.name,
        "emergency_number": emergency,
        "urgent_line": urgent or pgettext("after the word call", "a medical advice line"),
        "crisis_line": crisis or emergency,
        "today_help": _today(urgent),
        "crisis_help": _crisis(crisis, country.crisis_text, emergency),
    }


def number_to_call(*, crisis: bool = False) -> dict[str, str]:
    """Return the number that a button dials, as shown and as an address; empty where none is known.

    It is the emergency number, or in a crisis the crisis line where the country has one.
    """
    country = settings.CLINIC.country
    found = first((crisis and country.crisis_line) or country.emergency_number)
    return {"number": found.shown, "address": found.address} if found else {}


def _number(number: str) -> Said:
    if not number:
        return Said.of(pgettext("after the word call", "your emergency number"))
    # Translators: a number such as 911, as it follows the verb: "Llame al 911"
    return say(pgettext("after the word call", "%(number)s"), number=linked(number))


def _line(line: str) -> Said | None:
    # Translators: a named line such as NHS 111, as it follows the verb: "Llame a NHS 111"
    return say(pgettext("after the word call", "%(line)s"), line=linked(line)) if line else None


def _today(urgent: Said | None) -> Said:
    """Return whom to call when somebody needs to be seen today; a line that a country lacks is not named."""
    if urgent:
        return say(_("Call your doctor, call %(line)s, or go to urgent care."), line=urgent)
    return say(_("Call your doctor, or go to urgent care."))


def _crisis(line: Said | None, text: str, emergency: Said) -> Said:
    """Return where somebody who thinks of suicide finds a person; never "call a crisis line" where none is known."""
    if not line:
        return say(
            _("Call %(emergency)s, or go to an emergency department. Tell someone near you."), emergency=emergency
        )
    danger = say(_("If you are in danger, call %(emergency)s."), emergency=emergency)
    if not text:
        return say("%(call)s %(danger)s", call=say(_("Call %(line)s now."), line=line), danger=danger)
    # Translators: text is a number that takes text messages
    call = say(_("Call %(line)s now, or text %(text)s."), line=line, text=linked(text, "sms"))
    return say("%(call)s %(danger)s", call=call, danger=danger)


def fill(text: str, known: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a text with its facts filled in, and what stood in braces without being one."""
    unknown = [name for name in FACT.findall(text) if name not in known]
    return FACT.sub(lambda match: known.get(match[1], match[0]), text), unknown


def fill_all(value: Any, known: Mapping[str, str]) -> Any:
    """Return plain data (dicts, lists, text) with the facts filled in everywhere."""
    if isinstance(value, str):
        return fill(value, known)[0]
    if isinstance(value, dict):
        return {key: fill_all(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [fill_all(item, known) for item in value]
    return value
