"""What older versions of the site stored is kept in the shape of today."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from booking.crypto import keyed_hash
from booking.models import ConsultationRequest, Event
from booking.models.request import link_token

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OLD = "0002_reminders_of_reviews"
STORED = {
    ("received", ""): ("received", "", "", ""),
    ("taken", ""): ("taken", "", "", ""),
    ("called", "no_answer"): ("called", "no_answer", "", ""),
    ("called", "reached"): ("called", "reached", "", ""),
    ("closed", "visit"): ("closed", "", "visit", ""),
    ("withdrawn", "withdrawn"): ("withdrawn", "", "withdrawn", ""),
    ("message_sent", "staff_notice"): ("message_sent", "", "", "staff_notice"),
    ("message_failed", "acknowledgement"): ("message_failed", "", "", "acknowledgement"),
    ("closed", "gone"): ("closed", "", "visit", ""),  # the request knows better
    ("called", "gone"): ("noted", "", "", ""),
    ("message_sent", "visit"): ("noted", "", "", ""),
    ("dreamt", "of"): ("noted", "", "", ""),
}
"""What an event held, and what it holds now: kind, and the columns of a call, a closing and a message."""


def migrate(name: str) -> Any:
    """Bring the tables to a migration of booking, and return the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate([("booking", name)])
    return MigrationExecutor(connection).loader.project_state([("booking", name)]).apps


@pytest.fixture
def old() -> Iterator[Any]:
    """Return the models of the older version."""
    yield migrate(OLD)
    call_command("migrate", verbosity=0)


def test_an_events_outcome_moves_to_the_column_of_its_kind_and_back(old: Any) -> None:
    seed = uuid.uuid4()
    request = old.get_model("booking", "ConsultationRequest").objects.create(
        send_key=uuid.uuid4(), link_seed=seed, token_hash=keyed_hash("link", link_token(seed)), received_at=AT,
        reply_by=AT, due_at=AT, state="closed", outcome="visit", closed_at=AT,
        who_for="me", name="Zzyx", channel="phone", consented_at=AT,
    )  # fmt: skip
    for kind, outcome in STORED:
        old.get_model("booking", "Event").objects.create(
            request=request, kind=kind, outcome=outcome, at=AT, note="as typed", to_name="Ben"
        )
    call_command("migrate", verbosity=0)
    events = list(Event.objects.order_by("pk"))
    now = [(each.kind, each.call_outcome, each.closing_outcome, each.message_kind) for each in events]
    assert now == list(STORED.values())
    assert all(event.note.endswith("as typed") for event in events)
    assert events[-1].note == "An older version of the site wrote: dreamt of\nas typed"
    assert ConsultationRequest.objects.get().name == "Zzyx"
    back = migrate(OLD).get_model("booking", "Event").objects.order_by("pk").values_list("kind", "outcome")
    assert list(back)[:9] == [*list(STORED)[:8], ("closed", "visit")]
