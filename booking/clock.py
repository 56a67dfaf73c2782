"""Moments in words, in the clinic's zone, and the promise of a reply."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from booking import hours

STEP = timedelta(minutes=15)
IN_A_DATE = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
"""Django's names of the days, as they stand inside a date: Spanish writes them small there."""


def in_words(at: datetime) -> str:
    """Return "Tuesday 24 November, 17:00". The zone is named only while the clinic has not told us its own."""
    zone = settings.CLINIC.timezone
    local = timezone.localtime(at, zone)
    # Translators: a day and a time, in the letters of Django's date formats
    words = formats.date_format(local, _("l j F, H:i"))
    return f"{words} UTC" if zone.key == "UTC" else words


def reply_by(at: datetime) -> datetime:
    """Return by when a person will have answered a request sent at `at`: opening hours, to the next quarter hour."""
    due = hours.add_open_time(at, timedelta(hours=settings.REPLY_WITHIN_HOURS)).astimezone(UTC)
    return due + (datetime.min.replace(tzinfo=UTC) - due) % STEP


def day_and_time(at: datetime) -> str:
    """Return a moment as a table has room for: "Wed 2 Dec, 10:48". A weekday never stands without its date."""
    return formats.date_format(timezone.localtime(at, settings.CLINIC.timezone), "D j M, H:i")


def short(at: datetime, now: datetime) -> str:
    """Return "today 10:48", or else the day with its date; in another year with the year, too."""
    local, today = (timezone.localtime(each, settings.CLINIC.timezone) for each in (at, now))
    if local.date() == today.date():
        return _("today %(clock)s") % {"clock": formats.date_format(local, "H:i")}
    return day_and_time(at) if local.year == today.year else formats.date_format(local, "D j M Y, H:i")


def moment(at: datetime, now: datetime) -> str:
    """Return a moment as it stands in a sentence: "at 10:02", or "on Wed 2 Dec, 10:48"."""
    local, today = (timezone.localtime(each, settings.CLINIC.timezone) for each in (at, now))
    if local.date() == today.date():
        return _("at %(clock)s") % {"clock": formats.date_format(local, "H:i")}
    return _("on %(day)s") % {"day": short(at, now)}
