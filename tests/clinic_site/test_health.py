"""The monitor learns whether patients can be served, and if not, why."""

import uuid
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from booking.models import Draft


@pytest.mark.django_db
def test_a_sound_site_is_alive_and_ready(client: Client) -> None:
    assert client.get("/healthz").content == b"alive\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_keys_that_cannot_read_the_requests_are_told(client: Client, settings: Settings) -> None:
    now = timezone.now()
    Draft.objects.create(
        cookie_hash="x", send_key=uuid.uuid4(), answers={"a": "b"}, started_at=now, expires_at=now + timedelta(hours=1)
    )
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content == b"keys: FIELD_KEYS cannot read what is stored\n"


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'booking'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.startswith(b"migrations: ")
