"""Telephone numbers as people write them. What was typed is kept for display; this makes the key for lookup."""

import re
from functools import cache
from types import ModuleType
from typing import Any

from django.conf import settings

from booking.clean import plain_digits

LONGEST = 40
SHORTEST_DIGITS, MOST_DIGITS = 7, 15
SHORTEST_KNOWN = 6  # fewer is a slip, although the plans of some countries call it possible
EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*\d{1,6}\s*$", re.IGNORECASE)
FURNITURE = re.compile(r"[\s()\[\]./‐-―−-]")


def read(text: str, country: str | None = None) -> str | None:
    """Return the number as digits (international where the country is known), or None when it cannot be one."""
    country = settings.CLINIC.country.code if country is None else country
    typed = plain_digits(text).strip()
    bare = FURNITURE.sub("", EXTENSION.sub("", typed).removeprefix("tel:"))
    if not re.fullmatch(r"\+?\d+", bare):
        return None
    return _international(bare, country) or (None if _known(country) else _any_digits(bare))


def _any_digits(bare: str) -> str | None:
    digits = bare.removeprefix("+")
    return digits if SHORTEST_DIGITS <= len(digits) <= MOST_DIGITS else None


def _international(bare: str, country: str) -> str | None:
    """Return the digits of the E.164 form, or None when the library finds the number impossible."""
    library = _library()
    try:
        number: Any = library.parse(bare, country if _known(country) else None)
    except library.NumberParseException:
        return None
    if len(bare.removeprefix("+")) < SHORTEST_KNOWN or not library.is_possible_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164)).removeprefix("+")


def _known(country: str) -> bool:
    return bool(country) and country in _library().SUPPORTED_REGIONS


@cache
def _library() -> ModuleType:
    """Import the number plans on first use: they are large, and most pages never need them."""
    import phonenumbers

    return phonenumbers
