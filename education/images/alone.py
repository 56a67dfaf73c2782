"""One picture at a time in each process, and what it took of memory is given back."""

import ctypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PATIENCE = 20.0
"""So many seconds an upload waits for those before it."""
FOR_EVER = -1.0
"""A picture that was taken in is finished."""
BUSY = _("The site is busy with other pictures. Wait a minute, then choose the file again.")
MOST_WAITING = 2
"""More uploads than this are not let in to wait: each holds one of the threads that pages are served by."""
_ONE = threading.Lock()
"""One picture at a time in each process: a large one takes some hundred megabytes while it is read."""
_counting = threading.Lock()
_waiting = 0
_give_back: Any = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
"""The C library (glibc's) keeps what each thread once took, unless it is asked to give it back."""


class PictureError(Exception):
    """A file that does not become a picture, with the reason as a sentence."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@contextmanager
def alone(patience: float | None = None) -> Iterator[None]:
    """Work on one picture, then give back the memory that it took. Raises PictureError when others take too long."""
    _wait(PATIENCE if patience is None else patience)
    try:
        yield
    finally:
        _ONE.release()
        if _give_back is not None:
            _give_back(0)


def _wait(patience: float) -> None:
    """Wait until it is this picture's turn. Raises PictureError when too many wait already, or for too long."""
    global _waiting
    with _counting:
        if _waiting >= MOST_WAITING and patience != FOR_EVER:
            raise PictureError(BUSY)
        _waiting += 1
    try:
        if not _ONE.acquire(timeout=patience):
            raise PictureError(BUSY)
    finally:
        with _counting:
            _waiting -= 1
