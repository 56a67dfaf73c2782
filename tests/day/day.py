"""One day of a clinic: its people, their browsers, and what must be true of all of them at the end."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.conftest import PASSWORD
from tests.browser.plain import PlainPatient
from tests.day.stack import Stack

QUEUE = "/staff/booking/consultationrequest/"
FETCH = "path => fetch(path, {credentials: 'same-origin'}).then(answer => answer.status)"


@dataclass
class Day:
    """What the chapters share."""

    stack: Stack
    browser: Browser
    references: list[str] = field(default_factory=list)  # every reference that a patient was shown
    typed: list[str] = field(default_factory=list)  # words that may stand in no log and in no mail
    breaches: list[str] = field(default_factory=list)  # what browsers complained of
    private_token: str = ""  # of the one private link that the story opens and mistypes
    windows: dict[str, Page] = field(default_factory=dict)  # who has signed in

    def phone(self, path: str) -> Page:
        """Open a page on a small screen, as somebody who reads."""
        page = self._context(width=390).new_page()
        self._watch(page)
        page.goto(path)
        return page

    def staff(self, name: str, path: str = QUEUE) -> Page:
        """Stand before a page of the admin as one of the staff, who signs in once a day."""
        page = self.windows.get(name)
        if page is None:
            page = self.windows[name] = self._context(width=1280).new_page()
            self._watch(page)
            page.goto(path)
            page.get_by_label("Username").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name="Sign out").wait_for()
        page.goto(path)
        return page

    def plain_patient(self, **answers: str) -> PlainPatient:
        """Return somebody who has answered everything and not sent it yet."""
        patient = PlainPatient(self.stack.url, self.stack.handlers)
        patient.answer_all(**answers)
        self.typed += [word for key, word in answers.items() if word and key != "area"]
        return patient

    def asks(self, **answers: str) -> str:
        """Let somebody ask, and return the reference that they are shown."""
        return self.shown(self.plain_patient(**answers).send())

    def shown(self, reference: str) -> str:
        """Note that a patient was shown this reference: from now on the request may never be lost."""
        assert reference not in self.references
        self.references.append(reference)
        return reference

    def rows(self) -> list[list[str]]:
        """Return [number, reference] of every request that is kept."""
        rows = self.stack.ask("[[r.pk, str(r)] for r in ConsultationRequest.objects.only('pk', 'reference')]")
        assert isinstance(rows, list)
        return rows

    def status(self, page: Page, path: str) -> int:
        """Return how an address answers in this window, without leaving its page."""
        return int(page.evaluate(FETCH, path))

    def _context(self, *, width: int) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.stack.url,
            viewport={"width": width, "height": 900},
            ignore_https_errors=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        return context

    def _watch(self, page: Page) -> None:
        def note_console(message: ConsoleMessage) -> None:
            if re.search(r"violates|Content Security Policy", message.text):
                self.breaches.append(message.text)

        page.on("console", note_console)
        page.on("pageerror", lambda error: self.breaches.append(f"script: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((self.stack.url, "data:", "blob:"))
                else self.breaches.append(f"third party: {request.url}")
            ),
        )
