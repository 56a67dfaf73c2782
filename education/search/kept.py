"""Keeps the index of each language in this process until the edition moves, or the file of people's words changes."""

import threading

from django.conf import settings

from education import edition
from education.search.entries import read_entries
from education.search.index import Index
from education.search.lay import FILE, read_lay

Stamp = tuple[int, int]
_kept: dict[str, tuple[Stamp, Index]] = {}
_building = threading.Lock()


def index_of(language: str) -> Index:
    """Return the index of the present edition. While one reader makes the new one, the others go on with the old."""
    stamp = _stamp(language)
    kept = _kept.get(language)
    if kept and kept[0] == stamp:
        return kept[1]
    if not _building.acquire(blocking=kept is None):
        assert kept is not None
        return kept[1]
    try:
        kept = _kept.get(language)
        if kept is None or kept[0] != stamp:
            kept = (stamp, build(language))
            _kept[language] = kept
        return kept[1]
    finally:
        _building.release()


def build(language: str) -> Index:
    """Make an index of what patients see now."""
    lay, _faults = read_lay(settings.CONTENT_DIR, language)
    return Index(read_entries(language), lay)


def forget() -> None:
    """Make every index anew at the next question."""
    _kept.clear()


def _stamp(language: str) -> Stamp:
    try:
        changed = (settings.CONTENT_DIR / language / FILE).stat().st_mtime_ns
    except OSError:
        changed = 0
    return edition.current(), changed
