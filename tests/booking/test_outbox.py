"""Messages go out at least once, at most twice, and carry nothing about anybody's health."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from booking import intake, messages, outbox
from booking.models import ConsultationRequest, Event, OutboxMessage
from tests.booking import people
from tests.booking.people import ZZYX, draft_of, fill

pytestmark = pytest.mark.django_db


class Postman:
    """A mail server's behaviour, changed by each test."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.answer = "250 taken"
        self.answer_address = "250 fine"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_address

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250") or self.answer == "lost":
            self.mails.append(message_from_bytes(envelope.content))
        if self.answer in {"dies", "lost"}:
            server.transport.abort()
        return "250 taken" if self.answer in {"dies", "lost"} else self.answer


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Postman()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 2
    yield handler
    controller.stop()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def ask(client: Client, **answers: Any) -> ConsultationRequest:
    """Ask, and keep one message to look at: the acknowledgement, or with `channel="phone"` the notice to staff."""
    request = people.ask(client, **answers)
    if request.channel == "email":
        request.messages.filter(kind=OutboxMessage.Kind.STAFF_NOTICE).delete()
    return request


def body(mail: Message) -> str:
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_the_acknowledgement_names_reference_date_and_link_and_nothing_else(
    client: Client, postman: Postman, now: datetime
) -> None:
    request = ask(client)
    assert outbox.deliver_due(at=now + timedelta(minutes=1)).sent == 1
    (mail,) = postman.mails
    assert mail["Subject"] == f"We have your request ({request})"
    assert mail["To"] == "zzyx@example.org"
    assert request.get_private_url() in body(mail)
    assert "A person will contact you by" in body(mail)
    assert len(body(mail).split()) <= 120
    for typed in ("Zzyx", "Testperson", "shoulder", "quokka", "pain", "treatment", "PIT"):
        assert typed.lower() not in (body(mail) + mail["Subject"]).lower().replace(request.get_private_url(), "")
    assert request.events.filter(kind=Event.Kind.MESSAGE_SENT).count() == 1


def test_the_notice_tells_staff_to_sign_in_and_nothing_else(
    client: Client, postman: Postman, now: datetime, settings: Any
) -> None:
    settings.STAFF_NOTICE_EMAILS = ["desk@example.org"]
    request = ask(client, channel="phone")
    outbox.deliver_due(at=now + timedelta(minutes=1))
    (mail,) = postman.mails
    assert "You have 1 new request. Sign in to read it." in body(mail)
    for secret in (str(request), ZZYX["name"], ZZYX["phone"], request.link_token):
        assert secret not in body(mail) + mail["Subject"]


def test_the_notice_goes_to_all_who_work_the_queue_while_the_clinic_has_not_said_whom(
    client: Client, postman: Postman, now: datetime
) -> None:
    for name, role in (("ana", "Front desk"), ("arlo", "Author")):
        person = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
        person.groups.add(Group.objects.get(name=role))
    ask(client, channel="phone")
    outbox.deliver_due(at=now + timedelta(minutes=1))
    assert [mail["To"] for mail in postman.mails] == ["ana@example.org"]


def test_a_colleague_whose_address_libraries_misread_keeps_the_notice_from_nobody(
    client: Client, postman: Postman, now: datetime
) -> None:
    for name, address in (("ana", "ana@example.org"), ("ben", "=?utf-8?q??=@example.com")):
        person = User.objects.create_user(name, address, is_staff=True)
        person.groups.add(Group.objects.get(name="Front desk"))
    ask(client, channel="phone")
    assert outbox.deliver_due(at=now + timedelta(minutes=1)).sent == 1
    assert [mail["To"] for mail in postman.mails] == ["ana@example.org"]


def test_a_notice_with_nobody_to_tell_waits(client: Client, postman: Postman, now: datetime) -> None:
    request = ask(client, channel="phone")
    assert outbox.deliver_due(at=now + timedelta(minutes=1)).postponed == 1
    assert request.messages.get().trouble == "nobody to tell"


def test_a_sent_message_is_not_sent_again(client: Client, postman: Postman, now: datetime) -> None:
    ask(client)
    later = now + timedelta(minutes=1)
    outbox.deliver_due(at=later)
    assert outbox.deliver_due(at=later + timedelta(days=1)).sent == 0
    assert len(postman.mails) == 1


def test_without_a_mail_server_messages_wait_and_lose_no_patience(client: Client, settings: Any, now: datetime) -> None:
    settings.EMAIL_HOST = ""
    ask(client)
    for day in range(10):
        outbox.deliver_due(at=now + timedelta(days=day + 1))
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.failed_at, message.sent_at) == (0, None, None)


