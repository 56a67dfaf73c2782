"""A note typed for ten minutes survives a sign-in that ended meanwhile."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import workflow
from booking.models import ConsultationRequest
from tests.booking.staff.conftest import MakePerson, MakeRequest

pytestmark = pytest.mark.django_db
NOTE = "Quokka: rings back on Thursday"
LOGIN = "/staff/login/"


@pytest.fixture
def row(make_person: MakePerson, make_request: MakeRequest) -> ConsultationRequest:
    """Ana has taken a request."""
    row = make_request()
    workflow.take(row.pk, by=make_person("Ana"), at=timezone.now())
    return row


def page_of(row: ConsultationRequest) -> str:
    return reverse("admin:booking_consultationrequest_log_call", args=[row.pk])


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))


def send(browser: Client, row: ConsultationRequest, **more: Any) -> Any:
    return browser.post(page_of(row), {"version": 2, "outcome": "no_answer", "note": NOTE, **more})


def sign_in(browser: Client, name: str, given: dict[str, str]) -> Any:
    return browser.post(LOGIN, given | {"username": name, "password": "invented"})


def test_a_note_sent_after_the_sign_in_ended_is_kept_and_sent_on(row: ConsultationRequest) -> None:
    browser = Client()
    answer = send(browser, row)
    assert answer.status_code == 403
    assert NOTE not in answer.content.decode()  # nobody is signed in: the page holds it sealed
    given = hidden(answer.content.decode())
    answer = sign_in(browser, "ana", given)
    assert NOTE in answer.content.decode()
    assert row.events.filter(kind="called").count() == 0
    again = hidden(answer.content.decode())
    assert browser.post(page_of(row), again).status_code == 302
    assert row.events.get(kind="called").note == NOTE


def test_a_wrong_password_keeps_the_note_too(row: ConsultationRequest) -> None:
    browser = Client()
    given = hidden(send(browser, row).content.decode())
    answer = browser.post(LOGIN, given | {"username": "ana", "password": "wrong"})
    assert hidden(answer.content.decode())["kept"] == given["kept"]


def test_somebody_who_may_not_see_it_does_not(row: ConsultationRequest, make_person: MakePerson) -> None:
    make_person("Leo", "Author")
    browser = Client()
    answer = sign_in(browser, "leo", hidden(send(browser, row).content.decode()))
    assert answer.status_code == 302
    assert NOTE not in answer.content.decode()


def test_a_sealed_text_made_by_a_stranger_is_nothing(row: ConsultationRequest) -> None:
    assert sign_in(Client(), "ana", {"kept": "forged", "next": page_of(row)}).status_code == 302


def test_signing_in_again_in_another_tab_loses_nothing(row: ConsultationRequest) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(LOGIN)
    browser.force_login(workflow.workers().get(username="ana"))
    answer = send(browser, row, csrfmiddlewaretoken="x" * 64)
    assert NOTE in answer.content.decode()
    again = hidden(answer.content.decode())
    assert browser.post(page_of(row), again).status_code == 302
    assert row.events.get(kind="called").note == NOTE


def test_a_form_of_another_site_is_not_held(row: ConsultationRequest) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(LOGIN)
    browser.force_login(workflow.workers().get(username="ana"))
    answer = browser.post(page_of(row), {"note": NOTE}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert NOTE not in answer.content.decode()


def test_no_password_is_ever_held() -> None:
    answer = Client().post("/staff/password_change/", {"old_password": "tell-nobody", "new_password1": "nor-this"})
    assert answer.status_code == 302
