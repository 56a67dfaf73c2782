"""The answers of somebody who is still asking: found by an opaque cookie, written one page at a time."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from booking import crypto
from booking.models import Draft

COPY = "check page"


class AlreadySentError(Exception):
    """These answers are a request already; they take no more changes."""


class ForgottenError(Exception):
    """Whoever gave these answers deleted them; no page that still carries a copy brings them back."""


@dataclass(frozen=True)
class Copy:
    """What a check page showed, carried by that page itself: the answers as read, and the key that sends them once."""

    send_key: uuid.UUID
    answers: dict[str, Any]


def cookie_name() -> str:
    """Return the cookie's name. Under HTTPS the prefix makes browsers keep it to this host and to secure pages."""
    return "__Host-draft" if settings.HTTPS else "draft"


def current(request: HttpRequest, *, at: datetime) -> Draft | None:
    """Return the living draft behind this browser's cookie. It reads and never writes."""
    token = request.COOKIES.get(cookie_name(), "")
    return Draft.objects.for_cookie(token, at).select_related("request").first() if token else None


def start(answers: Mapping[str, Any], *, at: datetime) -> tuple[Draft, str]:
    """Begin a draft with its first answers. Only the fingerprint of its token is stored."""
    token = crypto.new_token()
    draft = Draft.objects.create(
        cookie_hash=crypto.keyed_hash("draft", token),
        answers=dict(answers),
        started_at=at,
        expires_at=at + timedelta(hours=settings.DRAFT_HOURS),
    )
    return draft, token


@transaction.atomic
def write(draft: Draft, answers: Mapping[str, Any]) -> Draft:
    """Add one page's answers and touch no others: another tab may be writing too.

    Raises AlreadySentError when the request went out meanwhile, Draft.DoesNotExist when the draft was deleted.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.request_id is not None:
        raise AlreadySentError
    if held.is_forgotten:
        raise Draft.DoesNotExist
    held.answers = {**held.answers, **answers}
    held.save(update_fields=["answers"])
    return held


def copy_of(draft: Draft) -> str:
    """Seal a copy of the answers, to travel in the page that shows them. Only we can read or write one."""
    return crypto.seal_for(COPY, json.dumps({"send_key": str(draft.send_key), "answers": draft.answers}))


def opened(sealed: str) -> Copy | None:
    """Open a copy that came back with its page; what is none of ours, or too old, holds nothing.

    A request that was sent with a copy is never deleted while that copy opens: no copy sends it a second time.
    """
    try:
        told = json.loads(crypto.unseal_for(COPY, sealed, within=timedelta(days=settings.RETENTION_DAYS)))
    except (InvalidToken, ValueError):
        return None
    return Copy(uuid.UUID(told["send_key"]), told["answers"])


@transaction.atomic
def revive(copy: Copy, *, at: datetime) -> tuple[Draft, str]:
    """Return the draft behind a copy with a new token: what is left of it, or one like it under the same send key.

    Raises ForgottenError when the answers were deleted by the person.
    """
    token = crypto.new_token()
    draft = Draft.objects.select_for_update().filter(send_key=copy.send_key).first()
    if draft is not None and draft.is_forgotten:
        raise ForgottenError
    draft = draft or Draft(send_key=copy.send_key, answers=copy.answers, started_at=at)
    draft.cookie_hash = crypto.keyed_hash("draft", token)
    draft.expires_at = at + timedelta(hours=settings.DRAFT_HOURS)
    draft.save()
    return draft, token


def hand_out(response: HttpResponse, token: str) -> None:
    """Give the browser its cookie."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=settings.DRAFT_HOURS * 3600,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponse, *, at: datetime) -> None:
    """Delete the answers and the cookie. A request that was sent stays with the clinic.

    Of unsent answers the send key alone is kept, for as long as a copy of them opens: such a copy is refused.
    """
    draft = current(request, at=at)
    if draft is not None:
        nobodys = crypto.keyed_hash("draft", crypto.new_token())
        until = at + timedelta(days=settings.RETENTION_DAYS)
        unsent = Draft.objects.filter(pk=draft.pk, request=None)
        if not unsent.update(answers={}, cookie_hash=nobodys, expires_at=until):
            draft.delete()
    response.delete_cookie(cookie_name(), path="/", samesite="Lax")
    if settings.HTTPS:
        response.cookies[cookie_name()]["secure"] = True  # browsers ignore a __Host- cookie without it