@pytest.mark.parametrize("trouble", ["451 later", "554 no", "dies"])
def test_a_server_in_trouble_is_asked_again_and_then_takes_it(
    client: Client, postman: Postman, now: datetime, trouble: str
) -> None:
    ask(client)
    postman.answer = trouble
    at = now + timedelta(minutes=1)
    assert outbox.deliver_due(at=at).postponed == 1
    assert outbox.deliver_due(at=at).postponed == 0, "the pause is kept"
    postman.answer = "250 taken"
    assert outbox.deliver_due(at=at + timedelta(minutes=1)).sent == 1
    assert len(postman.mails) == 1


def test_a_mail_whose_receipt_is_lost_comes_twice_at_most_under_one_id(
    client: Client, postman: Postman, now: datetime
) -> None:
    ask(client)
    postman.answer = "lost"
    at = now + timedelta(minutes=1)
    outbox.deliver_due(at=at)
    postman.answer = "250 taken"
    outbox.deliver_due(at=at + timedelta(minutes=2))
    outbox.deliver_due(at=at + timedelta(days=1))
    assert len(postman.mails) == 2
    assert len({mail["Message-ID"] for mail in postman.mails}) == 1


def test_nobody_listening_costs_time_only(client: Client, postman: Postman, now: datetime, settings: Any) -> None:
    ask(client)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    at = now + timedelta(minutes=1)
    assert outbox.deliver_due(at=at).postponed == 1
    assert OutboxMessage.objects.get().trouble == "no connection"
    settings.EMAIL_PORT = port
    assert outbox.deliver_due(at=at + timedelta(minutes=1)).sent == 1


def test_a_server_that_stalls_does_not_hold_the_others_up(client: Client, now: datetime, settings: Any) -> None:
    ask(client)
    ask(Client())
    with socket.create_server(("127.0.0.1", 0)) as stalls:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", stalls.getsockname()[1]
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_TIMEOUT = 0.2
        report = outbox.deliver_due(at=now + timedelta(minutes=1))
    assert report.postponed == 1, "an unwell server ends the round"
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 1]


def test_after_three_days_of_trying_it_is_given_up_for_all_to_see(
    client: Client, postman: Postman, now: datetime
) -> None:
    request = ask(client)
    postman.answer = "451 later"
    at = first = now + timedelta(minutes=1)
    while OutboxMessage.objects.waiting().exists():
        at = max(at, OutboxMessage.objects.get().send_after)
        outbox.deliver_due(at=at)
    assert timedelta(days=2.5) < at - first < timedelta(days=3.5)
    assert OutboxMessage.objects.get().failed_at == at
    assert request.events.filter(kind=Event.Kind.MESSAGE_FAILED).count() == 1


def test_an_address_that_does_not_exist_is_given_up_sooner(client: Client, postman: Postman, now: datetime) -> None:
    ask(client)
    postman.answer_address = "550 unknown"
    at = now
    for _try in range(4):
        at += timedelta(hours=1)
        outbox.deliver_due(at=at)
    assert OutboxMessage.objects.get().failed_at == at


def test_a_worker_that_died_while_sending_is_relieved_after_its_lease(
    client: Client, postman: Postman, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)
    at = now + timedelta(minutes=1)

    def die(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "_write_down_sent", die)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver_due(at=at)
    monkeypatch.undo()
    assert outbox.deliver_due(at=at).sent == 0, "the lease holds"
    assert outbox.deliver_due(at=at + outbox.LEASE).sent == 1
    assert len(postman.mails) == 2


def test_a_message_that_cannot_be_written_does_not_hold_the_others_up(
    client: Client, postman: Postman, now: datetime
) -> None:
    request = ask(client)
    ask(Client())
    request.email = "zzyx@example.org\nBcc: everybody@example.org"
    request.save()
    report = outbox.deliver_due(at=now + timedelta(minutes=1))
    assert (report.sent, report.postponed) == (1, 1)
    assert len(postman.mails) == 1


def test_two_workers_do_not_take_the_same_message(client: Client, now: datetime) -> None:
    ask(client)
    at = now + timedelta(minutes=1)
    pk = OutboxMessage.objects.get().pk
    assert outbox._lease(pk, at) is not None
    assert outbox._lease(pk, at) is None


def test_what_is_rolled_back_is_never_mailed(client: Client, postman: Postman, now: datetime) -> None:
    fill(client)
    with transaction.atomic():
        intake.submit(draft=draft_of(client), consent_text="", at=now)
        transaction.set_rollback(True)
    outbox.deliver_due(at=now + timedelta(minutes=1))
    assert postman.mails == []


