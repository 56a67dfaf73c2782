"""Reading what changed and deciding on it: each button posts a move and leads back, or says what stands in the way."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from education import publishing
from education.admin.drafts import person
from education.admin.numbers import row_number
from education.admin.reasons import NoteForm, PublishForm, WithdrawForm, given_before
from education.admin.words import Shown
from education.diff import word_diff
from education.gates import look
from education.models import Page, Revision
from education.moves import SIGN
from education.publishing import NotAllowed, NotYours
from education.signing import hindrance, signature_of

UNPROCESSABLE, CONFLICT, FORBIDDEN = 422, 409, 403


def page_or_404(model_admin: Any, request: HttpRequest, page_id: int) -> Page:
    """Return one page with its standing, for those who may see pages."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    page: Page = get_object_or_404(model_admin.get_queryset(request), pk=page_id)
    return page


def review(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what changed against what patients see, what the checks say, and what may be done with it."""
    page = page_or_404(model_admin, request, page_id)
    return review_page(model_admin, request, page) if page.newest() else _home(page)


def submit(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the words saved last for review."""
    page, revision = _read(model_admin, request, page_id)
    done = _("Sent for review. Colleagues who sign or publish see it in the list.")
    return _do(model_admin, request, page, publishing.submit, done, {}, revision=revision)


def publish(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish the words that this person saw, if they are still the newest and still right."""
    page, revision = _read(model_admin, request, page_id)
    form = _publish_form(page, revision, request)
    if not form.is_valid() and revision == page.newest():
        return review_page(model_admin, request, page, form=form, status=UNPROCESSABLE)
    told = _("Published. Patients see these words now.")
    given: dict[str, Any] = {"revision": revision, "reasons": form.reasons()}
    return _do(model_admin, request, page, publishing.publish_words, told, {"form": form}, **given)


def schedule(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish the words that this person saw at a time to come."""
    page, revision = _read(model_admin, request, page_id)
    form = _publish_form(page, revision, request, later=True)
    if not form.is_valid():
        return review_page(model_admin, request, page, form=form, status=UNPROCESSABLE)
    told = _("Planned. Everything is looked at again when the time has come.")
    given: dict[str, Any] = {"revision": revision, "reasons": form.reasons(), "when": form.when()}
    return _do(model_admin, request, page, publishing.schedule, told, {"form": form}, **given)


def unschedule(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Call off what was planned."""
    page, revision = _read(model_admin, request, page_id)
    told = _("Called off. The words are in review again.")
    return _do(model_admin, request, page, publishing.unschedule, told, {}, revision=revision)


def send_back(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Give words back to their author with a note."""
    page, revision = _read(model_admin, request, page_id)
    back = NoteForm(request.POST)
    if not back.is_valid():
        return review_page(model_admin, request, page, back=back, status=UNPROCESSABLE)
    given: dict[str, Any] = {"revision": revision, "note": back.cleaned_data["note"]}
    told = _("Sent back to its author.")
    return _do(model_admin, request, page, publishing.send_back, told, {"back": back}, **given)


def withdraw(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask why a page is withdrawn, then take it from the site."""
    page, revision = _read(model_admin, request, page_id)
    form, refused, status = WithdrawForm(request.POST or None), "", 200
    if not person(request).has_perm("education.publish_page"):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            given = {"by": request.user, "at": timezone.now(), "reason": form.cleaned_data["reason"]}
            publishing.withdraw(revision, **given)
        except NotAllowed as refusal:
            refused, status = str(refusal), CONFLICT
        else:
            messages.success(request, _("Withdrawn. Patients read your reason at its address."))
            return _home(page)
    shown = Shown(page, viewer=request.user, now=timezone.now())
    context = _context(model_admin, request, shown, _("Withdraw this page")) | {"form": form, "refused": refused}
    status = UNPROCESSABLE if form.errors else status
    return TemplateResponse(request, "admin/education/page/withdraw.html", context, status=status)


def review_page(
    model_admin: Any,
    request: HttpRequest,
    page: Page,
    *,
    form: PublishForm | None = None,
    back: NoteForm | None = None,
    refused: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the page on which people read and decide, with what they typed and what was refused."""
    shown = Shown(page, viewer=request.user, now=timezone.now())
    newest, public = page.newest(), page.last_public()
    if newest is None:
        return _home(page)
    seen = look(page, newest, today=timezone.localdate())
    context = _context(model_admin, request, shown, _("Read and decide")) | {
        "newest": newest,
        "public": public,
        "diff": word_diff(public.text if public else "", newest.text),
        "hindrances": seen.errors,
        "signature": signature_of(page, newest),
        "unsignable": hindrance(newest, person(request)) if person(request).has_perm(SIGN) else "",
        "form": form or PublishForm(warnings=seen.warnings, initial=given_before(page)),
        "back": back or NoteForm(),
        "refused": list(refused),
        "places": {step.place or step.name for step in shown.steps},
    }
    return TemplateResponse(request, "admin/education/page/review.html", context, status=status)


def _context(model_admin: Any, request: HttpRequest, shown: Shown, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": shown.page,
        "shown": shown,
        "heading": title,
        "title": f"{title} · {shown.title}",
        "zone": timezone.get_current_timezone_name(),
    }


def _read(model_admin: Any, request: HttpRequest, page_id: int) -> tuple[Page, Revision]:
    """Return the page and the words that this person saw; to read a form, those that it would be about."""
    page = page_or_404(model_admin, request, page_id)
    seen = request.POST.get("revision", "") if request.method == "POST" else str(page.published_id or "")
    return page, get_object_or_404(Revision, page=page_id, pk=row_number(seen))


def _publish_form(page: Page, revision: Revision, request: HttpRequest, *, later: bool = False) -> PublishForm:
    warnings = look(page, revision, today=timezone.localdate()).warnings
    return PublishForm(request.POST, warnings=warnings, later=later)


def _do(
    model_admin: Any, request: HttpRequest, page: Page, verb: Callable[..., None], done: str, typed: Any, **given: Any
) -> HttpResponse:
    """Make a move. A refused one keeps what was typed and says what happened meanwhile."""
    try:
        verb(given.pop("revision"), by=request.user, at=timezone.now(), **given)
    except NotAllowed as refusal:
        page = page_or_404(model_admin, request, page.pk)
        status = FORBIDDEN if isinstance(refusal, NotYours) else CONFLICT
        return review_page(model_admin, request, page, **typed, refused=refusal.sentences, status=status)
    messages.success(request, done)
    return _home(page)


def _home(page: Page) -> HttpResponse:
    return redirect("admin:education_page_change", page.pk)
