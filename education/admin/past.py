"""A page's past: every text with its state, any two compared, any one brought back; and what was done to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from education import publishing
from education.admin.decide import page_or_404
from education.admin.numbers import row_number
from education.admin.words import Shown
from education.diff import word_diff
from education.history import moment, person_name
from education.models import Page, Revision
from education.publishing import NotAllowed

FEW = 10
State = Revision.State


def past_of(page: Page, most: int | None = FEW) -> dict[str, Any]:
    """Return a page's texts and events, the newest first: the last few, or all."""
    texts = page.revisions.select_related("author").defer("text", "html", "front", "contents").order_by("-pk")
    events = page.events.select_related("by").order_by("-pk")
    kept = list(texts[: most + 1] if most else texts)
    newest = next((revision for revision in kept if revision.state != State.ASIDE), None)
    before = kept[1].pk if len(kept) > 1 else None
    return {
        "history": [(revision, state_of(page, revision, newest)) for revision in kept[:most]],
        "has_more": most is not None and len(kept) > most,
        "newest": newest,
        "compared": page.published_id if newest and page.published_id not in (None, newest.pk) else before,
        "timeline": list(events[:most] if most else events),
    }


def state_of(page: Page, revision: Revision, newest: Revision | None) -> str:
    """Say where a text of the past stands."""
    if revision.state == State.SCHEDULED and revision.publish_at:
        return _("To be published on %(when)s") % {"when": moment(revision.publish_at)}
    gone = revision.state == State.PUBLISHED and page.published_id != revision.pk
    if gone or revision.state == State.SUPERSEDED:
        return _("Was published")
    if revision.state in {State.DRAFT, State.REVIEW} and revision != newest:
        return _("Earlier draft")
    return str(revision.get_state_display())


def history(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show everything that a page's past holds."""
    page = page_or_404(model_admin, request, page_id)
    context = _context(model_admin, request, page, _("History")) | past_of(page, None)
    return TemplateResponse(request, "admin/education/page/history.html", context)


def compare(model_admin: Any, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what differs between two texts of a page, the earlier one first."""
    page = page_or_404(model_admin, request, page_id)
    asked = {row_number(number) for name in ("a", "b") if (number := request.GET.get(name, ""))}
    texts = list(page.revisions.select_related("author").filter(pk__in=asked).order_by("pk"))
    if not texts or len(texts) != len(asked):
        messages.warning(request, _("Choose two texts to compare."))
        return redirect("admin:education_page_history", page_id)
    old, new = texts[0], texts[-1]
    more: dict[str, Any] = {"diff": word_diff(old.text, new.text)}
    more["sides"] = [(text, state_of(page, text, page.newest())) for text in (old, new)]
    context = _context(model_admin, request, page, _("What differs")) | more
    return TemplateResponse(request, "admin/education/page/compare.html", context)


def restore(model_admin: Any, request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Make an older text the newest draft."""
    page = page_or_404(model_admin, request, page_id)
    revision = get_object_or_404(Revision, page=page, pk=revision_id)
    try:
        publishing.restore(revision, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        told = _("The text of %(when)s by %(who)s is the newest draft now. Patients do not see it yet.")
        messages.success(request, told % {"when": moment(revision.saved_at), "who": person_name(revision.author)})
    return redirect("admin:education_page_change", page_id)


def _context(model_admin: Any, request: HttpRequest, page: Page, title: str) -> dict[str, Any]:
    shown = Shown(page, viewer=request.user, now=timezone.now())
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": page,
        "shown": shown,
        "heading": title,
        "title": f"{title} · {shown.title}",
        "may_write": request.user.has_perm(publishing.WRITE),  # type: ignore[union-attr]
    }
