"""How a request stands against its due time, and how long it waited, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import clock, due
from booking.history import by_email
from booking.hours import add_open_time, open_time_between
from booking.models import ConsultationRequest

Words = str | Promise
State = ConsultationRequest.State

SOON = timedelta(hours=2)  # opening hours
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Moment:
    """The moment of looking: now, and until when something is due soon."""

    now: datetime
    soon: datetime

    @classmethod
    def of(cls, now: datetime) -> "Moment":
        """Return the moment `now`."""
        return cls(now, add_open_time(now, SOON))


@dataclass(frozen=True)
class Waiting:
    """How a request stands against its promise: a word, a shape, and what lies behind them."""

    level: str
    shape: str
    word: Words


WAITING = {
    "on-time": Waiting("on-time", "○", gettext_lazy("On time")),
    "soon": Waiting("soon", "◐", gettext_lazy("Due soon")),
    "late": Waiting("late", "●", gettext_lazy("Late")),
    "done": Waiting("done", "✓", gettext_lazy("Closed")),
}


class Deadline:
    """By when something must happen on a request, at one moment."""

    row: ConsultationRequest
    moment: Moment

    @cached_property
    def waiting(self) -> Waiting:
        """Say whether we keep our promise."""
        if self.row.state == State.CLOSED:
            return WAITING["done"]
        if self.row.due_at < self.moment.now:
            return WAITING["late"]
        return WAITING["soon" if self.row.due_at <= self.moment.soon else "on-time"]

    @property
    def waiting_detail(self) -> str:
        """Say how long of the promised hours, or by when the next step."""
        if self.row.state == State.CLOSED:
            when = clock.short(self.row.closed_at, self.moment.now) if self.row.closed_at else ""
            return _("%(how)s, %(when)s") % {"how": self.row.get_outcome_display(), "when": when}
        if self.row.state == State.RECEIVED:
            return _("%(waited)s of %(promised)s open hours") % {
                "waited": open_hours(open_time_between(self.row.received_at, self.moment.now)),
                "promised": due.URGENT_WITHIN // HOUR if self.row.has_urgent_signs else settings.REPLY_WITHIN_HOURS,
            }
        step = _("next step was due %(when)s") if self.waiting.level == "late" else _("next step %(when)s")
        return step % {"when": self.due}

    @property
    def due(self) -> str:
        """Say when the next step is due."""
        return clock.short(self.row.due_at, self.moment.now)

    @property
    def act(self) -> str:
        """Say what urgent signs ask of us next and by when, the same as the time at which it is due; or nothing."""
        if not self.row.has_urgent_signs or self.row.state in (State.REACHED, State.CLOSED):
            return ""
        now, by = self.moment.now, self.row.due_at
        if by < now:
            return _("Write now") if self.is_written_to else _("Call now")
        words = _("Write by %(when)s") if self.is_written_to else _("Call by %(when)s")
        return words % {"when": clock.short(by, now)}

    @property
    def priority(self) -> Words:
        """Say how soon: what urgent signs ask of us now (nothing more once we have talked), or its name."""
        return self.act if self.row.has_urgent_signs else str(self.row.get_priority_display())

    @property
    def is_written_to(self) -> bool:
        """Say whether they chose e-mail, and so were not asked for a number."""
        return by_email(self.row)


def open_hours(span: timedelta) -> str:
    """Return a stretch of opening time in short: "5 h", or minutes below one hour."""
    minutes = int(span.total_seconds() // 60)
    return _("%(n)d h") % {"n": minutes // 60} if minutes >= 60 else _("%(n)d min") % {"n": minutes}
