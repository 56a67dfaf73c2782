"""A sealed column that cannot be read is that column's trouble: every page opens, everybody else goes on."""

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import outbox, search_keys, workflow
from booking.fields import MARK, Unreadable, unreadable_fields
from booking.models import ConsultationRequest, Draft, Event, OutboxMessage, SearchKey
from tests.booking.people import ask, draft_of, fill
from tests.booking.staff.conftest import MakeRequest
from tests.booking.staff.every import open_all
from tests.booking.staff.test_every_event import reachable
from tests.booking.staff.test_moves_in_the_admin import address, send
from tests.booking.staff.test_queue_page import SignIn

pytestmark = pytest.mark.django_db
PERSONAL = sorted(ConsultationRequest.Privacy.personal)
EVERYTHING: dict[str, Any] = {
    "email": "zzyx@example.org",
    "needs": ["interpreter"],
    "interpreter_language": "Elvish",
    "message": "Please ring twice",
    "urgent_signs": "still_asking",
    "priority": 1,
}
DAMAGE = {
    "six letters changed": lambda sealed: sealed[:30] + "AAAAAA" + sealed[36:],
    "cut short": lambda sealed: sealed[:20],
    "never sealed": lambda _sealed: "Zzyx",
    "no letters of ours": lambda _sealed: MARK + "ü–",
}


def stored(row: Model, field: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def damage(row: Model, field: str, how: str = "six letters changed") -> str:
    """Change a column behind Django's back, and return what stands there now."""
    broken = DAMAGE[how](stored(row, field))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {field} = %s WHERE id = %s", [broken, row.pk])
    return broken


@pytest.fixture
def rows(make_request: MakeRequest, mia: Any) -> tuple[ConsultationRequest, ConsultationRequest]:
    """Return a request to damage, and a sound one; Mia has both."""
    found = [reachable(make_request(**EVERYTHING | {"name": name})) for name in ("Zzyx Testperson", "Quill Sampleton")]
    for row in found:
        SearchKey.objects.bulk_create(search_keys.rows(row))
        workflow.take(row.pk, by=mia, at=timezone.now())
        workflow.log_call(row.pk, outcome="no_answer", note="rang out", by=mia, at=timezone.now())
    return found[0], found[1]


@pytest.mark.parametrize("field", PERSONAL)
def test_every_page_opens_and_says_what_cannot_be_read(
    sign_in: SignIn, mia: Any, rows: tuple[ConsultationRequest, ConsultationRequest], field: str
) -> None:
    bad, sound = rows
    broken, browser = damage(bad, field), sign_in(mia)
    texts = open_all(browser, bad)
    page = texts[address("change", bad)]
    assert "Part of this request cannot be read" in page
    assert "Tell whoever runs the site" in page
    assert "Part of what you wrote cannot be read any more" in texts[bad.get_private_url()]
    assert broken not in str(texts)
    for page in ("", "?view=mine", "?view=everything"):
        listed = texts[reverse("admin:booking_consultationrequest_changelist") + page]
        assert {str(bad), str(sound)} <= set(re.findall(r'<a class="ref"[^>]*>([^<]+)</a>', listed))
        assert "Quill Sampleton" in listed
    found = browser.post(reverse("admin:booking_consultationrequest_find"), {"q": "Quill"}, follow=True)
    assert str(sound) in found.content.decode()
    assert "cannot be read" not in open_all(browser, sound)[address("change", sound)]
    assert send(browser, "log_call", bad, outcome="reached").status_code == 302
    assert send(browser, "close", bad, outcome="visit").status_code == 302
    assert stored(bad, field) == broken


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("field", ["name", "days"])
def test_however_it_was_damaged(
    sign_in: SignIn, mia: Any, rows: tuple[ConsultationRequest, ConsultationRequest], field: str, how: str
) -> None:
    damage(rows[0], field, how)
    assert "cannot be read" in open_all(sign_in(mia), rows[0])[address("change", rows[0])]


def test_a_damaged_note_is_told_in_the_timeline(
    sign_in: SignIn, mia: Any, rows: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    entry = rows[0].events.get(kind="called")
    damage(entry, "note")
    assert '<p class="note">cannot be read</p>' in open_all(sign_in(mia), rows[0])[address("change", rows[0])]


@pytest.mark.parametrize("field", PERSONAL)
def test_what_cannot_be_read_is_never_written_over(make_request: MakeRequest, field: str) -> None:
    row = make_request(**EVERYTHING)
    broken = damage(row, field)
    read = ConsultationRequest.objects.get(pk=row.pk)
    assert unreadable_fields(read) == [field]
    assert isinstance(getattr(read, field), Unreadable)
    read.save()
    assert stored(row, field) == broken


@pytest.mark.parametrize("field", PERSONAL)
def test_the_sender_of_mail_goes_on(client: Client, settings: Any, mailoutbox: list[Any], field: str) -> None:
    settings.EMAIL_HOST, settings.STAFF_NOTICE_EMAILS = "127.0.0.1", ["desk@example.org"]
    bad = ask(client, needs=["interpreter"])
    ask(Client(), email="quill@example.org")
    if stored(bad, field):
        damage(bad, field)
    outbox.deliver_due(at=timezone.now())
    assert [mail.to for mail in mailoutbox].count(["quill@example.org"]) == 1
    waiting = OutboxMessage.objects.waiting()
    assert waiting.count() == (1 if field == "email" else 0)
    assert all(message.leased_until is None for message in waiting)


def test_a_damaged_draft_asks_again_from_the_start(client: Client) -> None:
    fill(client)
    damage(draft_of(client), "answers")
    for page in ("start", "safety", "name", "check"):
        assert client.get(reverse(f"booking:{page}")).status_code in (200, 302, 303)


def test_every_model_with_sealed_columns_is_tried_here() -> None:
    from django.apps import apps

    sealed = {model for model in apps.get_app_config("booking").get_models() if model.Privacy.personal}  # type: ignore[attr-defined]
    assert sealed == {ConsultationRequest, Draft, Event}
