"""Nothing that was acknowledged is lost, and nothing that was typed lies about in clear."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from tests.browser.conftest import Site, copy_prepared, new_site, wait_until
from tests.browser.plain import PlainPatient

SUBMITS = 200
TYPED = {
    "name": "Quillon Zzyxwharton",
    "email": "quillon.zzyxwharton@example.org",
    "phone": "+44 1632 960 977",
    "message": "my left Zyzzogeton tingles",
}


@pytest.fixture
def own_site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that may be hurt."""
    copy_prepared(tmp_path_factory, tmp_path / "var")
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


def ready_patients(site: Site) -> list[PlainPatient]:
    """Return people who have answered everything and not sent it yet, each under a name of their own."""
    patients = [PlainPatient(site.url) for _ in range(SUBMITS)]
    with ThreadPoolExecutor(8) as pool:
        walks = [
            pool.submit(patient.answer_all, name=f"Zzyx {number}", phone="+44 1632 960 000")
            for number, patient in enumerate(patients)
        ]
    for walk in walks:
        walk.result()
    return patients


def send_until_killed(site: Site, patients: list[PlainPatient]) -> dict[PlainPatient, str]:
    """Let all send at once, kill the site in the middle, and return which reference each of them was shown."""
    shown: dict[PlainPatient, str] = {}

    def send(patient: PlainPatient) -> None:
        with contextlib.suppress(urllib.error.URLError, http.client.HTTPException, OSError, IndexError):
            shown[patient] = patient.send()

    with ThreadPoolExecutor(8) as pool:
        for patient in patients:
            pool.submit(send, patient)
        wait_until(lambda: len(shown) >= SUBMITS // 3, seconds=60)
        _kill(site.processes.pop())
    assert len(shown) < SUBMITS, "the kill came too late"
    return shown


def test_no_request_whose_reference_was_shown_is_lost_when_everything_is_killed(own_site: Site) -> None:
    patients = ready_patients(own_site)
    shown = send_until_killed(own_site, patients)
    own_site.start()
    rows = "[[str(r), r.events.count(), r.messages.count()] for r in ConsultationRequest.objects.all()]"
    kept = cast(list[tuple[str, int, int]], own_site.ask(rows))
    assert set(shown.values()) <= {reference for reference, _events, _messages in kept}
    assert {(events, messages) for _reference, events, messages in kept} == {(1, 1)}
    # Whoever presses the button again gets the same reference, or their first, and nobody is in the queue twice.
    again = {patient: patient.send() for patient in patients[:50]}
    assert {patient: again[patient] for patient in shown if patient in again} == {
        patient: reference for patient, reference in shown.items() if patient in again
    }
    names = cast(list[str], own_site.ask("[r.name for r in ConsultationRequest.objects.all()]"))
    assert len(names) == len(set(names)) >= 50


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
