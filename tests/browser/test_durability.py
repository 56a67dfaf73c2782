"""Nothing that was acknowledged is lost, and nothing that was typed lies about in clear."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser.conftest import Site, new_site, wait_until
from tests.browser.plain import PlainPatient

SUBMITS = 200
TYPED = {
    "name": "Quillon Zzyxwharton",
    "email": "quillon.zzyxwharton@example.org",
    "phone": "+44 1632 960 977",
    "message": "my left Zyzzogeton tingles",
}


@pytest.fixture
def own_site(site: Site, tmp_path: Path) -> Iterator[Site]:
    """A site that may be hurt. Its static files are the other site's: they are not what is hurt."""
    shutil.copytree(site.var / "static", tmp_path / "var" / "static", copy_function=shutil.copy2)
    hurt = new_site(tmp_path / "var")
    hurt.start()
    yield hurt
    for process in hurt.processes:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and all its children at once, without a word."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_no_request_whose_reference_was_shown_is_lost_when_everything_is_killed(own_site: Site) -> None:
    patients = [PlainPatient(own_site.url) for _ in range(SUBMITS)]
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda each: each[1].answer_all(name=f"Zzyx {each[0]}", phone="+44 1632 960 000"), enumerate(patients)
            )
        )
    shown: list[str] = []
    lock = threading.Lock()

    def send(patient: PlainPatient) -> None:
        try:
            reference = patient.send()
        except (urllib.error.URLError, http.client.HTTPException, OSError, IndexError):
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
    first = PlainPatient(own_site.url)
    first.answer_all(name=TYPED["name"], email=TYPED["email"], message=TYPED["message"])
    first.send()
    second = PlainPatient(own_site.url)
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
