"""When the store or the code fails, nobody loses what they typed, and staff get a page of their own."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from booking.models import ConsultationRequest
from education import exchange
from education.models import Page
from tests.booking.people import ask
from tests.clinic_site.test_logs import Lines
from tests.education.conftest import Folder

pytestmark = pytest.mark.django_db
TYPED = "Zzyx typed these words"
RIGHT = "a-long-invented-one"


@contextmanager
def read_only() -> Iterator[None]:
    """Let the database refuse each write, as SQLite does on a full or read-only disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        _mend()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def _mend() -> None:
    """Forget that a statement failed: each request of a real site begins outside of any transaction."""
    connection.set_rollback(False)


@contextmanager
def gone(fault: Exception | None = None) -> Iterator[None]:
    """Let the database refuse everything, the session included, as when it is locked or lost."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise fault or OperationalError("database is locked")

    with connection.execute_wrapper(refuse):
        yield
    _mend()


def after(response: HttpResponse) -> HttpResponse:
    _mend()
    return response


@pytest.fixture(autouse=True)
def _only_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the fault is made by SQLite's own switch")


@pytest.fixture
def staff() -> Client:
    """Somebody with every right, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("ana", password=RIGHT))
    return client


@pytest.fixture
def rows(client: Client, tmp_path: Any, settings: Any) -> dict[str, int]:
    """Return a row of each kind that an address of the staff's pages may name."""
    settings.CONTENT_DIR = tmp_path / "content"
    settings.CONTENT_DIR.mkdir()
    Folder(settings.CONTENT_DIR)
    exchange.import_folder(settings.CONTENT_DIR, at=timezone.now())
    ask(client)
    page = Page.objects.get(path="conditions/knee")
    found = {"pk": ConsultationRequest.objects.get().pk, "page_id": page.pk, "revision_id": page.revisions.get().pk}
    return {**found, "page": page.pk, "consultationrequest": found["pk"], "user": User.objects.create_user("eve").pk}


def addresses(rows: dict[str, int]) -> Iterator[str]:
    """Yield an address of each view of the staff's part that names rows which are there."""
    for pattern in under_staff(get_resolver().url_patterns):
        known = {}
        for name in pattern.pattern.converters | dict.fromkeys(pattern.pattern.regex.groupindex):
            model = (pattern.name or "").split("_")[1:2]
            known[name] = rows.get(name) or rows.get(model[0] if model else "", 1)
            if name in {"verb", "app_label", "url"}:
                known[name] = {"verb": "confirm", "app_label": "booking", "url": "nowhere"}[name]
        for space in ("admin:", ""):
            try:
                yield reverse(f"{space}{pattern.name}", kwargs=known)
                break
            except NoReverseMatch:
                continue


def under_staff(patterns: Any, inside: bool = False) -> Iterator[URLPattern]:
    for pattern in patterns:
        here = inside or str(pattern.pattern) == "staff/"
        if isinstance(pattern, URLResolver):
            yield from under_staff(pattern.url_patterns, here)
        elif here and pattern.name:
            yield pattern


@pytest.mark.parametrize("broken", [read_only, gone])
def test_no_form_of_staff_is_lost_when_the_database_fails(
    staff: Client, rows: dict[str, int], broken: Callable[[], Any]
) -> None:
    staff.post(reverse("admin:booking_consultationrequest_take", args=[rows["pk"]]))
    version = ConsultationRequest.objects.get().version
    sent = {"note": TYPED, "text": TYPED, "version": str(version), "outcome": "visit", "_save": "1"}
    swept = list(addresses(rows))
    assert len(swept) > 40
    with broken():
        answers = {address: after(staff.post(address, sent)) for address in swept}
    assert {address for address, page in answers.items() if page.status_code == 500} == set()
    held = {address: page for address, page in answers.items() if page.status_code == 503}
    assert reverse("admin:booking_consultationrequest_close", args=[rows["pk"]]) in held
    assert reverse("admin:education_page_desk", args=[rows["page_id"]]) in held
    for address, page in held.items():
        words = page.content.decode()
        if address == reverse("admin:login"):
            assert "That says nothing about your name or password" in words  # a wrong one meets this page, too
            continue
        assert f'name="note" value="{TYPED}"' in words, address
        assert "Not saved yet" in words, address
        assert f'action="{address}"' in words, address
        assert "csrfmiddlewaretoken" in words, address


