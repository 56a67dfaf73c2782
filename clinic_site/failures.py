"""What people see when the site itself fails: staff their own page, and whatever was typed stays on it, to send again.

Nothing here asks the database, the session included: they may be what failed.
"""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseFailure
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import defaults

from booking.views.csrf import is_from_here
from booking.views.page import held
from clinic_site import kept
from clinic_site.logs import reference_of

UNAVAILABLE, BROKEN = 503, 500


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed; its reference is in the log. 503 when the store failed, else 500."""
    unwritten = isinstance(sys.exception(), DatabaseFailure | OSError)
    status = UNAVAILABLE if unwritten else BROKEN
    typed = request.method == "POST" and is_from_here(request)
    if is_for_staff(request):
        response = _not_saved(request, status) if typed else _for_staff(request, "broken.html", status)
    elif typed:
        response = held(request, status=status, trouble="not_saved", reference=reference_of(request))
    else:
        context = {"clinic": settings.CLINIC.spoken(get_language() or ""), "reference": reference_of(request)}
        response = render(request, "500.html", context, status=BROKEN)
    add_never_cache_headers(response)
    return response


def missing(request: HttpRequest, exception: Http404) -> HttpResponse:
    """Answer an address without a page."""
    if is_for_staff(request):
        return _for_staff(request, "missing.html", 404)
    return defaults.page_not_found(request, exception)


def refused(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Answer somebody who may not see a page."""
    if is_for_staff(request):
        return _for_staff(request, "refused.html", 403)
    return defaults.permission_denied(request, exception)


def is_for_staff(request: HttpRequest) -> bool:
    """Say whether an address lies in the staff's part of the site; who asks is not known where the session fails."""
    return request.path.startswith(reverse("admin:index"))


def _not_saved(request: HttpRequest, status: int) -> HttpResponse:
    """Hold what somebody of the staff typed; whoever was signing in is told that nothing is wrong with the password."""
    if request.path == reverse("admin:login"):
        known = {name: request.POST.get(name, "") for name in ("username", "next", kept.FIELD)}
        return _for_staff(request, "sign_in_later.html", status, **known)
    typed = kept.typed_in(request)
    words = [value for name, value in typed if name in kept.WORDS and value]
    more = {"typed": typed, "words": words, "unwritten": status == UNAVAILABLE, "files": bool(request.FILES)}
    return _for_staff(request, "not_saved.html", status, to=request.get_full_path(), **more)


def _for_staff(request: HttpRequest, template: str, status: int, **more: Any) -> HttpResponse:
    context = {"site_header": settings.CLINIC.name, "title": _("Something went wrong"), **more}
    return render(request, f"admin/failed/{template}", {**context, "reference": reference_of(request)}, status=status)
