"""What readers say of the pages: counts only, the least helpful page first."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.admin.drafts import person
from education.models import Page
from education.opinions import FEWEST, KEPT_MONTHS, what_readers_say


@require_safe
def readers_view(request: HttpRequest) -> HttpResponse:
    """Show how helpful readers found each page, and what they missed in which part of it."""
    if not person(request).has_perm("education.view_page"):
        raise PermissionDenied
    context = {"title": _("What readers say"), "opts": Page._meta, "said": what_readers_say()}
    numbers = {"fewest": FEWEST, "months": KEPT_MONTHS}
    frame = admin.site.each_context(request)
    return render(request, "admin/education/page/readers.html", frame | context | numbers)
