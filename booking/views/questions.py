"""One question a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from booking import drafts, safety
from booking.forms.about import UrgentForm
from booking.forms.base import StepForm
from booking.given import area_of, is_turned_away
from booking.models import Draft
from booking.steps import BY_KEY, Journey, Step
from booking.views.keeping import keep
from booking.views.page import asking, go


@asking
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Show one question, or take its answer."""
    step = BY_KEY[key]
    draft = drafts.current(request, at=timezone.now())
    if draft is not None and draft.request_id:
        return already_sent(request, draft)
    journey = Journey(draft.answers if draft else {})
    if request.method == "POST":
        return _take(request, step, journey)
    if not journey.is_open(step):
        missing = journey.first_missing()
        return go(missing.key, missing="1") if missing else go("check")
    return _show(request, step, journey, step.form(given=journey.given))


def already_sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say that these answers are with the clinic, and which request they are."""
    if request.method == "POST" or (draft.request and draft.request.closed_at):
        return go("done")
    return render(request, "booking/already_sent.html", {"consultation": draft.request})


def _take(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    form = step.form(request.POST, given=journey.given)
    if not form.is_valid():
        return _show(request, step, journey, form)
    kept = keep(request, form.answers, at=timezone.now())
    if kept.is_new and step.key != "safety":
        return kept.tell(go("safety", again="1"))
    return kept.tell(_onward(request, step, Journey(kept.draft.answers)))


def _onward(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    """Go on to the next question; from a change, straight back to the check page unless it opened a new question."""
    if step.key == "who" and is_turned_away(journey.given):
        return go("minors")
    if "change" in request.GET:
        missing = journey.first_missing()
        return go(missing.key, change="1") if missing else go("check")
    following = journey.after(step)
    return go(following.key) if following else go("check")


def _show(request: HttpRequest, step: Step, journey: Journey, form: StepForm) -> HttpResponse:
    before = journey.before(step)
    context = {
        "form": form,
        "step": step,
        "caption": journey.caption(step),
        "back_url": reverse(f"booking:{'check' if 'change' in request.GET else before.key if before else 'start'}"),
    }
    return render(request, form.template, context, status=422 if form.errors else 200)


@asking
def safety_help(request: HttpRequest) -> HttpResponse:
    """Show whom to call; somebody who still asks goes on, and stands first in the queue."""
    form = UrgentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = keep(request, form.answers, at=timezone.now())
        of_area = bool(form.cleaned_data["shown_for"]) and not kept.is_new
        return kept.tell(_onward(request, BY_KEY["about_check" if of_area else "safety"], Journey(kept.draft.answers)))
    draft = drafts.current(request, at=timezone.now())
    area = (area_of(draft.answers if draft else {}) or "unsaid") if "area" in request.GET else ""
    signs = safety.for_area(area) or safety.GENERAL
    return render(request, "booking/safety_help.html", {"shown_for": area, "has_soon": bool(signs.soon)})


@asking
def minors(request: HttpRequest) -> HttpResponse:
    """Say kindly how to ask for a child."""
    return render(request, "booking/minors.html")
