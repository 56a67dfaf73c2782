"""Check, send, and the proof that it was sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from booking import answers, clock, drafts, intake, limits, mailbox
from booking.forms.send import SendForm, consent_words
from booking.models import Draft
from booking.steps import Journey
from booking.views.page import SeeOther, asking, go, private
from booking.views.questions import already_sent


@asking
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers once more, and send them."""
    draft = drafts.current(request, at=timezone.now())
    if draft is None:
        return go("safety", again="all") if request.method == "POST" else go("start")
    if draft.request_id:
        return already_sent(request, draft)
    journey = Journey(draft.answers)
    missing = journey.first_missing()
    if missing is not None:
        return go(missing.key, missing="1")
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _send(request, draft)
    return _show(request, journey, form)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = timezone.now()
    limits.spend_send(request, at=now)
    try:
        intake.submit(draft=draft, consent_text=consent_words(), at=now)
    except (intake.IncompleteError, Draft.DoesNotExist):
        return go("check")  # changed or deleted in another tab: the check page says what is missing
    return go("done")


def _show(request: HttpRequest, journey: Journey, form: SendForm) -> HttpResponse:
    given = journey.relevant()
    before = journey.before(None)
    context = {
        "form": form,
        "rows": answers.rows({key: value for key, value in given.items() if key in journey.given}),
        "did_you_mean": mailbox.did_you_mean(given.get("email", "")),
        "back_url": reverse(f"booking:{before.key if before else 'start'}"),
    }
    return render(request, "booking/check.html", context, status=422 if form.errors else 200)


@private
def done(request: HttpRequest) -> HttpResponse:
    """Confirm: the reference, the promise, the private link and what was sent. This page is the patient's proof."""
    draft = drafts.current(request, at=timezone.now())
    if draft is None or draft.request is None:
        return go("check" if draft else "start")
    consultation = draft.request
    if consultation.closed_at:
        return SeeOther(consultation.get_private_url())  # its promises no longer hold
    context = {
        "consultation": consultation,
        "reply_by": clock.in_words(consultation.reply_by),
        "link": settings.SITE_URL + consultation.get_private_url(),
        "rows": answers.rows(answers.of_request(consultation)),
    }
    return render(request, "booking/done.html", context)
