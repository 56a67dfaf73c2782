"""Drafts, seen as patients would see them."""

from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from education.models import Page, Revision
from education.views import show


def person(request: HttpRequest) -> User:
    """Return who is asking: behind the admin's door always a member of staff."""
    return cast(User, request.user)


@require_safe
def preview_view(request: HttpRequest, page_id: int, revision_id: int | None = None) -> HttpResponse:
    """Show a kept revision with the patients' own template; what is not saved yet is seen at the writer's desk."""
    if not person(request).has_perm("education.view_page"):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id)
    revisions = Revision.objects.filter(page=page).order_by("-pk")
    kept = get_object_or_404(revisions, pk=revision_id) if revision_id else revisions.first()
    if kept is None:
        return redirect("admin:education_page_change", page_id)
    return show(request, page, kept, unpublished=kept.pk != page.published_id)
