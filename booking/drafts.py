"""The answers of somebody who is still asking: found by an opaque cookie, written one page at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from booking import crypto
from booking.models import Draft


class AlreadySentError(Exception):
    """These answers are a request already; they take no more changes."""


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
    held.answers = {**held.answers, **answers}
    held.save(update_fields=["answers"])
    return held


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
    """Delete the draft and its cookie. A request that was sent stays with the clinic."""
    draft = current(request, at=at)
    if draft is not None:
        draft.delete()
    response.delete_cookie(cookie_name(), path="/", samesite="Lax")
    if settings.HTTPS:
        response.cookies[cookie_name()]["secure"] = True  # browsers ignore a __Host- cookie without it
