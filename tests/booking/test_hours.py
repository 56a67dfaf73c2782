"""Waiting is counted in opening hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from booking import clock, hours


@dataclass(frozen=True)
class Place:
    timezone: ZoneInfo
    hours: tuple
    closed_on: tuple = ()


NINE_TO_FIVE = ((time(9), time(17)),)
TORONTO = Place(ZoneInfo("America/Toronto"), (NINE_TO_FIVE,) * 5 + ((), ()))
NEVER = Place(ZoneInfo("UTC"), ((),) * 7)


@some.composite
def days(draw: some.DrawFn) -> tuple:
    """One day's spans, in order and apart."""
    edges = sorted(draw(some.sets(some.integers(0, 95), min_size=0, max_size=6)))
    moments = [time(quarter // 4, quarter % 4 * 15) for quarter in edges]
    return tuple(zip(moments[::2], moments[1::2], strict=False))


places = some.builds(
    Place,
    timezone=some.sampled_from(
        [ZoneInfo(n) for n in ("UTC", "America/Toronto", "Australia/Lord_Howe", "Europe/Dublin")]
    ),
    hours=some.tuples(*[days()] * 7).filter(any),
    closed_on=some.lists(some.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=3).map(tuple),
)
moments = some.datetimes(datetime(2026, 2, 1), datetime(2026, 12, 1), timezones=some.just(UTC))
amounts = some.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(places, moments, amounts)
def test_what_is_added_is_what_is_counted(place: Place, start: datetime, amount: timedelta) -> None:
    end = hours.add_open_time(start, amount, place)
    assert hours.open_time_between(start, end, place) == amount


@given(places, moments, amounts, amounts)
def test_adding_twice_is_adding_the_sum(place: Place, start: datetime, one: timedelta, two: timedelta) -> None:
    twice = hours.add_open_time(hours.add_open_time(start, one, place), two, place)
    assert twice == hours.add_open_time(start, one + two, place)


@given(places, moments, amounts)
def test_a_moment_before_is_not_yet_enough(place: Place, start: datetime, amount: timedelta) -> None:
    end = hours.add_open_time(start, amount, place)
    if amount:
        assert hours.open_time_between(start, end - timedelta(seconds=1), place) < amount


@given(places, moments, moments, moments)
def test_open_time_adds_up_over_any_cut(place: Place, a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))
    parts = hours.open_time_between(first, middle, place) + hours.open_time_between(middle, last, place)
    assert parts == hours.open_time_between(first, last, place)


@given(places)
def test_a_closed_day_has_no_open_time(place: Place) -> None:
    for day in place.closed_on:
        begins, ends = (
            datetime.combine(midnight, time(0), tzinfo=place.timezone) for midnight in (day, day + timedelta(days=1))
        )
        assert hours.open_time_between(begins, ends, place) == timedelta(0)


def test_a_friday_evening_is_answered_after_the_weekend() -> None:
    friday = datetime(2026, 11, 20, 18, tzinfo=TORONTO.timezone)
    due = hours.add_open_time(friday, timedelta(hours=16), TORONTO)
    assert due.astimezone(TORONTO.timezone) == datetime(2026, 11, 24, 17, tzinfo=TORONTO.timezone)


def test_a_public_holiday_moves_the_reply() -> None:
    shut = Place(TORONTO.timezone, TORONTO.hours, (date(2026, 11, 23),))
    due = hours.add_open_time(datetime(2026, 11, 20, 18, tzinfo=shut.timezone), timedelta(hours=1), shut)
    assert due.astimezone(shut.timezone) == datetime(2026, 11, 24, 10, tzinfo=shut.timezone)


@pytest.mark.parametrize(("day", "length"), [(date(2026, 3, 8), 2), (date(2026, 11, 1), 4)])
def test_the_night_when_clocks_change_counts_real_hours(day: date, length: int) -> None:
    night = Place(TORONTO.timezone, (((time(0), time(3)),),) * 7)
    start = datetime.combine(day, time(0), tzinfo=night.timezone).astimezone(UTC)
    assert hours.open_time_between(start, start + timedelta(hours=12), night) == timedelta(hours=length)


def test_a_clinic_that_never_opens_still_gives_an_answer() -> None:
    start = datetime(2026, 11, 20, tzinfo=UTC)
    assert hours.add_open_time(start, timedelta(hours=3), NEVER) == start + timedelta(hours=3)
    assert hours.open_time_between(start, start + timedelta(days=30), NEVER) == timedelta(0)


def test_the_promise_falls_on_a_quarter_hour_and_never_earlier() -> None:
    sent = datetime(2026, 11, 23, 10, 23, 7, tzinfo=UTC)
    assert clock.reply_by(sent) == datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


def test_a_moment_in_words_names_utc_only_while_the_zone_is_not_known(clinic: Any) -> None:
    at = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    clinic(timezone=ZoneInfo("UTC"))
    assert clock.in_words(at) == "Tuesday 24 November, 22:00 UTC"
    clinic(timezone=ZoneInfo("America/Toronto"))
    assert clock.in_words(at) == "Tuesday 24 November, 17:00"
