"""The press: a thin WSGI layer in front of Django that hands out finished pages.

Django prints a page once per edition; from then on the press answers with bytes that lie ready. Whatever it does not
know (other methods, a query string, a foreign host, an address without a finished page) goes to Django untouched.
"""

import logging
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, close_old_connections, connections

from education import edition
from education.edition import Stamp
from education.press.admission import Admission
from education.press.order import KEY, Order, finished, to_nobody
from education.press.sheet import Sheet
from education.press.shelf import Shelf
from education.press.warming import questions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Press", "finished"]

TURNS = 64
"""Locks for printing, shared among all addresses: two pages that meet on one wait for each other, which is no harm."""

logger = logging.getLogger(__name__)


class Press:
    """The finished pages of one process, in front of its Django."""

    def __init__(self, django: "WSGIApplication") -> None:
        self.django = django
        self.shelf = Shelf(settings.PRESS_BYTES)
        self._admits = Admission()
        self._turns = [threading.Lock() for _ in range(TURNS)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request: from the shelf, or by Django."""
        if not self._admits(environ):
            return self.django(environ, start_response)
        path = environ.get("PATH_INFO", "")
        if path in self.shelf and (sheet := self.shelf.find(path, self.edition())):
            return sheet.answer(environ, start_response)
        return self._print(Order(self, path), environ, start_response)

    def edition(self) -> Stamp:
        """Return the present edition and day. While the database is away, those of the pages that are kept go on."""
        try:
            if edition.is_due():
                close_old_connections()  # Django does so for its own requests, and this may be none of them
            return edition.of_the_day()
        except Error as error:
            if self.shelf.edition is None:
                raise
            logger.warning("The edition could not be read (%s). Kept pages go out.", type(error).__name__)
            return self.shelf.edition

    def turn(self, path: str) -> threading.Lock:
        """Return the lock that whoever prints this page holds."""
        return self._turns[hash(path) % TURNS]

    def warm_up(self) -> threading.Thread:
        """Print every published page in the background, so that the first reader waits no longer than the others."""
        thread = threading.Thread(target=self._print_beside, name="press", daemon=True)
        thread.start()
        return thread

    def print_all(self) -> None:
        """Print every published page, those nearest to home first, until the shelf is nearly full."""
        for environ in questions():
            if self.shelf.is_nearly_full:
                break
            _read(self(environ, to_nobody))

    def _print_beside(self) -> None:
        try:
            self.print_all()
        except Error as error:
            logger.warning("The pages could not be printed beforehand (%s).", type(error).__name__)
        finally:
            connections.close_all()

    def _print(self, order: Order, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let Django answer. If the view says that this is a finished page, keep it and hand it out."""
        try:
            answer = self.django({**environ, KEY: order}, order.listen(environ, start_response))
            if order.is_djangos:
                return answer
            body = _read(answer)
            if not order.is_spoilt:
                return self._finish(order, body, environ).answer(environ, start_response)
        finally:
            order.end_turn()
        nobodys = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"}
        return self._print(Order(self, order.path), nobodys, start_response)

    def _finish(self, order: Order, body: bytes, environ: "WSGIEnvironment") -> Sheet:
        """Return the finished page, and keep it. An answer to HEAD may lack the body, so it is not kept."""
        if order.sheet is None:
            order.sheet = Sheet(order.headers, body)
            if environ["REQUEST_METHOD"] == "GET":
                self.shelf.keep(order.path, order.edition, order.sheet)
        return order.sheet


def _read(answer: Iterable[bytes]) -> bytes:
    """Take a whole answer in and end it, as a server does."""
    try:
        return b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
