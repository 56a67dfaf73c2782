"""The way in and the way out."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import clock, drafts
from booking.answers import AREA
from booking.steps import Journey
from booking.views.keeping import keep
from booking.views.page import go, private

TOLD = ("REQUESTS_OPEN", "ASK_TOPIC", "DRAFT_HOURS", "RETENTION_DAYS")
"""The settings that the first page speaks of; a template sees no others."""


@private
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is before asking anything; a POST starts again from nothing."""
    now = timezone.now()
    if request.method == "POST":
        response: HttpResponse = go("safety")
        drafts.forget(request, response, at=now)
        return response
    draft = drafts.current(request, at=now)
    is_over = bool(draft and draft.request and draft.request.closed_at)
    context = {
        "draft": draft,
        "is_over": is_over,
        "continue_url": _where_stopped(draft),
        "reply_by": clock.in_words(clock.reply_by(now)),
        "options": {name: getattr(settings, name) for name in TOLD},
    }
    response = render(request, "booking/start.html", context)
    response["X-Robots-Tag"] = "all"  # who looks for the clinic may find where to ask
    return response


def _where_stopped(draft: drafts.Draft | None) -> str:
    """Return the first question that is still open, once a person has come past the first page."""
    if draft is None or draft.request_id or "safety" not in draft.answers:
        return ""
    missing = Journey(draft.answers).first_missing()
    return reverse(f"booking:{missing.key if missing else 'check'}")


@csrf_exempt
@require_POST
@private
def begin(request: HttpRequest) -> HttpResponse:
    """Take the area from a page's button. Pages are the same for everybody, so they carry no token of ours."""
    response: HttpResponse = go("start")
    area = request.POST.get("area", "")
    if settings.ASK_TOPIC and settings.REQUESTS_OPEN and area in AREA and _comes_from_us(request):
        with suppress(drafts.AlreadySentError):  # the start page says that a request was sent, and offers another
            keep(request, {"area": area}, at=timezone.now()).tell(response)
    return response


def _comes_from_us(request: HttpRequest) -> bool:
    """Say whether the browser names one of our own pages as the sender."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return origin == f"{request.scheme}://{request.get_host()}"


@private
def leave(request: HttpRequest) -> HttpResponse:
    """Delete the answers, after asking once."""
    if request.method != "POST":
        context = {"is_gone": "gone" in request.GET, "is_finished": request.GET.get("gone") == "sent"}
        return render(request, "booking/leave.html", context)
    now = timezone.now()
    draft = drafts.current(request, at=now)
    response: HttpResponse = go("leave", gone="sent" if draft is not None and draft.request_id else "1")
    drafts.forget(request, response, at=now)
    return response
