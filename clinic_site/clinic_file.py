"""What `clinic.toml` and `countries.toml` may say: each key has its type, a wrong one is refused."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length

from clinic_site.addresses import email_address
from education.files import NotTextError, read_text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MIDNIGHT = time.max  # the end of a day, "24:00": later than every time in it
SPAN = re.compile(r"^\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*$")
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")
LONGEST = 200
Told = dict[str, Any]


class IdentityError(ValueError):
    """`clinic.toml` or `countries.toml` says something that cannot be used."""


class Line(fields.Field):
    """One line of text in quotes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(f'must be text in quotes, like "{value}"')
        line = value.strip()
        if not line.isprintable() or len(line) > LONGEST:
            raise ValidationError(f"must be one line of at most {LONGEST} characters")
        return line


class Lines(Line):
    """Lines of text: a list, or one text whose lines or commas part it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        told = re.split(r"[\n,]", value) if isinstance(value, str) else value
        if not isinstance(told, list):
            raise ValidationError('must be a list of texts, like ["12 Sample Street", "Town"]')
        lines = [super(Lines, self)._deserialize(each, attr, data) for each in told]
        return tuple(line for line in lines if line)


class Days(fields.Field):
    """Days of the calendar: dates, or the same in quotes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[date, ...]:
        return tuple(_day(each) for each in (value if isinstance(value, list) else [value]))


class Spans(fields.Field):
    """The opening hours of one day, in order."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[tuple[time, time], ...]:
        told = [value] if isinstance(value, str) and value else value or []
        listed = told if isinstance(told, list) else [None]
        spans = [SPAN.match(each) if isinstance(each, str) else None for each in listed]
        try:
            read = tuple((_time(span[1]), _time(span[2])) for span in spans if span)
        except ValueError:
            read = ()
        if len(read) != len(spans):
            raise ValidationError('must look like ["09:00-12:30", "13:30-17:00"]')
        if (flat := [moment for span in read for moment in span]) != sorted(set(flat)):
            raise ValidationError("overlap or run backwards")
        return read


class Zone(Line):
    """The name of a time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        name = super()._deserialize(value, attr, data) or "UTC"
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValidationError(f'"{name}" is not known; write one like "America/Toronto"') from None


class Channels(Lines):
    """How the clinic contacts people."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        channels = super()._deserialize(value, attr, data)
        if not channels or set(channels) - {"phone", "email"}:
            raise ValidationError('must hold "phone", "email" or both')
        return tuple(dict.fromkeys(channels))


class Address(Line):
    """An e-mail address."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        address = super()._deserialize(value, attr, data)
        try:
            return email_address(address) if address else ""
        except ValueError:
            raise ValidationError("must be one e-mail address") from None


HoursSchema = Schema.from_dict({day: Spans() for day in WEEKDAYS}, name="HoursSchema")


class ClinicSchema(Schema):
    """The keys of `clinic.toml`."""

    name = Line(validate=Length(min=1, error="is empty; write the clinic's name"))
    telephone = Line()
    email = Address()
    address = Lines()
    country = Line()
    timezone = Zone()
    channels = Channels()
    closed_on = Days()
    hours = fields.Nested(HoursSchema)


def read_clinic_file(path: Path) -> Told:
    """Return what `clinic.toml` says, each value in its type. Raises IdentityError naming file, key and mend."""
    return _loaded(ClinicSchema(), _toml(path), str(path))


def read_countries_file(path: Path, known: tuple[str, ...]) -> Told:
    """Return the tables of `countries.toml`, each of the `known` keys a text; inside them one table a language."""
    schema = Schema.from_dict(dict.fromkeys(known, Line()), name="CountrySchema")()
    found: Told = {}
    for code, facts in _toml(path).items():
        if not re.fullmatch(r"[A-Z]{2}", code) or not isinstance(facts, dict):
            raise IdentityError(f"{path}: {code}: must be a table named by a country's two letters, like [CA].")
        words = {key: told for key, told in facts.items() if isinstance(told, dict)}
        for language in words:
            if not LANGUAGE.match(language):
                raise IdentityError(
                    f"{path}: {code}.{language}: {language} is no language; write one like [{code}.es]."
                )
            words[language] = _loaded(schema, words[language], f"{path}: {code}.{language}")
        plain = {key: told for key, told in facts.items() if key not in words}
        found[code] = _loaded(schema, plain, f"{path}: {code}") | {"words": words}
    return found


def _toml(path: Path) -> Told:
    try:
        return tomllib.loads(read_text(path))
    except FileNotFoundError:
        raise IdentityError(f"{path} is missing.") from None
    except OSError as error:
        raise IdentityError(f"{path} cannot be read ({error.strerror}).") from None
    except (NotTextError, tomllib.TOMLDecodeError) as error:
        raise IdentityError(f"{path}: {error}.") from None


def _loaded(schema: Schema, told: Told, place: str) -> Told:
    try:
        return dict(schema.load(told))
    except ValidationError as error:
        faults = "; ".join(_sentences(error.normalized_messages(), list(schema.fields)))
        raise IdentityError(f"{place}: {faults}.") from None


def _sentences(faults: Mapping[str, Any], known: list[str], before: str = "") -> Iterator[str]:
    for key, words in faults.items():
        if isinstance(words, Mapping):
            yield from _sentences(words, list(WEEKDAYS), f"{key}.")
        elif key == "_schema":
            yield f"{before.strip('.')}: must be a table with a line for each of {', '.join(known)}"
        elif "Unknown field." in words:
            near = difflib.get_close_matches(key, known, n=1)
            meant = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"
            yield f"{before}{key}: there is no such key ({meant})"
        else:
            yield f"{before}{key}: {' '.join(words)}"


def _day(told: Any) -> date:
    if isinstance(told, str):
        try:
            told = datetime.fromisoformat(told.strip())
        except ValueError:
            raise ValidationError(f'"{told}" is no day; write days like [2027-01-01, 2027-12-25]') from None
    if isinstance(told, datetime):
        if told.time() != time(0):
            raise ValidationError(f"{told} is a time within a day; the clinic is closed on whole days") from None
        told = told.date()
    if not isinstance(told, date):
        raise ValidationError(f'"{told}" is no day; write days like [2027-01-01, 2027-12-25]')
    return told


def _time(told: str) -> time:
    return MIDNIGHT if told == "24:00" else time.fromisoformat(told)
