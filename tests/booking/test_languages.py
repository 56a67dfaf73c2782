"""Somebody asks in Spanish: all pages and errors, the private page and the mail are in Spanish; staff read English."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation

from booking import messages
from booking.models import ConsultationRequest, OutboxMessage
from booking.steps import STEPS
from tests.booking.people import ZZYX, fill, send

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b(?:the|you|your|we|our|and|with|what|please|answer|request|of)\b", re.IGNORECASE)


def ask_in_spanish(client: Client, **answers: Any) -> ConsultationRequest:
    with translation.override("es"):
        fill(client, **answers)
        response = send(client)
    assert response.status_code == 303, response.content.decode()
    assert response["Location"] == "/es/consultation/done/"
    return ConsultationRequest.objects.get()


def words_of(html: str) -> str:
    """Return what people read on a page, without the way to the other language."""
    html = re.sub(r"<(?:a|cite)[^>]*lang=\"en\".*?</(?:a|cite)>", " ", html, flags=re.DOTALL)
    html = re.sub(r"https?://[^\s<]+", " ", html)
    html = re.sub(r"<(?:script|style|svg)\b.*?</(?:script|style|svg)>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<body>")[2]))


def test_the_request_keeps_the_language_in_which_it_was_made(client: Client) -> None:
    request = ask_in_spanish(client)
    assert request.language == "es"
    assert request.consent_text.startswith("Acepto que ")


def test_the_private_page_and_the_mail_are_in_the_language_of_the_request(client: Client) -> None:
    request = ask_in_spanish(client)
    mail = messages.words(OutboxMessage.objects.get(kind="acknowledgement"))
    assert mail.subject == f"Tenemos su solicitud ({request})"
    link = re.search(r"http://[^/]+(/es/request/[^/]+/)\n", mail.body)
    assert link is not None
    assert "Una persona se comunicará con usted a más tardar el" in mail.body
    assert not ENGLISH.search(re.sub(r"https?://\S+", "", mail.body)), mail.body
    page = client.get(link[1]).content.decode()
    assert "<title>Su solicitud</title>" in page
    assert 'href="' + link[1].removeprefix("/es") + '" lang="en"' in page
    assert "Retirar mi solicitud" in page


def test_staff_are_told_in_english(client: Client) -> None:
    ask_in_spanish(client)
    assert messages.words(OutboxMessage.objects.get(kind="staff_notice")).subject == "1 new request"


def test_a_request_in_english_stays_english(client: Client) -> None:
    fill(client)
    send(client)
    request = ConsultationRequest.objects.get()
    assert request.language == "en"
    with translation.override("es"):  # whatever the worker happened to speak last
        mail = messages.words(OutboxMessage.objects.get(kind="acknowledgement"))
    assert "/request/" in mail.body
    assert "/es/" not in mail.body


PAGES = ("start", "safety_help", "minors", "check", "leave", *(step.key for step in STEPS))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_journey_says_anything_in_english(client: Client, page: str, settings: Any) -> None:
    with translation.override("es"):
        area = "head" if page == "about_check" else "shoulder"
        who, channel = "adult" if page == "helper" else "me", "phone" if page == "phone" else "email"
        fill(client, who_for=who, needs=["interpreter"], area=area, channel=channel)
        response = client.get(reverse(f"booking:{page}"))
    assert response.status_code == 200
    assert response["Content-Language"] == "es"
    said = words_of(response.content.decode()).replace(settings.CLINIC.name, "").replace(ZZYX["message"], "")
    assert ENGLISH.findall(said) == [], said


@pytest.mark.parametrize(
    "page", [step.key for step in STEPS if step.key not in {"safety", "about_check", "needs", "message"}]
)
def test_no_error_is_told_in_english(client: Client, page: str, settings: Any) -> None:
    with translation.override("es"):
        who, channel = "adult" if page == "helper" else "me", "phone" if page == "phone" else "email"
        fill(client, who_for=who, needs=["interpreter"], channel=channel)
        response = client.post(reverse(f"booking:{page}"), {})
    assert response.status_code == 422
    words = response.content.decode()
    assert "<title>Error: " in words
    assert "Hay un problema" in words
    assert ENGLISH.findall(words_of(words).replace(settings.CLINIC.name, "")) == []


def test_what_happens_after_sending_is_told_in_spanish(client: Client, settings: Any) -> None:
    request = ask_in_spanish(client)
    for url in ("/es/consultation/done/", "/es/consultation/", "/es/consultation/check/"):
        words = words_of(client.get(url, follow=True).content.decode())
        for told in (settings.CLINIC.name, ZZYX["message"], str(request), *ZZYX["interpreter_language"].split()):
            words = words.replace(told, "")
        assert ENGLISH.findall(words) == [], words


def test_a_form_whose_token_is_stale_is_held_in_spanish(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/es/consultation/who/", {"who_for": "me"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 403
    words = response.content.decode()
    assert "Por favor, presione el botón otra vez" in words
    assert 'action="/es/consultation/who/"' in words


def test_answers_go_along_when_the_language_is_switched(client: Client) -> None:
    with translation.override("es"):
        client.post(reverse("booking:safety"), {})
        client.post(reverse("booking:who"), {"who_for": "me"})
    page = client.get("/consultation/who/").content.decode()
    assert re.search(r'<input[^>]*value="me"[^>]*\schecked', page)
    assert "Who is the consultation for?" in page


def test_dates_are_written_as_in_the_language(client: Client) -> None:
    words = client.get("/es/consultation/").content.decode()
    assert re.search(r"el <strong>(?:lunes|martes|miércoles|jueves|viernes) \d{1,2} de [a-z]+, \d\d:\d\d", words)


def test_staff_see_in_which_language_somebody_asked(client: Client, django_user_model: Any) -> None:
    request = ask_in_spanish(client)
    ana = django_user_model.objects.create_user("ana-testperson", is_staff=True)
    ana.groups.set(Group.objects.filter(name="Front desk"))
    client.force_login(ana)
    page = client.get(reverse("admin:booking_consultationrequest_change", args=[request.pk])).content.decode()
    assert "Asked in Español" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
