"""The few answers that belong to the whole site."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.views.csrf import is_from_here, keeps_words, stale_form
from clinic_site import kept


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read as a request, without looking at it again: Django's own answer does, and fails."""
    words = _("We could not read what your browser sent. Please go back and try again.")
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form whose safety token is missing or stale; what was typed on a page of ours is held."""
    if keeps_words(request):
        return stale_form(request)
    has_cookie = settings.CSRF_COOKIE_NAME in request.COOKIES
    from_staff = request.path.startswith(reverse("admin:index")) and has_cookie and is_from_here(request)
    held = kept.stale(admin.site, request) if from_staff else None
    return held or render(request, "403_csrf.html", status=403)
