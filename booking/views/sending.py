"""Check, send, and the proof that it was sent."""

from collections.abc import Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from booking import answers, clock, drafts, intake, limits
from booking.forms.send import SendForm, consent_words
from booking.models import ConsultationRequest, Draft
from booking.steps import Journey
from booking.views.keeping import found
from booking.views.page import SeeOther, asking, go, private
from booking.views.questions import already_sent


@asking
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers once more, and send them. The page carries a sealed copy of what it shows."""
    copy = drafts.opened(request.POST.get("copy", ""))
    if copy and (sent := _sent_and_finished(copy)):
        return render(request, "booking/already_sent.html", {"consultation": sent, "is_finished": True})
    try:
        kept = found(request, copy, at=timezone.now())
    except drafts.ForgottenError:
        return go("leave", gone="1")
    if kept is None:
        return go("safety", again="all") if request.method == "POST" else go("start")
    return kept.tell(_answer(request, kept.draft, copy))


def _sent_and_finished(copy: drafts.Copy) -> ConsultationRequest | None:
    """Return the request that went out with this copy, once its draft is gone: nobody sees more of it from here."""
    if Draft.objects.filter(send_key=copy.send_key).exists():
        return None
    return ConsultationRequest.objects.for_send_key(copy.send_key).first()


def _answer(request: HttpRequest, draft: Draft, copy: drafts.Copy | None) -> HttpResponse:
    if draft.request_id:
        return already_sent(request, draft)
    journey = Journey(draft.answers)
    missing = journey.first_missing()
    if missing is not None:
        return go(missing.key, missing="1")
    if request.method != "POST":
        return _show(request, draft, journey, SendForm(given=journey.given))
    read, now = Journey(copy.answers).relevant() if copy else {}, journey.relevant()
    if read != now:  # what was read and agreed to is what is sent
        changed = answers.changed(read, now) if copy else []
        names = [str(row.name) for row in answers.rows(now) if row.field in changed]
        form = SendForm.to_read_again(names, given=journey.given)
        return _show(request, draft, journey, form, changed)
    form = SendForm(request.POST, given=journey.given)
    return _send(request, draft) if form.is_valid() else _show(request, draft, journey, form)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = timezone.now()
    limits.spend_send(request, at=now)
    try:
        intake.submit(draft=draft, consent_text=consent_words(draft.answers), at=now)
    except (intake.IncompleteError, intake.ChangedError, Draft.DoesNotExist):
        return go("check")  # changed or deleted in another tab: the check page says what is missing
    return go("done")


def _show(
    request: HttpRequest, draft: Draft, journey: Journey, form: SendForm, changed: Collection[str] = ()
) -> HttpResponse:
    given = journey.relevant()
    before = journey.before(None)
    context = {
        "form": form,
        "rows": answers.rows({key: value for key, value in given.items() if key in journey.given}),
        "changed": changed,
        "copy": drafts.copy_of(draft),
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
