"""The patient's own page, behind a link that nobody can guess. Looking changes nothing; withdrawing is a button."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from booking import clock, workflow
from booking.fields import unreadable_fields
from booking.models import ConsultationRequest
from booking.views.page import SeeOther, private


@private
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Say where the request stands. What it is about, and the telephone or e-mail, are not shown here."""
    consultation = ConsultationRequest.objects.for_token(token).first()
    if consultation is None:
        return _hidden(render(request, "booking/unknown_request.html", status=404))
    context = {
        "consultation": consultation,
        "reply_by": clock.in_words(consultation.reply_by),
        "is_late": consultation.reply_by < timezone.now(),
        "days": settings.RETENTION_DAYS,
        "is_damaged": bool(unreadable_fields(consultation)),
    }
    return _hidden(render(request, "booking/status.html", context))


@private
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then withdraw."""
    consultation = ConsultationRequest.objects.for_token(token).first()
    if consultation is None:
        return _hidden(render(request, "booking/unknown_request.html", status=404))
    if request.method == "POST" and consultation.state != consultation.State.CLOSED:
        with suppress(workflow.MoveRefused):  # closed a moment ago: the page that follows says so
            workflow.withdraw(consultation.pk, at=timezone.now())
    if request.method == "POST" or consultation.state == consultation.State.CLOSED:
        return SeeOther(consultation.get_private_url())
    response = render(request, "booking/withdraw.html", {"consultation": consultation})
    # under no-referrer browsers send "Origin: null" with the form, which looks like a forgery to Django
    return _hidden(response, policy="strict-origin")


def _hidden(response: HttpResponse, policy: str = "no-referrer") -> HttpResponse:
    """Keep the link to ourselves: no page that is opened from here learns it."""
    response.headers["Referrer-Policy"] = policy
    return response
