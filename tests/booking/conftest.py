"""What the tests of the request share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

Change = Callable[..., None]

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def clinic(settings: Settings) -> Change:
    """Change what is known of the clinic: `clinic(telephone="…")`, `clinic(country={"code": "GB"})`."""

    def change(**facts: Any) -> None:
        known = django_settings.CLINIC
        if "country" in facts:
            facts["country"] = replace(known.country, **facts["country"])
        settings.CLINIC = replace(known, **facts)

    return change
