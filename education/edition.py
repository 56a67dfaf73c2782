"""The number of the present edition, looked up in the database at most once a second in each process."""

import threading
import time
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from education.models import Edition

SECONDS = 1.0
PATIENCE = 0.1
"""So many seconds a thread waits for another's look, before it goes on with the number that was seen last."""


Stamp = tuple[int, date]
"""An edition on a day: what everything that is printed carries."""


class Seen(NamedTuple):
    """What the last look found, and when it began."""

    looked: float
    number: int
    day: date


_seen = Seen(-SECONDS, 0, date.min)
_looking = threading.Lock()


def current() -> int:
    """Return the edition that patients see now, at most one second old."""
    return _now().number


def of_the_day() -> Stamp:
    """Return the edition and the clinic's day: a page says how it stands today, also while no worker runs."""
    return _now()[1:]


def is_due() -> bool:
    """Say whether the next question will look at the database."""
    return time.monotonic() - _seen.looked >= SECONDS


def forget() -> None:
    """Look at the database again at the next question."""
    global _seen
    _seen = _seen._replace(looked=-SECONDS)


def _now() -> Seen:
    if is_due() and _looking.acquire(timeout=PATIENCE):
        try:
            if is_due():
                _look()
        finally:
            _looking.release()
    return _seen


def _look() -> None:
    """Read the number. The second counts from before the question, and a question that failed counts, too."""
    global _seen
    _seen = _seen._replace(looked=time.monotonic())
    _seen = Seen(_seen.looked, Edition.now(), timezone.localdate())
