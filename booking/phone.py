"""Telephone numbers as people write them: what is read is what is looked up by and what is dialled."""

import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from django.conf import settings

from booking.clean import plain_digits

LONGEST = 40
SHORTEST_DIGITS, MOST_DIGITS = 7, 15
SHORTEST_KNOWN = 6  # fewer is a slip, although the plans of some countries call it possible
MOST_LOCAL = 7  # where no country is known, a number this short has no area code
EXTENSION = re.compile(r"[\s,;]*(?:ext(?:n|ension|ensión)?|int(?:erno)?|anexo|x|#)[\s.:=]*(\d{1,6})\s*$", re.IGNORECASE)
FURNITURE = re.compile(r"[\s()\[\]./‐-―−-]")


@dataclass(frozen=True)
class Number:
    """A telephone number that was understood. `digits` are international where the country is known."""

    shown: str
    digits: str
    dialled: str
    extension: str = ""
    is_local: bool = False

    @property
    def link(self) -> str:
        """Return the address that dials it (RFC 3966). Telephones that do not know extensions would dial them too."""
        return f"tel:{self.dialled}"


def parse(text: str, country: str | None = None) -> Number | None:
    """Return what a text says as a telephone number of the clinic's country or another, or None when it cannot be one.

    `shown` is the number as typed, without its extension; `is_local`: it may lack its area code.
    """
    country = settings.CLINIC.country.code if country is None else country
    typed = plain_digits(text).strip().removeprefix("tel:").strip()
    extension = EXTENSION.search(typed)
    number = typed[: extension.start()] if extension else typed
    bare = FURNITURE.sub("", number)
    if not re.fullmatch(r"\+?\d+", bare):
        return None
    shown, said = number.strip(), extension[1] if extension else ""
    return _international(bare, country, shown, said) or (None if _known(country) else _any_digits(bare, shown, said))


def read(text: str, country: str | None = None) -> str | None:
    """Return the number as digits (international where the country is known), or None when it cannot be one."""
    number = parse(text, country)
    return number.digits if number else None


def _any_digits(bare: str, shown: str, extension: str) -> Number | None:
    digits = bare.removeprefix("+")
    if not SHORTEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return None
    return Number(shown, digits, bare, extension, is_local=bare == digits and len(digits) <= MOST_LOCAL)


def _international(bare: str, country: str, shown: str, extension: str) -> Number | None:
    """Return the number in its E.164 form, or None when the library finds it impossible.

    No country's own numbers begin with 00: it is how most people dial abroad, and what they write anywhere.
    """
    library = _library()
    ways = [f"+{bare[2:]}", bare] if bare.startswith("00") else [bare]
    for way in ways:
        found = _possible(way, country)
        if found is None:
            continue
        number, is_local = found
        e164 = str(library.format_number(number, library.PhoneNumberFormat.E164))
        return Number(shown, e164.removeprefix("+"), bare if is_local else e164, extension, is_local)
    return None


def _possible(bare: str, country: str) -> tuple[Any, bool] | None:
    """Return a possible number, and whether it is one for callers of the same town only."""
    library = _library()
    try:
        number: Any = library.parse(bare, country if _known(country) else None)
    except library.NumberParseException:
        return None
    if len(bare.removeprefix("+")) < SHORTEST_KNOWN or not library.is_possible_number(number):
        return None
    reason = library.is_possible_number_with_reason(number)
    return number, reason == library.ValidationResult.IS_POSSIBLE_LOCAL_ONLY


def _known(country: str) -> bool:
    return bool(country) and country in _library().SUPPORTED_REGIONS


@cache
def _library() -> ModuleType:
    """Import the number plans on first use: they are large, and most pages never need them."""
    import phonenumbers

    return phonenumbers
