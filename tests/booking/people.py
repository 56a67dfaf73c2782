"""People who ask: the answers they give, page by page, through Django's own client."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.given import area_of, is_turned_away
from booking.models import ConsultationRequest, Draft
from booking.steps import Journey, Step

ZZYX: dict[str, Any] = {
    "who_for": "me",
    "area": "shoulder",
    "name": "Zzyx Testperson",
    "helper_name": "Qwerty Helper",
    "contact_whom": "helper",
    "channel": "email",
    "phone": "020 7946 0958",
    "voicemail": "plain",
    "call_times": ["morning"],
    "email": "zzyx@example.org",
    "days": ["tuesday", "thursday"],
    "dayparts": ["morning"],
    "needs": ["quiet"],
    "interpreter_language": "Elvish",
    "message": "Please ring twice, quokka.",
}
"""One invented person's answers to every question there is. Change what a test is about."""


def answer(client: Client, step: str, given: dict[str, Any], *, query: str = "") -> HttpResponse:
    """Fill in one page and press Continue."""
    return client.post(reverse(f"booking:{step}") + query, given)


def fill(client: Client, **answers: Any) -> None:
    """Answer question after question until only checking and sending are left, or the form turns the person away."""
    person = {**ZZYX, **answers}
    answer(client, "safety", {})
    for _page in range(20):
        given = draft_of(client).answers
        step = Journey(given).first_missing()
        if step is None or is_turned_away(given):
            return
        response = answer(client, step.key, fields_of(step, person, given))
        assert response.status_code == 303, (step.key, response.context["form"].errors)
    raise AssertionError("the journey does not end")


def fields_of(step: Step, person: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return what this person writes on one page."""
    if step.key == "about_check":
        return {"shown_for": area_of(given)}
    return {name: person[name] for name in step.form.base_fields}


def send(client: Client) -> HttpResponse:
    """Tick the box and press "Send my request"."""
    return client.post(reverse("booking:check"), {"consent": "on", "website": "", "copy": copy_on_page(client)})


def copy_on_page(client: Client) -> str:
    """Open the check page, and return the sealed copy of the answers that it carries."""
    page = client.get(reverse("booking:check")).content.decode()
    found = re.search('name="copy" value="([^"]*)"', page)
    return found[1] if found else ""


def ask(client: Client, **answers: Any) -> ConsultationRequest:
    """Ask for a consultation from the first page to the confirmation."""
    fill(client, **answers)
    assert send(client).status_code == 303
    request = draft_of(client).request
    assert request is not None
    return request


def draft_of(client: Client) -> Draft:
    """Return the draft behind this browser's cookie."""
    return Draft.objects.for_cookie(client.cookies["draft"].value, timezone.now()).get()
