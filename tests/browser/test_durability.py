"""Nothing that was acknowledged is lost, and nothing that was typed lies about in clear."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import Site, new_site, wait_until

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REFERENCE = re.compile(r'class="ref">([2-9A-Z]{4}-[2-9A-Z]{4})<')
SUBMITS = 200
TYPED = {
    "name": "Quillon Zzyxwharton",
    "email": "quillon.zzyxwharton@example.org",
    "phone": "+44 1632 960 977",
    "message": "my left Zyzzogeton tingles",
}


class Patient:
    """A patient whose browser is a few lines: cookies, forms, no script."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> str:
        """Read a page."""
        with self.open(f"{self.url}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str | list[str]) -> str:
        """Fill in the page at `path`, send it and read what comes."""
        fields["csrfmiddlewaretoken"] = TOKEN.search(self.get(path))[1]  # type: ignore[index]
        body = urlencode(fields, doseq=True).encode()
        request = urllib.request.Request(f"{self.url}{path}", body, {"Referer": f"{self.url}{path}"})
        with self.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def answer_all(self, *, name: str, email: str = "", phone: str = "", message: str = "") -> None:
        """Walk to the check page."""
        step = "/consultation/{}/".format
        self.post(step("safety"))
        self.post(step("who"), who_for="me")
        self.post(step("about"), area="foot")
        self.post(step("about/check"), shown_for="foot")
        self.post(step("name"), name=name)
        self.post(step("contact"), channel="email" if email else "phone")
        if email:
            self.post(step("email"), email=email)
        else:
            self.post(step("phone"), phone=phone, voicemail="no")
        self.post(step("times"), days=["any"], dayparts=["morning"])
        self.post(step("needs"), needs=["none"])
        self.post(step("message"), message=message)

    def send(self) -> str:
        """Send, and return the reference that the page shows."""
        return REFERENCE.search(self.post("/consultation/check/", consent="on"))[1]  # type: ignore[index]


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A site that may be hurt."""
    site = new_site(tmp_path / "var")
    site.start()
    yield site
    for process in site.processes:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and all its children at once, without a word."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_no_request_whose_reference_was_shown_is_lost_when_everything_is_killed(own_site: Site) -> None:
    patients = [Patient(own_site.url) for _ in range(SUBMITS)]
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda each: each[1].answer_all(name=f"Zzyx {each[0]}", phone="+44 1632 960 000"), enumerate(patients)
            )
        )
    shown: list[str] = []
    lock = threading.Lock()

    def send(patient: Patient) -> None:
        try:
            reference = patient.send()
        except (urllib.error.URLError, OSError, TypeError):
            return
        with lock:
            shown.append(reference.replace("-", ""))

    with ThreadPoolExecutor(8) as pool:
        sending = [pool.submit(send, patient) for patient in patients]
        wait_until(lambda: len(shown) >= SUBMITS // 3, seconds=60)
        _kill(own_site.processes.pop())
        for each in sending:
            each.result()
    own_site.start()
    before = set(shown)
    assert len(before) < SUBMITS, "the kill came too late to show anything"
    kept = own_site.ask(
        "[[r.reference, r.events.count(), r.messages.count()] for r in ConsultationRequest.objects.all()]"
    )
    assert before <= {reference for reference, _events, _messages in kept}  # type: ignore[attr-defined]
    assert {(events, messages) for _reference, events, messages in kept} == {(1, 1)}  # type: ignore[attr-defined]
    # Whoever saw no reference presses the button again and gets one, and nobody is in the queue twice.
    again = {patient.send().replace("-", "") for patient in patients[:40]}
    assert len(again) == 40
    assert len(
        {row[0] for row in own_site.ask("list(ConsultationRequest.objects.values_list('reference', 'name'))")}
    ) == (  # type: ignore[attr-defined]
        own_site.ask("ConsultationRequest.objects.count()")
    )


def test_what_was_typed_lies_nowhere_in_clear(own_site: Site) -> None:
    own_site.run([sys.executable, "manage.py", "worker"], log="worker.log")
    first = Patient(own_site.url)
    first.answer_all(name=TYPED["name"], email=TYPED["email"], message=TYPED["message"])
    first.send()
    second = Patient(own_site.url)
    second.answer_all(name=TYPED["name"], phone=TYPED["phone"], message=TYPED["message"])  # a draft that stays
    with pytest.raises(urllib.error.HTTPError):
        first.get("/request/no-such-token/")
    time.sleep(1)
    canaries = [TYPED["name"], *TYPED["name"].split(), TYPED["email"], "Zyzzogeton", TYPED["phone"], "1632960977"]
    found = [
        (path.name, canary)
        for path in own_site.var.rglob("*")
        if path.is_file() and "static" not in path.parts
        for canary in canaries
        if canary.lower().encode() in path.read_bytes().lower()
    ]
    assert found == []
    assert (own_site.var / "clinic.sqlite3").stat().st_size > 0
    assert own_site.ask("[r.name for r in ConsultationRequest.objects.all()]") == [TYPED["name"]]
