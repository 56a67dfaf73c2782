"""The clinic's identity, read from `content/clinic.toml`: what it has not told us stays empty."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Hours = tuple[tuple[time, time], ...]
"""The opening spans of one day, in order: ((09:00, 12:30), (13:30, 17:00))."""


class IdentityError(Exception):
    """`clinic.toml` or `countries.toml` says something that cannot be used."""


@dataclass(frozen=True)
class Country:
    """What people call when it is urgent, in one country (clinical.md 3.5; to be confirmed before going live)."""

    code: str = ""
    name: str = ""
    emergency_number: str = ""
    urgent_line: str = ""
    crisis_line: str = ""
    crisis_text: str = ""
    """The number of the crisis line that takes text messages, if it does."""
    phone_example: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is said otherwise in other languages: {"es": {"emergency_number": "999 o 112"}}."""

    def spoken(self, language: str) -> "Country":
        """Return the country as it is told in a language; what has no words of its own stays as it is."""
        return replace(self, words={}, **self.words.get(language, {}))


@dataclass(frozen=True)
class Clinic:
    """Who the clinic is and when it is open. Empty means: not told, so not shown."""

    name: str
    timezone: ZoneInfo
    telephone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("phone", "email")
    hours: tuple[Hours, ...] = ((), (), (), (), (), (), ())
    hours_given: bool = False
    closed_on: tuple[date, ...] = ()
    country: Country = field(default_factory=Country)
    countries: tuple[Country, ...] = ()

    def spoken(self, language: str) -> "Clinic":
        """Return the clinic as it is told in a language."""
        country = self.country.spoken(language)
        return replace(self, country=country, countries=tuple(each.spoken(language) for each in self.countries))


OFFICE_WEEK: tuple[Hours, ...] = (((time(9), time(17)),),) * 5 + ((), ())
"""How waiting is counted until the clinic gives its hours. Never shown as opening hours."""


def read_clinic(folder: Path) -> Clinic:
    """Read the clinic and its country. Raises IdentityError with one sentence that names file and fault."""
    told = _toml(folder / "clinic.toml")
    countries = tuple(_told(code, facts) for code, facts in sorted(_toml(folder / "countries.toml").items()))
    hours, hours_given = _hours(told.get("hours", {}))
    return Clinic(
        name=_name(told),
        timezone=_zone(told.get("timezone") or "UTC"),
        telephone=told.get("telephone", ""),
        email=told.get("email", ""),
        address=tuple(told.get("address", ())),
        channels=_channels(told.get("channels", ["phone", "email"])),
        hours=hours,
        hours_given=hours_given,
        closed_on=tuple(told.get("closed_on", ())),
        country=_country(told.get("country", ""), countries),
        countries=countries,
    )


def _told(code: str, facts: dict) -> Country:
    """Read a country; each table inside it holds what is said otherwise in one language."""
    words = {key: told for key, told in facts.items() if isinstance(told, dict)}
    try:
        country = Country(code=code, words=words, **{key: told for key, told in facts.items() if key not in words})
        for language in words:
            country.spoken(language)
    except TypeError as error:
        raise IdentityError(f"countries.toml: {code} has a key that is not known ({error}).") from None
    return country


def _toml(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IdentityError(f"{path} is missing.") from None
    except tomllib.TOMLDecodeError as error:
        raise IdentityError(f"{path}: {error}.") from None


def _name(told: dict) -> str:
    name = str(told.get("name", "")).strip()
    if not name:
        raise IdentityError("clinic.toml: name is empty; write the clinic's name.")
    return name


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise IdentityError(f'clinic.toml: timezone "{name}" is not known; write one like "America/Toronto".') from None


def _channels(told: list[str]) -> tuple[str, ...]:
    channels = tuple(told)
    if not channels or set(channels) - {"phone", "email"}:
        raise IdentityError('clinic.toml: channels must hold "phone", "email" or both.')
    return channels


def _country(code: str, countries: tuple[Country, ...]) -> Country:
    if not code:
        return Country()
    for country in countries:
        if country.code == code.upper():
            return country
    raise IdentityError(f'clinic.toml: country "{code}" has no entry in countries.toml.')


def _hours(told: dict) -> tuple[tuple[Hours, ...], bool]:
    unknown = set(told) - set(WEEKDAYS)
    if unknown:
        raise IdentityError(f"clinic.toml: hours has no day called {', '.join(sorted(unknown))}.")
    days = tuple(_day(day, told.get(day, [])) for day in WEEKDAYS)
    return (days, True) if any(days) else (OFFICE_WEEK, False)


def _day(day: str, spans: list[str]) -> Hours:
    try:
        read = tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in (s.split("-") for s in spans)
        )
    except ValueError:
        raise IdentityError(f'clinic.toml: hours of {day} must look like ["09:00-12:30", "13:30-17:00"].') from None
    flat = [moment for span in read for moment in span]
    if flat != sorted(set(flat)):
        raise IdentityError(f"clinic.toml: hours of {day} overlap or run backwards.")
    return read
