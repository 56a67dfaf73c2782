"""The clinic's identity: `clinic.toml` as it is shipped, and the clinic's own over it. What is not told stays empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from clinic_site.clinic_file import WEEKDAYS, IdentityError, Told, read_clinic_file, read_countries_file

CLINIC_FILE, COUNTRIES_FILE = "clinic.toml", "countries.toml"

Hours = tuple[tuple[time, time], ...]
"""The opening spans of one day, in order: ((09:00, 12:30), (13:30, 17:00))."""


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


def read_clinic(folder: Path, own: Path | None = None) -> Clinic:
    """Read the clinic and its country: what stands in the `own` folder comes before what was shipped, key by key.

    Raises IdentityError with one sentence that names file, key and mend.
    """
    told, mine = _both(folder, own, CLINIC_FILE, read_clinic_file)
    if "name" not in told:
        raise IdentityError(f"{folder / CLINIC_FILE}: name is empty; write the clinic's name.")
    countries = _countries(folder, own)
    days = told.pop("hours", {})
    week = tuple(days.get(day, ()) for day in WEEKDAYS)
    country = told.pop("country", "")
    found = next((each for each in countries if each.code == country.upper()), None)
    if country and found is None:
        file = (own if own and "country" in mine else folder) / CLINIC_FILE
        known = ", ".join(each.code for each in countries)
        raise IdentityError(f'{file}: country: "{country}" has no entry in countries.toml; it has {known}.')
    return Clinic(
        timezone=told.pop("timezone", ZoneInfo("UTC")),
        hours=week if any(week) else OFFICE_WEEK,
        hours_given=any(week),
        country=found or Country(),
        countries=countries,
        **told,
    )


def _both(folder: Path, own: Path | None, name: str, read: Callable[[Path], Told]) -> tuple[Told, Told]:
    """Return what a file says with the clinic's own file over it, and what the clinic's own says alone."""
    mine = read(own / name) if own and (own / name).exists() else {}
    return read(folder / name) | mine, mine


def _countries(folder: Path, own: Path | None) -> tuple[Country, ...]:
    keys = tuple(each.name for each in fields(Country) if each.name not in {"code", "words"})
    shipped, mine = (
        read_countries_file(place / COUNTRIES_FILE, keys) if place and (place / COUNTRIES_FILE).exists() else {}
        for place in (folder, own)
    )
    for code, facts in mine.items():
        before = shipped.get(code, {"words": {}})
        words = {
            language: before["words"].get(language, {}) | facts["words"].get(language, {})
            for language in {**before["words"], **facts["words"]}
        }
        shipped[code] = before | facts | {"words": words}
    return tuple(Country(code=code, **facts) for code, facts in sorted(shipped.items()))
