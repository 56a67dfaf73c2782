"""Drafts: seen as patients would see them, and published."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from education.faults import Fault
from education.library import LONGEST
from education.models import Page, Revision
from education.revisions import look_over, publish
from education.views import show

HISTORY = 50


def history_of(page: Page) -> dict[str, Any]:
    """Return what the change form shows of a page's past, newest first."""
    revisions = list(
        page.revisions.select_related("author").defer("text", "html", "front", "contents").order_by("-pk")[:HISTORY]
    )
    return {"history": revisions, "newest": revisions[0] if revisions else None}


def person(request: HttpRequest) -> User:
    """Return who is asking: behind the admin's door always a member of staff."""
    return cast(User, request.user)


@require_http_methods(["GET", "POST"])
def preview_view(request: HttpRequest, page_id: int, revision_id: int | None = None) -> HttpResponse:
    """Show a draft with the patients' own template: a kept revision, or by POST a text that nobody saved yet."""
    if not person(request).has_perm("education.view_page"):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id)
    if request.method == "POST":
        revision, faults = _unsaved(page, request.POST.get("text", "")[:LONGEST].replace("\r\n", "\n"))
        return show(request, page, revision, unpublished=True, faults=faults)
    revisions = Revision.objects.filter(page=page).order_by("-pk")
    kept = get_object_or_404(revisions, pk=revision_id) if revision_id else revisions.first()
    if kept is None:
        return redirect("admin:education_page_change", page_id)
    return show(request, page, kept, unpublished=True)


def _unsaved(page: Page, text: str) -> tuple[Revision, list[Fault]]:
    _words, rendered, _context, faults = look_over(page, text)
    revision = Revision(page=page, text=text, html=rendered.html, contents=rendered.contents, front=rendered.front)
    return revision, faults


@require_POST
def publish_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish the revision that this person saw, if it is still the newest and still right."""
    if not person(request).has_perm("education.publish_page"):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id)
    newest = page.newest()
    hindrances = _hindrances(page, newest, request.POST.get("revision", ""))
    for sentence in hindrances:
        messages.error(request, sentence)
    if newest is not None and not hindrances:
        publish(newest, by=person(request), at=timezone.now())
        messages.success(request, _("Published. Patients see these words now."))
    return redirect("admin:education_page_change", page_id)


def _hindrances(page: Page, newest: Revision | None, seen: str) -> list[str]:
    """Return why the newest words cannot be published by someone who saw the revision with the number `seen`."""
    if newest is None or str(newest.pk) != seen:
        return [_("Someone saved newer words meanwhile. Look at them first, then publish.")]
    faults = look_over(page, newest.text)[3]
    return [_("Line %(line)s: %(fault)s") % {"line": fault.line, "fault": fault.message} for fault in faults]
