"""What pages say of the clinic and its country: `{emergency_number}` becomes the number, or words that fit."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import pgettext

from education import languages

FACT = re.compile(r"\{([^{}\n]{0,60})\}")


def facts() -> dict[str, str]:
    """Return each fact that a text may name, in words that fit "Call {emergency_number} now."."""
    country = settings.CLINIC.country.spoken(languages.spoken())
    return {
        "clinic": settings.CLINIC.name,
        "emergency_number": _number(country.emergency_number)
        or pgettext("after the word call", "your emergency number"),
        "urgent_line": _line(country.urgent_line) or pgettext("after the word call", "a medical advice line"),
        "crisis_line": _line(country.crisis_line) or pgettext("after the word call", "a crisis line"),
    }


def _number(number: str) -> str:
    if not number:
        return pgettext("after the word call", "your emergency number")
    # Translators: a number such as 911, as it follows the verb: "Llame al 911"
    return pgettext("after the word call", "%(number)s") % {"number": number}


def _line(line: str) -> str:
    # Translators: a named line such as NHS 111, as it follows the verb: "Llame a NHS 111"
    return pgettext("after the word call", "%(line)s") % {"line": line} if line else ""


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
