"""The words of our messages: a reference, a date, a link. Never a name, a topic or anything about health."""

from dataclasses import dataclass
from email.headerregistry import Address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking import clock, mailbox, reference
from booking.crypto import keyed_hash
from booking.fields import Unreadable
from booking.models import ConsultationRequest, OutboxMessage
from booking.rights import workers


@dataclass(frozen=True)
class Words:
    """A message ready to read."""

    subject: str
    body: str
    to: list[str]


class AddressError(ValueError):
    """A patient's address cannot be read, or would not mean on the wire what it says."""


def words(message: OutboxMessage) -> Words:
    """Write the message in its reader's language."""
    if message.kind == OutboxMessage.Kind.STAFF_NOTICE:
        with translation.override(settings.LANGUAGE_CODE):
            return _staff_notice(message)
    if message.request is None:
        with translation.override(settings.LANGUAGE_CODE):
            return _review(message)
    with translation.override(message.request.language):
        return _acknowledgement(message.request)


def mail(message: OutboxMessage) -> EmailMessage:
    """Return the mail. Its Message-ID is the same at every try, so that a mail sent twice is seen once."""
    ready = words(message)
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
    answers_to = [settings.CLINIC.email] if settings.CLINIC.email else None  # else the mail says that nobody reads them
    return EmailMessage(
        ready.subject, ready.body, settings.DEFAULT_FROM_EMAIL, ready.to, headers=headers, reply_to=answers_to
    )


def message_id(message: OutboxMessage) -> str:
    """Return the one Message-ID that this message ever has."""
    return f"<{keyed_hash('message-id', str(message.pk))[:32]}@{urlsplit(settings.SITE_URL).hostname}>"


def _acknowledgement(request: ConsultationRequest) -> Words:
    shown = reference.shown(request.reference)
    body = _render(
        "acknowledgement",
        reference=shown,
        reply_by=clock.in_words(request.reply_by),
        link=settings.SITE_URL + request.get_private_url(),
    )
    return Words(_("We have your request (%(reference)s)") % {"reference": shown}, body, [_as_typed(request.email)])


def _as_typed(address: str) -> str:
    """Return the address if mail libraries read it as the patient saw it. Raises AddressError, or what they raise."""
    if isinstance(address, Unreadable) or Address(addr_spec=address).addr_spec != address:
        raise AddressError
    return address


def _staff_notice(message: OutboxMessage) -> Words:
    """Say that somebody asked, and in the subject if it is urgent: nothing else leaves the house."""
    urgent = message.request is not None and message.request.has_urgent_signs
    body = _render("staff_notice", link=f"{settings.SITE_URL}/{settings.STAFF_PATH}")
    subject = _("Urgent: 1 new request") if urgent else _("1 new request")
    return Words(subject, body, settings.STAFF_NOTICE_EMAILS or _addresses_of_staff())


def _review(message: OutboxMessage) -> Words:
    """Say which page is to be checked and when. It goes to one colleague, while they work here."""
    late = message.kind == OutboxMessage.Kind.REVIEW_OVERDUE
    subject = _("A page is late for its check: %(page)s") if late else _("A page is due for its check: %(page)s")
    address = f"{settings.SITE_URL}{message.about}"
    day = date_format(message.review_on, "j F Y") if message.review_on else ""
    body = _render(message.kind, page=address, day=day, link=f"{settings.SITE_URL}/{settings.STAFF_PATH}")
    person = message.recipient
    return Words(
        subject % {"page": message.about}, body, [person.email] if person and person.is_active and person.email else []
    )


def _addresses_of_staff() -> list[str]:
    """Return the addresses of everybody who works the queue, while the clinic has not said whom to tell.

    One that mail libraries misread would keep the notice from all others.
    """
    return [person.email for person in workers() if person.email and mailbox.means_one_thing(person.email)]


def _render(name: str, **context: str) -> str:
    return (
        render_to_string(
            f"emails/{name}.txt", {"clinic": settings.CLINIC.spoken(translation.get_language() or ""), **context}
        ).strip()
        + "\n"
    )
