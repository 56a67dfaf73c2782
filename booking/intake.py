"""Taking a request: the row, its first event, its lookup keys and its messages, all or none."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from booking import clock, crypto, due, search_keys
from booking.models import ConsultationRequest, Draft, Event, OutboxMessage, SearchKey
from booking.models.request import link_token
from booking.steps import Journey

ATTEMPTS = 3  # two people may draw the same reference, once in a very long time


class ChangedError(Exception):
    """The answers are no longer those that were read and agreed to."""


class IncompleteError(Exception):
    """An answer is missing, so there is nothing to send yet."""


def submit(*, draft: Draft, consent_text: str, at: datetime) -> ConsultationRequest:
    """Make the draft a request and return it; sent twice, it is the same request.

    Raises IncompleteError when an answer is missing, ChangedError when the draft holds other answers by now,
    Draft.DoesNotExist when they were deleted meanwhile.
    """
    for attempt in range(ATTEMPTS):
        prepared = _prepare(draft, consent_text, at)
        try:
            return _submit(draft, prepared)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


@dataclass(frozen=True)
class _Prepared:
    """The rows of one request, made before anybody has to wait for the database."""

    request: ConsultationRequest
    keys: list[SearchKey]
    messages: list[OutboxMessage]


def _prepare(draft: Draft, consent_text: str, at: datetime) -> _Prepared | None:
    """Return the rows to write, or None when an answer is missing. All hashing is done here."""
    journey = Journey(draft.answers)
    if journey.first_missing() is not None:
        return None
    request = _new_request(draft, journey, consent_text, at)
    return _Prepared(request, search_keys.rows(request), _messages(request, at))


@transaction.atomic
def _submit(draft: Draft, prepared: _Prepared | None) -> ConsultationRequest:
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    sent = held.request or ConsultationRequest.objects.filter(send_key=held.send_key).first()
    if sent is not None:
        return sent
    if held.answers != draft.answers:
        raise ChangedError
    if prepared is None:
        raise IncompleteError
    prepared.request.save(force_insert=True)
    Event.objects.create(request=prepared.request, kind=Event.Kind.RECEIVED, at=prepared.request.received_at)
    SearchKey.objects.bulk_create(prepared.keys)
    OutboxMessage.objects.bulk_create(prepared.messages)
    held.request, held.answers = prepared.request, {}  # from here on the answers live in the request only
    held.save(update_fields=["request", "answers"])
    return prepared.request


def _new_request(draft: Draft, journey: Journey, consent_text: str, at: datetime) -> ConsultationRequest:
    answers = journey.relevant()
    seed = uuid.uuid4()
    kinds = ConsultationRequest.Priority
    request = ConsultationRequest(
        send_key=draft.send_key,
        link_seed=seed,
        token_hash=crypto.keyed_hash("link", link_token(seed)),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        priority=kinds.TODAY if answers["urgent_signs"] else kinds.ROUTINE,
        received_at=at,
        reply_by=clock.reply_by(at),
        consent_text=consent_text,
        consented_at=at,
        **answers,
    )
    request.due_at = due.first(request)
    return request


def _messages(request: ConsultationRequest, at: datetime) -> list[OutboxMessage]:
    """Return what is to be sent: a notice to staff, and an acknowledgement where the person may be written to."""
    kinds = [OutboxMessage.Kind.STAFF_NOTICE]
    if request.channel == "email":
        kinds.append(OutboxMessage.Kind.ACKNOWLEDGEMENT)
    return [OutboxMessage(kind=kind, request=request, queued_at=at, send_after=at) for kind in kinds]
