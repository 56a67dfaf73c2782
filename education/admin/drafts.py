"""Drafts, seen as patients would see them."""

from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from education.faults import Fault
from education.library import LONGEST
from education.models import Page, Revision
from education.revisions import look_over
from education.views import show


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