def test_what_was_held_is_saved_when_it_is_sent_again(staff: Client, rows: dict[str, int]) -> None:
    address = reverse("admin:booking_consultationrequest_close", args=[rows["pk"]])
    staff.post(reverse("admin:booking_consultationrequest_take", args=[rows["pk"]]))
    sent = {"note": TYPED, "outcome": "visit", "version": str(ConsultationRequest.objects.get().version)}
    with read_only():
        page = staff.post(address, sent)
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    assert staff.post(address, again).status_code == 302
    assert TYPED in staff.get(reverse("admin:booking_consultationrequest_change", args=[rows["pk"]])).content.decode()


def test_a_sign_in_that_cannot_be_written_blames_nobody_and_keeps_what_waits(staff: Client) -> None:
    sent = {"username": "ana", "password": RIGHT, "next": "/staff/booking/", "kept": "sealed-words"}
    with read_only():
        page = Client(raise_request_exception=False).post(reverse("admin:login"), sent)
    words = page.content.decode()
    assert page.status_code == 503
    assert "You cannot sign in just now" in words
    assert 'value="ana"' in words
    assert 'name="kept" value="sealed-words"' in words
    assert RIGHT not in words


def test_an_opinion_that_cannot_be_counted_can_be_sent_again(client: Client, rows: dict[str, int]) -> None:
    page = Page.objects.get(path="conditions/knee")
    client.raise_request_exception = False
    same = {"sec-fetch-site": "same-origin"}
    sent = {"revision": page.published_id, "answer": "yes"}
    with read_only():
        answer = client.post(reverse("education:feedback"), sent, headers=same)
    assert answer.status_code == 503
    assert 'name="answer" value="yes"' in answer.content.decode()
    assert "We could not save this" in answer.content.decode()


@pytest.mark.parametrize("headers", [{"origin": "https://other.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_of_another_site_is_not_held(staff: Client, headers: dict[str, str]) -> None:
    with gone():
        page = staff.post("/staff/booking/consultationrequest/1/call/", {"note": TYPED}, headers=headers)
    assert page.status_code == 503
    assert TYPED not in page.content.decode()


def listened(do: Callable[[], HttpResponse]) -> tuple[HttpResponse, list[str]]:
    handler, logger = Lines(), logging.getLogger("django")
    logger.addHandler(handler)
    try:
        return do(), handler.lines
    finally:
        logger.removeHandler(handler)


def test_every_page_that_fails_for_staff_is_their_own_and_its_reference_is_in_the_log(
    staff: Client, rows: dict[str, int]
) -> None:
    failed = 0
    for address in addresses(rows):
        with gone(RuntimeError("Zzyx Testperson")):
            page, lines = listened(lambda address=address: after(staff.get(address)))  # type: ignore[misc]
        if page.status_code != 500:
            continue
        failed += 1
        words = page.content.decode()
        reference = re.search(r"<strong>([0-9a-f]{8})</strong>", words)
        assert reference, address
        assert "looks after the site" in words, address
        assert any(f"reference {reference[1]}" in line and "RuntimeError" in line for line in lines), address
        assert "Zzyx" not in words + "".join(lines)
    assert failed > 30


def test_a_form_of_staff_survives_a_fault_of_the_code(staff: Client, rows: dict[str, int]) -> None:
    address = reverse("admin:booking_consultationrequest_log_call", args=[rows["pk"]])
    with gone(RuntimeError("Zzyx Testperson")):
        page = staff.post(address, {"note": TYPED})
    assert page.status_code == 500
    assert f'name="note" value="{TYPED}"' in page.content.decode()
    assert "We cannot tell whether this was saved" in page.content.decode()


def test_patients_see_their_own_page_with_a_reference_too(client: Client) -> None:
    client.raise_request_exception = False
    with gone(RuntimeError("Zzyx Testperson")):
        page, lines = listened(lambda: client.get("/contact/?nothing"))
    reference = re.search(r"name ([0-9a-f]{8})\.", page.content.decode())
    assert reference
    assert "staff pages" not in page.content.decode()
    assert any(reference[1] in line for line in lines)


@pytest.mark.parametrize(("role", "status", "words"), [("author", 403, "not open to you"), ("", 404, "no such page")])
def test_a_page_that_is_not_theirs_or_not_there_stays_among_the_staff_s(
    staff: Client, rows: dict[str, int], role: str, status: int, words: str
) -> None:
    address = "/staff/nowhere/" if status == 404 else reverse("admin:booking_consultationrequest_changelist")
    if role:
        staff.force_login(User.objects.create_user("leo", is_staff=True))
    page = staff.get(address)
    assert page.status_code == status
    assert words in page.content.decode()
    assert "Back to the staff pages" in page.content.decode()
