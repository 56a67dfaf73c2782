"""What we promised not to keep is gone in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from booking import housekeeping, workflow
from booking.models import ConsultationRequest, Draft, Event, RateCount, SearchKey
from tests.booking.people import ask, fill

pytestmark = pytest.mark.django_db


def test_drafts_go_after_their_day(client: Client) -> None:
    fill(client)
    now = timezone.now()
    assert housekeeping.sweep(at=now + timedelta(hours=23)).drafts == 0
    assert housekeeping.sweep(at=now + timedelta(hours=24, minutes=1)).drafts == 1
    assert not Draft.objects.exists()


def test_counts_go_after_their_hour(client: Client) -> None:
    fill(client)
    assert housekeeping.sweep(at=timezone.now() + timedelta(hours=2)).counts == 1
    assert not RateCount.objects.exists()


def test_closed_requests_go_after_their_days_with_all_that_hangs_on_them(client: Client, settings: Any) -> None:
    settings.RETENTION_DAYS = 30
    request = ask(client)
    now = timezone.now()
    workflow.withdraw(request.pk, at=now)
    assert housekeeping.sweep(at=now + timedelta(days=29)).requests == 0
    assert str(housekeeping.sweep(at=now + timedelta(days=30))).endswith("1 closed requests deleted")
    for model in (ConsultationRequest, Event, SearchKey):
        assert not model.objects.exists()


def test_open_requests_stay_however_old_they_are(client: Client) -> None:
    ask(client)
    housekeeping.sweep(at=timezone.now() + timedelta(days=4000))
    assert ConsultationRequest.objects.count() == 1
