"""A patient whose browser is a few lines: cookies and forms, no script, no pictures."""

import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO
from urllib.parse import urlencode

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
        """Send what the check page shows, and return the reference that the confirmation shows."""
        check = "/consultation/check/"
        self.fill_in(check, consent="on", copy=self.hidden(check)["copy"])
        return self.reference()

    def reference(self) -> str:
        """Return the reference that the confirmation shows."""
        return str(REFERENCE.findall(self.get("/consultation/done/"))[0])
