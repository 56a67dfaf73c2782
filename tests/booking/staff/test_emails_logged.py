"""Somebody who chose e-mail is written to, not called: the same moves in fitting words."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from booking import workflow
from tests.booking.staff.conftest import MakeRequest
from tests.booking.staff.test_moves_in_the_admin import address, now_is, send
from tests.booking.staff.test_queue_page import QUEUE, SignIn

pytestmark = pytest.mark.django_db
WRITES = {"channel": "email", "email": "zzyx@example.org", "phone": "", "voicemail": ""}


def test_nobody_is_asked_to_call_a_person_without_a_number(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    row, browser = make_request(**WRITES), sign_in(ana)
    workflow.take(row.pk, by=ana, at=timezone.now())
    for page in (reverse(QUEUE), address("change", row), address("log_call", row)):
        html = browser.get(page).content.decode()
        assert "Log an e-mail" in html
        assert "Log a call" not in html
    assert "Wrong number" not in html
    assert send(browser, "log_call", row, outcome="left_message").status_code == 302
    assert "E-mail logged: We wrote to them" in browser.get(address("change", row)).content.decode()


def test_a_stale_form_tells_of_the_e_mail(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row, browser = make_request(**WRITES), sign_in(ana)
    workflow.take(row.pk, by=ana, at=timezone.now())
    send(browser, "log_call", row, outcome="reached")
    answer = browser.post(address("close", row), {"version": 2, "outcome": "visit"})
    assert "You logged an e-mail at" in answer.content.decode()
    assert now_is(row).state == "reached"


def test_a_form_that_is_not_mine_says_whose_it_is(
    sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest
) -> None:
    row = make_request()
    workflow.take(row.pk, by=ana, at=timezone.now())
    assert "Ana has this request." in sign_in(ben).get(address("log_call", row)).content.decode()


def test_a_long_note_is_never_cut_without_a_word(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row, browser = make_request(), sign_in(ana)
    workflow.take(row.pk, by=ana, at=timezone.now())
    html = browser.get(address("log_call", row)).content.decode()
    assert "maxlength" not in html.partition("<textarea")[2].partition(">")[0]
    answer = send(browser, "log_call", row, outcome="reached", note="n" * 2001)
    assert "Shorten the note to 2000 characters; it has 2001" in answer.content.decode()
    assert "n" * 2001 in answer.content.decode()


def test_how_to_call_stands_beside_the_form(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    row = make_request(voicemail="plain", call_times=["afternoon"], interpreter_language="Elvish")
    workflow.take(row.pk, by=ana, at=timezone.now())
    html = sign_in(ana).get(address("log_call", row)).content.decode()
    for words in ("do not say who is calling", "Good time to call: Afternoon", "Interpreter: Elvish"):
        assert words in html
