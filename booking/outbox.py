"""Sending what the outbox holds: every message at least once, patiently, and never inside a patient's own request.

Whatever one message raises is that message's trouble: noted, tried again, given up in time, and shown to staff. All
others go on. Only a database that does not answer ends a round.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import F

from booking import messages
from booking.models import Event, OutboxMessage

logger = logging.getLogger(__name__)
Trouble = OutboxMessage.Trouble

BATCH = 20  # even a slow server takes that many within one lease
LEASE = timedelta(minutes=10)
MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440, 1440)  # pauses after each failed try: about three days in all
PATIENCE_WHEN_REFUSED = 3  # a server that says "never" is asked a few times more, in case it was set up wrongly


@dataclass
class Report:
    """What one round did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.postponed or self.failed)

    def __str__(self) -> str:
        return f"mail: {self.sent} sent, {self.postponed} to try again, {self.failed} given up"


class _TroubleError(Exception):
    """A try that did not work: a word for it, whether it is for good, and whether the server itself is unwell."""

    def __init__(self, word: Trouble, *, refused: bool = False, server: bool = False) -> None:
        super().__init__(word.value)
        self.word, self.refused, self.server = word, refused, server


def deliver_due(*, at: datetime) -> Report:
    """Send what is due. Nothing is tried while no mail server is set. An unwell server ends the round early.

    Raises DatabaseError; a message that was being tried then waits until its lease runs out.
    """
    report = Report()
    if not settings.EMAIL_HOST:
        return report
    connection = get_connection()
    try:
        for pk in OutboxMessage.objects.due(at).order_by("send_after", "pk").values_list("pk", flat=True)[:BATCH]:
            message = _lease(pk, at)
            if message is not None and not _deliver(message, connection, at, report):
                break
    finally:
        _close(connection)
    return report


def _lease(pk: int, at: datetime) -> OutboxMessage | None:
    """Take the message for a while, unless another worker was faster. A lease that nobody ends runs out by itself."""
    taken = OutboxMessage.objects.due(at).filter(pk=pk).update(leased_until=at + LEASE, attempts=F("attempts") + 1)
    return OutboxMessage.objects.filter(pk=pk).first() if taken else None


def _deliver(message: OutboxMessage, connection: BaseEmailBackend, at: datetime, report: Report) -> bool:
    """Try one message and write down how it went. Return False when the server is unwell."""
    try:
        _try(message, connection)
    except _TroubleError as trouble:
        logger.warning("message %s: %s", message.pk, trouble.word.value)
        _close(connection)  # it may stand in the middle of this message; the next one opens it again
        _write_down_trouble(message, trouble, at, report)
        return not trouble.server
    _write_down_sent(message, at)
    report.sent += 1
    return True


def _try(message: OutboxMessage, connection: BaseEmailBackend) -> None:
    """Write one message and send it. Whatever that raises, known to us or not, is trouble of this message."""
    word = Trouble.NOT_WRITTEN
    try:
        mail = _written(message)
        word = Trouble.NOT_SENT
        _send(mail, connection)
    except (_TroubleError, DatabaseError):
        raise
    except Exception as error:  # noqa: BLE001 (one message may raise anything, and must not stop the others)
        logger.warning("message %s: %s", message.pk, type(error).__name__)  # its text may hold an address
        raise _TroubleError(word) from None


def _written(message: OutboxMessage) -> EmailMessage:
    mail = messages.mail(message)
    mail.message()  # refuses what no header can hold
    if not mail.to:  # the backend would drop it without a word
        raise _TroubleError(Trouble.NOBODY)
    return mail


def _send(mail: EmailMessage, connection: BaseEmailBackend) -> None:
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise _TroubleError(Trouble.ADDRESS, refused=all(code >= 500 for code in codes)) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError):
        raise _TroubleError(Trouble.GONE, server=True) from None
    except smtplib.SMTPAuthenticationError:
        raise _TroubleError(Trouble.SIGN_IN, server=True) from None
    except smtplib.SMTPException:
        raise _TroubleError(Trouble.REFUSED) from None
    except TimeoutError:
        raise _TroubleError(Trouble.SLOW, server=True) from None
    except OSError:
        raise _TroubleError(Trouble.NO_SERVER, server=True) from None


@transaction.atomic
def _write_down_sent(message: OutboxMessage, at: datetime) -> None:
    if OutboxMessage.objects.waiting().filter(pk=message.pk).update(sent_at=at, leased_until=None, trouble=""):
        _tell(message, Event.Kind.MESSAGE_SENT, at)


@transaction.atomic
def _write_down_trouble(message: OutboxMessage, trouble: _TroubleError, at: datetime, report: Report) -> None:
    waiting = OutboxMessage.objects.waiting().filter(pk=message.pk)
    patience = PATIENCE_WHEN_REFUSED if trouble.refused else len(MINUTES)
    if message.attempts <= patience:
        again = at + timedelta(minutes=MINUTES[message.attempts - 1])
        waiting.update(send_after=again, leased_until=None, trouble=trouble.word)
        report.postponed += 1
    elif waiting.update(failed_at=at, leased_until=None, trouble=trouble.word):
        _tell(message, Event.Kind.MESSAGE_FAILED, at)
        report.failed += 1


def _tell(message: OutboxMessage, kind: str, at: datetime) -> None:
    """Add to the request's history, if the message is about a request."""
    if message.request_id is not None:
        Event.objects.create(request_id=message.request_id, kind=kind, at=at, message_kind=message.kind)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception as error:  # noqa: BLE001 (nothing hangs on how we part)
        logger.warning("mail server went away while saying goodbye: %s", type(error).__name__)
