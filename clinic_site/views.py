"""The few answers that belong to the whole site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from booking.views.csrf import keeps_words, stale_form
from clinic_site.health import troubles


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether patients can be served, and if not, why: one reason a line, no personal data."""
    reasons = troubles()
    words = "\n".join(reasons) or "ready"
    return HttpResponse(f"{words}\n", content_type="text/plain", status=503 if reasons else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form whose safety token is missing or stale; a patient's own answers are held on the page."""
    if keeps_words(request):
        return stale_form(request)
    return render(request, "403_csrf.html", status=403)
