"""The people of an invented clinic, and requests of people who do not exist."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from booking.models import ConsultationRequest, Event
from clinic_site.roles import create_roles

MakePerson = Callable[..., Any]
MakeRequest = Callable[..., ConsultationRequest]


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """Return a function that gives somebody an account in a role ("" for none)."""
    create_roles(apps)  # a test with real transactions empties the tables, groups too

    def make(first_name: str, role: str = "Front desk", **more: Any) -> Any:
        person = get_user_model().objects.create_user(
            first_name.lower(), password="invented", is_staff=True, first_name=first_name, **more
        )
        if role:
            person.groups.add(Group.objects.get(name=role))
        return person

    return make


@pytest.fixture
def ana(make_person: MakePerson) -> Any:
    """Ana sits at the front desk."""
    return make_person("Ana")


@pytest.fixture
def ben(make_person: MakePerson) -> Any:
    """Ben is a clinician who also works the queue."""
    return make_person("Ben", "Clinician")


@pytest.fixture
def mia(make_person: MakePerson) -> Any:
    """Mia manages the clinic."""
    return make_person("Mia", "Manager")


@pytest.fixture
def leo(make_person: MakePerson) -> Any:
    """Leo writes pages and has no business with patients."""
    return make_person("Leo", "Author")


def new_request(**answers: Any) -> ConsultationRequest:
    """Keep a request of an invented person, with its first event."""
    at: datetime = answers.pop("received_at", timezone.now())
    asked: dict[str, Any] = {
        "send_key": uuid.uuid4(),
        "link_seed": uuid.uuid4(),
        "token_hash": uuid.uuid4().hex,
        "reply_by": at + timedelta(days=2),
        "due_at": at + timedelta(days=2),
        "who_for": "me",
        "area": "knee",
        "name": "Zzyx Testperson",
        "channel": "phone",
        "phone": "+1 555 0100",
        "voicemail": "no",
        "call_times": ["morning"],
        "days": ["tuesday", "thursday"],
        "dayparts": ["morning"],
        "consent_text": "You may use what I wrote to answer me.",
        "consented_at": at,
    }
    kept = ConsultationRequest.objects.create(received_at=at, **asked | answers)
    Event.objects.create(request=kept, kind=Event.Kind.RECEIVED, at=at)
    return kept


@pytest.fixture
def make_request(db: None) -> MakeRequest:
    """Return the function that keeps a request."""
    return new_request


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """Return a function that opens a browser in which somebody has signed in (None: nobody has)."""

    def browser(person: Any) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return browser
