"""Whatever can happen to a request, every page of it opens and says what happened."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import outbox, workflow
from booking.crypto import keyed_hash
from booking.models import ConsultationRequest, Event, OutboxMessage
from booking.models.request import link_token
from tests.booking.people import ask
from tests.booking.staff.conftest import MakeRequest
from tests.booking.staff.every import COLUMNS, add, every_event, open_all
from tests.booking.staff.test_queue_page import SignIn

pytestmark = pytest.mark.django_db
EMAIL = {"channel": "email", "email": "zzyx@example.org", "phone": "", "voicemail": ""}


def reachable(row: ConsultationRequest) -> ConsultationRequest:
    """Let the patient's own page find an invented request."""
    ConsultationRequest.objects.filter(pk=row.pk).update(token_hash=keyed_hash("link", link_token(row.link_seed)))
    return row


@pytest.mark.parametrize("state", ["unclaimed", "mine", "closed"])
@pytest.mark.parametrize("channel", [{}, EMAIL], ids=["phone", "email"])
def test_every_page_opens_over_every_event(
    sign_in: SignIn, mia: Any, make_request: MakeRequest, channel: dict[str, Any], state: str
) -> None:
    row, browser = reachable(make_request(**channel)), sign_in(mia)
    if state != "unclaimed":
        workflow.take(row.pk, by=mia, at=timezone.now())
    if state == "closed":
        workflow.close(row.pk, outcome="visit", by=mia, at=timezone.now())
    titles = set()
    for event in every_event():
        if event["kind"] == "corrected" and row.events.filter(kind="corrected").exists():
            continue
        add(row, event, note="kept in words")
        titles.add(str(Event.Kind(event["kind"]).label))
    page = reverse("admin:booking_consultationrequest_change", args=[row.pk])
    text = open_all(browser, row)[page]
    assert [title for title in titles if title not in text and title != "Call logged"] == []
    for value in Event.CallOutcome if not channel else ():
        assert f"Call logged: {value.label}" in text


@pytest.mark.parametrize("event", every_event(), ids=lambda event: "-".join(event.values()))
def test_every_event_alone_is_told_as_the_last_that_happened(
    sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest, event: dict[str, Any]
) -> None:
    row = make_request()
    workflow.take(row.pk, by=ben, at=timezone.now())
    add(row, event)
    answer = sign_in(ana).post(
        reverse("admin:booking_consultationrequest_log_call", args=[row.pk]), {"version": 1, "outcome": "reached"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize("sink", ["locmem.EmailBackend", "refuses"])
def test_a_request_opens_after_its_mail_went_out_or_was_given_up(
    client: Client, sign_in: SignIn, mia: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, sink: str
) -> None:
    settings.EMAIL_HOST, settings.STAFF_NOTICE_EMAILS = "127.0.0.1", ["desk@example.org"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = ask(client)
    if sink == "refuses":
        monkeypatch.setattr(outbox, "MINUTES", ())
        monkeypatch.setattr(outbox, "_send", lambda *_args: 1 / 0)
    outbox.deliver_due(at=timezone.now())
    told = "Message sent" if sink != "refuses" else "Message could not be sent"
    page = reverse("admin:booking_consultationrequest_change", args=[row.pk])
    text = open_all(sign_in(mia), row)[page]
    assert f"{told}: Acknowledgement to the patient" in text
    assert f"{told}: Notice to staff" in text


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("kind", Event.Kind.values)
def test_no_column_can_be_filled_by_a_kind_that_it_does_not_belong_to(
    make_request: MakeRequest, column: str, kind: str
) -> None:
    row, its = make_request(), COLUMNS[column]
    wrong: list[str] = ["", "forgotten"] if kind in its["kinds"] else list(its["values"])
    for value in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            add(row, {"kind": kind, column: value})


def test_every_trouble_of_a_message_is_told_in_words(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    for trouble in OutboxMessage.Trouble:
        row, now = make_request(), timezone.now()
        message = OutboxMessage.objects.create(
            request=row, kind="staff_notice", queued_at=now, send_after=now, trouble=trouble
        )
        page = reverse("admin:booking_consultationrequest_change", args=[row.pk])
        assert f"{trouble.label}. We try again." in sign_in(ana).get(page).content.decode()
        OutboxMessage.objects.filter(pk=message.pk).update(failed_at=now)
        assert "Reach them another way." in sign_in(ana).get(page).content.decode()
