"""The buttons: what they do, to whom they show, and what they say when somebody else was faster."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import workflow
from booking.models import ConsultationRequest, OutboxMessage
from tests.booking.staff.conftest import MakeRequest
from tests.booking.staff.test_queue_page import SignIn

OUTSIDE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def address(name: str, row: ConsultationRequest) -> str:
    return reverse(f"admin:booking_consultationrequest_{name}", args=[row.pk])


def now_is(row: ConsultationRequest) -> ConsultationRequest:
    return ConsultationRequest.objects.get(pk=row.pk)


def send(browser: Client, name: str, row: ConsultationRequest, **answers: Any) -> HttpResponse:
    return browser.post(address(name, row), {"version": now_is(row).version} | answers)


def test_front_desk_takes_calls_and_closes(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row, browser = make_request(), sign_in(ana)
    answer = browser.post(address("take", row), follow=True)
    assert f"{row} is yours now." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == address("change", row)
    assert send(browser, "log_call", row, outcome="reached", note="Wants Tuesday").status_code == 302
    assert send(browser, "close", row, outcome="visit").status_code == 302
    assert (now_is(row).state, now_is(row).outcome) == ("closed", "visit")
    assert not LogEntry.objects.filter(object_repr__contains="Zzyx").exists()


def test_whoever_comes_second_stays_in_the_queue_and_learns_who_was_first(
    sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest
) -> None:
    row = make_request()
    workflow.take(row.pk, by=ben, at=timezone.now())
    answer = sign_in(ana).post(address("take", row), follow=True)
    assert f"{row}: Ben took this at" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("admin:booking_consultationrequest_changelist")
    assert now_is(row).claimed_by == ben


def test_a_move_returns_to_the_view_that_it_came_from(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row = make_request()
    workflow.take(row.pk, by=ana, at=timezone.now())
    answer = sign_in(ana).post(
        address("close", row) + "?_changelist_filters=view%3Dmine", {"version": 2, "outcome": "visit"}
    )
    assert answer.headers["Location"].endswith("?view=mine")


@pytest.mark.parametrize("name", ["take", "log_call", "hand_over", "close", "change"])
def test_looking_changes_nothing(sign_in: SignIn, ana: Any, make_request: MakeRequest, name: str) -> None:
    row = make_request()
    sign_in(ana).get(address(name, row))
    assert (now_is(row).version, now_is(row).claimed_by, row.events.count()) == (1, None, 1)


def test_a_move_made_too_late_keeps_the_note_and_tells_what_happened(
    sign_in: SignIn, ana: Any, mia: Any, make_request: MakeRequest
) -> None:
    row, browser = make_request(), sign_in(ana)
    workflow.take(row.pk, by=ana, at=timezone.now())
    workflow.log_call(row.pk, outcome="no_answer", by=ana, at=timezone.now())
    answer = browser.post(address("log_call", row), {"version": 2, "outcome": "reached", "note": "a long note"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "You logged a call at" in html
    assert "a long note</textarea>" in html
    assert 'name="version" value="3"' in html
    assert row.events.filter(kind="called").count() == 1


def test_who_lost_the_request_can_still_copy_the_note(
    sign_in: SignIn, ana: Any, ben: Any, mia: Any, make_request: MakeRequest
) -> None:
    row = make_request()
    workflow.take(row.pk, by=ana, at=timezone.now())
    workflow.hand_over(row.pk, to=ben, note="Ana is ill", by=mia, at=timezone.now())
    html = sign_in(ana).post(address("close", row), {"version": 2, "outcome": "visit", "note": "mine"}).content.decode()
    assert "Mia handed this to Ben" in html
    assert "readonly>mine</textarea>" in html
    assert "Close the request" not in html


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("log_call", {}, "Choose how the call went"),
        ("close", {}, "Choose how it ended"),
        ("close", {"outcome": "declined"}, "Write in a few words why"),
        ("hand_over", {"note": "please"}, "Choose a colleague"),
        ("hand_over", {"to": "ben"}, "Write a note"),
        ("hand_over", {"to": "leo", "note": "please"}, "Choose a colleague from the list"),
    ],
)
def test_what_is_missing_is_asked_for_in_words(
    sign_in: SignIn, ana: Any, ben: Any, leo: Any, make_request: MakeRequest, name: str, answers: dict, words: str
) -> None:
    row, people = make_request(), {"ben": ben.pk, "leo": leo.pk}
    workflow.take(row.pk, by=ana, at=timezone.now())
    answer = send(sign_in(ana), name, row, **{key: people.get(value, value) for key, value in answers.items()})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert now_is(row).version == 2


def test_handing_over_gives_it_to_the_colleague(sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest) -> None:
    row = make_request()
    workflow.take(row.pk, by=ana, at=timezone.now())
    send(sign_in(ana), "hand_over", row, to=ben.pk, note="Asks about tablets")
    assert now_is(row).claimed_by == ben


def test_a_form_from_elsewhere_moves_nothing(ana: Any, make_request: MakeRequest) -> None:
    row, browser = make_request(), Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    assert browser.post(address("take", row)).status_code == 403
    assert now_is(row).claimed_by is None


def test_the_page_of_a_request_shows_everything_at_a_glance(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    row = make_request(
        urgent_signs="still_asking", priority=1, message="I knit <b>", email="zzyx@example.org",
        needs=["interpreter"], interpreter_language="Tigrinya",
    )  # fmt: skip
    OutboxMessage.objects.create(
        request=row, kind="acknowledgement", queued_at=row.received_at, send_after=row.received_at,
        failed_at=timezone.now(),
    )  # fmt: skip
    workflow.take(row.pk, by=ana, at=timezone.now())
    workflow.log_call(row.pk, outcome="no_answer", note="rang out", by=ana, at=timezone.now())
    html = sign_in(ana).get(address("change", row)).content.decode()
    for words in (
        "Zzyx Testperson", 'href="tel:+15550100"', 'href="mailto:zzyx@example.org"', "Do not leave a message.",
        "Urgent signs.", "Knee", "Tue, Thu · morning", "Tigrinya", "I knit &lt;b&gt;", "You may use what I wrote",
        "Call logged: No answer", "rang out", "1 try, last today", "Could not be delivered",
    ):  # fmt: skip
        assert words in html, words


@pytest.mark.parametrize("typed", ["416-555-0123 ext. 45", "416 555 0123 x45", "416 555 0123 #45"])
def test_staff_dial_the_number_and_see_the_extension(
    sign_in: SignIn, ana: Any, make_request: MakeRequest, settings: Any, typed: str
) -> None:
    country = replace(settings.CLINIC.country, code="CA")
    settings.CLINIC = replace(settings.CLINIC, country=country)
    row = make_request(phone=typed, claimed_by=ana, claimed_at=timezone.now())
    for page in ("change", "log_call"):
        html = sign_in(ana).get(address(page, row)).content.decode()
        assert 'href="tel:+14165550123"' in html
        assert "</a>, extension 45" in html


@pytest.mark.parametrize(("whom", "words"), [
    ("helper", "Ask for Qwerty Helper, who asked for Zzyx Testperson."),
    ("person", "Ask for Zzyx Testperson. Qwerty Helper asked for them."),
])  # fmt: skip
def test_staff_read_whom_to_ask_for(
    sign_in: SignIn, ana: Any, make_request: MakeRequest, whom: str, words: str
) -> None:
    row = make_request(
        name="Zzyx Testperson", who_for="adult", helper_name="Qwerty Helper", contact_whom=whom,
        claimed_by=ana, claimed_at=timezone.now(),
    )  # fmt: skip
    for page in ("change", "log_call"):
        assert words in sign_in(ana).get(address(page, row)).content.decode()


def test_an_error_of_choices_stands_on_their_group(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row = make_request(claimed_by=ana, claimed_at=timezone.now())
    html = sign_in(ana).post(address("log_call", row), {"version": row.version}).content.decode()
    assert '<fieldset role="radiogroup" aria-invalid="true"' in html
    assert not re.search(r"<input[^>]+aria-invalid", html)


def test_a_colleagues_request_offers_no_move_and_says_whom_to_ask(
    sign_in: SignIn, ana: Any, ben: Any, mia: Any, make_request: MakeRequest
) -> None:
    row = make_request()
    workflow.take(row.pk, by=ben, at=timezone.now())
    html = sign_in(ana).get(address("change", row)).content.decode()
    assert "Ask Ben, or a manager" in html
    assert ">Log a call<" not in html
    assert ">Hand over<" in sign_in(mia).get(address("change", row)).content.decode()


def test_no_staff_page_carries_style_or_script_of_its_own(sign_in: SignIn, mia: Any, make_request: MakeRequest) -> None:
    row = make_request()
    workflow.take(row.pk, by=mia, at=timezone.now())
    browser = sign_in(mia)
    pages = [address(name, row) for name in ("change", "log_call", "hand_over", "close")]
    pages += [reverse("admin:booking_consultationrequest_changelist") + query for query in ("", "?view=closed")]
    pages += [reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add"), reverse("admin:password_change")]
    for page in (*pages, reverse("admin:auth_user_change", args=[mia.pk])):
        html = browser.get(page).content.decode()
        assert not OUTSIDE.search(html), (page, OUTSIDE.search(html))
        assert html.count("<h1") == 1, page
    login = Client().get(reverse("admin:login")).content.decode()
    assert not OUTSIDE.search(login)
    assert "<h1>Sign in</h1>" in login


def test_a_request_that_does_not_exist_is_not_found(sign_in: SignIn, ana: Any) -> None:
    for name in ("change", "log_call", "take"):
        assert sign_in(ana).post(reverse(f"admin:booking_consultationrequest_{name}", args=[999])).status_code == 404