def test_no_address_is_logged(
    client: Client, postman: Postman, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    ask(client)
    postman.answer_address = "550 zzyx@example.org is unknown"
    outbox.deliver_due(at=now + timedelta(minutes=1))
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # that is the test's server
    assert any("address refused" in line for line in ours)
    assert "zzyx" not in str(ours)
    assert "zzyx" not in OutboxMessage.objects.get().trouble


def test_an_apostrophe_stays_an_apostrophe(client: Client, clinic: Any) -> None:
    clinic(name="O'Test & Partners")
    ask(client)
    assert "O'Test & Partners" in messages.words(OutboxMessage.objects.get()).body


def test_an_address_that_libraries_read_otherwise_is_one_messages_trouble(
    client: Client, postman: Postman, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned = [ask(Client(), email=f"zzyx{number}@example.org") for number in range(3)]
    for row, address in zip(
        poisoned, ("=?utf-8?q??=@example.com", "=?utf-8?q?eve=40evil?=@example.com", "zz yx@x"), strict=True
    ):
        row.email = address
        row.save()
    ask(client)
    at = now + timedelta(minutes=1)
    report = outbox.deliver_due(at=at)
    assert (report.sent, report.postponed) == (1, 3)
    assert [mail["To"] for mail in postman.mails] == ["zzyx@example.org"]
    stuck = OutboxMessage.objects.waiting()
    assert set(stuck.values_list("trouble", "leased_until")) == {(OutboxMessage.Trouble.NOT_WRITTEN, None)}
    while stuck.exists():
        at = max(at, *stuck.values_list("send_after", flat=True))
        outbox.deliver_due(at=at)
    assert timedelta(days=2.5) < at - now < timedelta(days=3.5)
    assert Event.objects.filter(kind=Event.Kind.MESSAGE_FAILED, message_kind="acknowledgement").count() == 3
    assert "evil" not in caplog.text


@pytest.mark.parametrize("place", ["_written", "_send"])
@pytest.mark.parametrize("error", [IndexError, UnicodeError, TypeError, RecursionError, AssertionError, KeyError])
def test_whatever_one_message_raises_the_others_go_out(
    client: Client, postman: Postman, now: datetime, monkeypatch: pytest.MonkeyPatch, place: str, error: type
) -> None:
    bad = ask(client).messages.get()
    ask(Client(), email="quill@example.org")
    whole = getattr(outbox, place)

    def fail(first: Any, *more: Any) -> Any:
        told = first.request.email if place == "_written" else first.to[0]
        if told == "zzyx@example.org":
            raise error("zzyx@example.org")
        return whole(first, *more)

    monkeypatch.setattr(outbox, place, fail)
    report = outbox.deliver_due(at=now + timedelta(minutes=1))
    assert (report.sent, report.postponed) == (1, 1)
    bad.refresh_from_db()
    assert (bad.attempts, bad.leased_until, bad.failed_at) == (1, None, None)
    assert bad.trouble == ("could not be written" if place == "_written" else "could not be sent")


def test_a_database_that_does_not_answer_is_not_the_messages_trouble(
    client: Client, postman: Postman, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)

    def fail(*_args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(outbox, "_written", fail)
    with pytest.raises(DatabaseError):
        outbox.deliver_due(at=now + timedelta(minutes=1))
    assert OutboxMessage.objects.get().trouble == ""


def test_replies_reach_the_clinic_or_the_mail_says_that_nobody_reads_them(
    client: Client, clinic: Any, settings: Any
) -> None:
    settings.STAFF_NOTICE_EMAILS = ["desk@example.org"]
    people.ask(client)
    for message in OutboxMessage.objects.all():
        clinic(email="desk@clinic.example")
        mail = messages.mail(message)
        assert mail.message()["Reply-To"] == "desk@clinic.example"
        assert "Nobody reads" not in mail.body
        clinic(email="")
        mail = messages.mail(message)
        assert mail.message()["Reply-To"] is None
        assert "Nobody reads replies to this e-mail." in mail.body
    ConsultationRequest.objects.update(language="es")
    spanish = messages.mail(OutboxMessage.objects.get(kind="acknowledgement"))
    assert "Nadie lee las respuestas a este correo." in spanish.body


@pytest.mark.parametrize(("priority", "subject"), [(1, "Urgent: 1 new request"), (3, "1 new request")])
def test_the_notice_says_urgent_and_nothing_else(client: Client, settings: Any, priority: int, subject: str) -> None:
    settings.STAFF_NOTICE_EMAILS = ["desk@example.org"]
    people.ask(client, channel="phone")
    ConsultationRequest.objects.update(priority=priority)
    mail = messages.mail(OutboxMessage.objects.get())
    assert mail.subject == subject
    assert "You have 1 new request. Sign in to read it." in mail.body
    assert "urgent" not in mail.body.lower()
