"""A patient whose browser is a few lines: cookies and forms, no script, no pictures."""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import closing, suppress
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import BrowserContext

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
REFERENCE = re.compile(r'class="ref">([2-9A-Z]{4}-[2-9A-Z]{4})<')


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Take note of a redirect without following it: the next answer goes where it goes anyway."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class PlainPatient:
    """Somebody who asks, as fast as the site answers."""

    def __init__(self, url: str, handlers: Sequence[urllib.request.BaseHandler] = ()) -> None:
        self.url = url
        self.jar = CookieJar()
        self.cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.open = urllib.request.build_opener(*handlers, self.cookies).open
        self.open_here = urllib.request.build_opener(*handlers, self.cookies, _StayHere).open
        self.token = ""

    def get(self, path: str) -> str:
        """Read a page. Raises urllib.error.HTTPError when there is none."""
        with self.open(f"{self.url}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def fill_in(self, path: str, **fields: str | list[str]) -> None:
        """Send a page's answers; the site must take them."""
        self.token = self.token or TOKEN.findall(self.get(path))[0]
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}, doseq=True).encode()
        try:
            self.open_here(urllib.request.Request(f"{self.url}{path}", body, {"Referer": self.url + path}), timeout=30)
        except urllib.error.HTTPError as answer:
            if answer.code != 303:
                raise
            answer.close()

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of a page's form, its token included."""
        return dict(HIDDEN.findall(self.get(path)))

    def answer_all(
        self,
        *,
        name: str,
        email: str = "",
        phone: str = "",
        message: str = "",
        area: str = "foot",
        safety: bool = True,
    ) -> None:
        """Walk to the check page. Without `safety` the first page was answered before."""
        step = "/consultation/{}/".format
        if safety:
            self.fill_in(step("safety"))
        self.fill_in(step("who"), who_for="me")
        self.fill_in(step("about"), area=area)
        self.fill_in(step("about/check"), shown_for=area)
        self.fill_in(step("name"), name=name)
        self.fill_in(step("contact"), channel="email" if email else "phone")
        if email:
            self.fill_in(step("email"), email=email)
        else:
            self.fill_in(step("phone"), phone=phone, voicemail="no")
        self.fill_in(step("times"), days=["any"], dayparts=["morning"])
        self.fill_in(step("needs"), needs=["none"])
        self.fill_in(step("message"), message=message)

    def hand_over(self, context: BrowserContext) -> None:
        """Let a real browser go on from here."""
        context.add_cookies([{"name": each.name, "value": each.value or "", "url": self.url} for each in self.jar])

    def send(self) -> str:
        """Send, and return the reference that the page shows."""
        self.fill_in("/consultation/check/", **{**self.hidden("/consultation/check/"), "consent": "on"})
        return self.reference()

    def reference(self) -> str:
        """Return the reference that the confirmation shows."""
        return str(REFERENCE.findall(self.get("/consultation/done/"))[0])


class HalfSent:
    """The last form, of which the end is still under way: as a slow phone sends it, straight to gunicorn's `port`."""

    def __init__(self, patient: PlainPatient, port: int, **more: str) -> None:
        url = f"{patient.url}/consultation/check/"
        body = urlencode({**patient.hidden("/consultation/check/"), "consent": "on"})
        request = urllib.request.Request(url)
        patient.jar.add_cookie_header(request)
        head = {"Host": urlsplit(url).netloc, "Cookie": request.get_header("Cookie"), "Referer": url}
        head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body)), **more}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.patient, self.port = patient, port
        self.whole = f"POST /consultation/check/ HTTP/1.1\r\n{lines}\r\n{body}".encode()

    def begin(self) -> None:
        """Send all but the end."""
        self.line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.line.sendall(self.whole[:-20])

    def finish(self) -> None:
        """Send the end."""
        with suppress(OSError):
            self.line.sendall(self.whole[-20:])

    def is_taken(self) -> bool:
        """Say whether the answer is that the request was taken."""
        with closing(self.line), suppress(OSError):
            return self.line.recv(65536).startswith(b"HTTP/1.1 303 ")
        return False

    def reference(self) -> str:
        """Return the reference that this person is shown, or "" when the site cannot say."""
        with suppress(OSError, IndexError):
            return self.patient.reference()
        return ""
