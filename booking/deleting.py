"""Until when deleting is safe: never after the clock jumped, and never more than a day's worth at a time.

Rows are deleted for good by what the clock says, so the clock is looked at first: against the computer's stopwatch, and
against what it said when the worker last lived.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from booking.models import DeletingClock

AT_A_TIME = timedelta(days=1)
WAIT = timedelta(days=1)
"""So long the clock must run steadily after a jump: time for somebody to read of it."""
SLACK = timedelta(minutes=5)
"""Clocks are corrected by so much without anybody calling it a jump."""
AWAY = timedelta(days=1)
"""A worker that did not run for longer cannot tell a pause from a wrong clock."""


@dataclass
class Watch:
    """One process looking at the clock; it remembers what the stopwatch said at its last look."""

    seen_at: datetime | None = None
    stopwatch: float = 0.0

    def look(self, *, at: datetime) -> DeletingClock:
        """Write down what the clock says now, and whether it jumped since the last look. Raises DatabaseError."""
        with transaction.atomic():
            rows = DeletingClock.objects.select_for_update()
            row, is_new = rows.get_or_create(pk=1, defaults={"seen_at": at, "done_until": at})
            if not is_new and (self._jumped(at) or not -SLACK <= at - row.seen_at <= AWAY):
                row.jumped_at = at
            row.seen_at = at
            row.save(update_fields=["seen_at", "jumped_at"])
        self.seen_at, self.stopwatch = at, monotonic()
        return row

    def _jumped(self, at: datetime) -> bool:
        if self.seen_at is None:
            return False
        passed = timedelta(seconds=monotonic() - self.stopwatch)
        return abs(at - self.seen_at - passed) > SLACK


def until(row: DeletingClock, *, at: datetime) -> datetime | None:
    """Return the moment up to which everything that ran out may be deleted; None while the clock is not trusted."""
    if row.jumped_at is not None and at < row.jumped_at + WAIT:
        return None
    return min(at, row.done_until + AT_A_TIME)


def done(limit: datetime, *, at: datetime) -> None:
    """Note that everything up to `limit` is deleted. Once that is now, a jump of the clock is over."""
    rows = DeletingClock.objects.filter(pk=1)
    rows.update(done_until=limit, **({"jumped_at": None} if limit == at else {}))


def trouble() -> str:
    """Return that deleting waits because the clock jumped, or nothing."""
    row = DeletingClock.objects.filter(jumped_at__isnull=False).first()
    if row is None or row.jumped_at is None:
        return ""
    return (
        f"clock: it jumped, or nothing ran for over a day, before {row.jumped_at:%Y-%m-%d %H:%M} UTC. Is it right now? "
        "Deleting waits for a day, then goes on a day's worth at a time"
    )
