"""The one door into the press: a view says that its answer may be kept, and waits its turn to print it."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from education.edition import Stamp
from education.press.sheet import Headers, Sheet

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from education.press import Press

KEY = "education.press"
"""Where an order stands in the environ of a request. Nothing that comes over the network can write there."""
View = Callable[..., HttpResponseBase]


class Order:
    """One page that Django is asked to print, and what came of it."""

    edition: Stamp
    """That for which it is printed, from its turn on."""

    def __init__(self, press: "Press", path: str) -> None:
        self.press, self.path = press, path
        self.sheet: Sheet | None = None
        self.headers: Headers = []
        self.is_finished = self.is_spoilt = False
        self.is_djangos = True
        self._turn: Lock | None = None

    def take_turn(self) -> bool:
        """Wait while another prints this page. Returns False when that one has finished it."""
        if self._turn is None:
            self._turn = self.press.turn(self.path)
            self._turn.acquire()
            self.edition = self.press.edition()  # before anything is read: words may be newer than it, never older
            self.sheet = self.press.shelf.find(self.path, self.edition)
        return self.sheet is None

    def end_turn(self) -> None:
        """Let the next one print, whatever came of this."""
        if self._turn is not None:
            self._turn.release()
            self._turn = None

    def listen(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "StartResponse":
        """Return what Django tells of its answer to: the press keeps it, or it goes on to the server as it is.

        Stale cookies make the middleware answer to them. Such a page is spoilt: it is printed again for nobody.
        """

        def start(status: str, headers: Headers, *fault: Any) -> Callable[[bytes], object]:
            self.headers = headers
            is_page = self.is_finished and status.startswith("200 ")
            is_good = bool(self.sheet) or (is_page and _is_for_all(headers))
            self.is_spoilt = is_page and not is_good and "HTTP_COOKIE" in environ
            self.is_djangos = not (is_good or self.is_spoilt)
            return start_response(status, headers, *fault) if self.is_djangos else to_nobody

        return start


def to_nobody(*_whatever: object) -> Callable[[bytes], object]:
    """Take an answer that is not sent."""
    return to_nobody


def _is_for_all(headers: Headers) -> bool:
    sent = {name.lower(): value.lower() for name, value in headers}
    private = any(word in sent.get("cache-control", "") for word in ("private", "no-store"))
    varies = sent.get("vary", "accept-encoding") != "accept-encoding"
    return not (private or varies or "set-cookie" in sent or "content-encoding" in sent)


def finished(view: View) -> View:
    """Say of a view that its answer is the same for everybody until the edition moves: the press may keep it.

    Kept are whole answers with status 200. Everything else that the view says goes out as Django sent it.
    """

    @wraps(view)
    def printed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        order: Order | None = request.META.get(KEY)
        if order is None:
            return view(request, *args, **kwargs)
        if not order.take_turn():
            return HttpResponse()  # never sent: the press hands out what the other printed
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming:
            order.is_finished = True
            request.META.pop("HTTP_ACCEPT_ENCODING", None)  # the press packs it, once, not the middleware each time
        return response

    return printed
