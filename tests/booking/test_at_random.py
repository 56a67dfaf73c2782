"""Whatever is sent in whatever order: no page breaks, and a request is whole or not there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from booking.models import ConsultationRequest, Event
from booking.steps import STEPS
from tests.booking.people import ZZYX, draft_of, fill, send

PLACES = [step.key for step in STEPS] + ["start", "safety_help", "minors", "check", "done", "leave", "begin"]
FIELDS = sorted({name for step in STEPS for name in step.form.base_fields} | {"urgent_signs", "consent", "website"})

words = some.one_of(
    some.text(max_size=30),
    some.sampled_from(
        [str(value) for value in ZZYX.values()] + ["on", "any", "none", "x" * 600, "\x00", "‮", "'\"><b>"]
    ),
)
typed = some.dictionaries(some.sampled_from(FIELDS), some.one_of(words, some.lists(words, max_size=3)), max_size=4)
moves = some.lists(some.tuples(some.sampled_from(PLACES), some.one_of(some.none(), typed)), max_size=8)


class TestWrongTurns(TestCase):
    """Hypothesis wanders about the journey."""

    @given(moves, some.booleans())
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_wandering_about_breaks_nothing(self, steps: list[tuple[str, Any]], is_filled: bool) -> None:
        client = Client()
        if is_filled:
            fill(client)
        for place, answers in steps:
            address = reverse(f"booking:{place}")
            page = client.get(address) if answers is None else client.post(address, answers)
            assert page.status_code in {200, 303, 405, 422}, (place, answers, page.status_code)
        fill(client) if not self.is_sent(client) else None
        send(client)
        for request in ConsultationRequest.objects.all():
            assert request.name
            assert request.email or request.phone
            assert request.events.filter(kind=Event.Kind.RECEIVED).count() == 1

    @staticmethod
    def is_sent(client: Client) -> bool:
        cookie = client.cookies.get("draft")
        return bool(cookie and cookie.value and draft_of(client).request_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE booking_draft; --", "👩🏽‍⚕️ Zzyx", "ᏃᏔ"]
)
def test_strange_names_are_kept_and_shown_as_they_are(client: Client, name: str) -> None:
    fill(client, name=name)
    send(client)
    request = ConsultationRequest.objects.get()
    assert request.name == name.replace("\ufe0f", "\ufe0f")
    assert "<script>alert" not in client.get(reverse("booking:done")).content.decode()
