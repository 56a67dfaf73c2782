"""A small count of tries for each review link, in each process: its secret cannot be guessed, only hammered."""

from datetime import datetime

from education.models import ReviewLink

TRIES_AN_HOUR = 60
MOST_LINKS = 1_000
_tries: dict[tuple[int, str], int] = {}


def too_many(link: ReviewLink, at: datetime) -> bool:
    """Count one answer sent to a link, and say whether there were too many in this hour."""
    key = (link.pk, f"{at:%Y%m%d%H}")
    if len(_tries) >= MOST_LINKS:
        _tries.clear()
    _tries[key] = _tries.get(key, 0) + 1
    return _tries[key] > TRIES_AN_HOUR
