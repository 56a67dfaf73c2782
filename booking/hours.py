"""Arithmetic in opening hours: only time counts in which the clinic is open (its zone, closed days, summer time)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

HORIZON = timedelta(days=3660)  # closed for ten years: plain clock time instead of an endless search


class Open(Protocol):
    """What these sums need to know of a clinic."""

    @property
    def timezone(self) -> ZoneInfo: ...
    @property
    def hours(self) -> tuple: ...
    @property
    def closed_on(self) -> tuple[date, ...]: ...


def spans_from(start: datetime, clinic: Open | None = None) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is left of each opening span from `start` on, in UTC and in order."""
    clinic = clinic or settings.CLINIC
    first = start.astimezone(clinic.timezone).date()
    for offset in range(-1, HORIZON.days):  # the day before: zones near the date line
        for opens, closes in _spans_of(first + timedelta(days=offset), clinic):
            if closes > start:
                yield max(opens, start.astimezone(UTC)), closes


def _spans_of(day: date, clinic: Open) -> Iterator[tuple[datetime, datetime]]:
    if day in clinic.closed_on:
        return
    for opens, closes in clinic.hours[day.weekday()]:
        begin, end = (_moment(day, at, clinic.timezone) for at in (opens, closes))
        if begin < end:  # a span that the change to summer time swallows is none
            yield begin, end


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    if at == time.max:  # open until midnight
        day, at = day + timedelta(days=1), time(0)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def add_open_time(start: datetime, amount: timedelta, clinic: Open | None = None) -> datetime:
    """Return the first moment at which the clinic has been open for `amount` since `start`."""
    left = amount
    if left <= timedelta(0):
        return start
    for begin, end in spans_from(start, clinic):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return start + amount


def open_time_between(start: datetime, end: datetime, clinic: Open | None = None) -> timedelta:
    """Return how long the clinic is open from `start` to `end`; nothing when `end` comes first."""
    total = timedelta(0)
    for begin, closes in spans_from(start, clinic):
        if begin >= end:
            break
        total += min(closes, end.astimezone(UTC)) - begin
    return total


def last_open_moment(start: datetime, end: datetime, clinic: Open | None = None) -> datetime | None:
    """Return the last moment from `start` to `end` at which the clinic is open, or None when it is never open then."""
    last = None
    for begin, closes in spans_from(start, clinic):
        if begin > end:
            break
        last = min(closes, end)
    return last


def next_open_moment(at: datetime, clinic: Open | None = None) -> datetime:
    """Return the first moment from `at` on at which the clinic is open, or `at` itself when it never opens."""
    begin, _closes = next(spans_from(at, clinic), (at, at))
    return begin
