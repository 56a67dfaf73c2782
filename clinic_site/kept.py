"""A staff form that comes after its sign-in ended, or with a stale token: nothing that was typed is lost.

What was typed waits sealed in the sign-in page; whoever signs in and may see it finds it ready to be sent.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from booking import crypto

FIELD = "kept"
WORDS = ("note", "text")

Typed = list[tuple[str, str]]


def seal(request: HttpRequest) -> str:
    """Return what this form holds and where it was going, sealed; "" when nothing is worth keeping."""
    typed = [] if request.path in (reverse("admin:login"), reverse("admin:logout")) else typed_in(request)
    return crypto.seal_for(FIELD, json.dumps([request.get_full_path(), typed])) if typed else ""


def typed_in(request: HttpRequest) -> Typed:
    """Return what was typed, without tokens and passwords."""
    entries = [(name, value) for name, values in request.POST.lists() for value in map(str, values)]
    return [(n, v) for n, v in entries if n not in ("csrfmiddlewaretoken", "next", FIELD) and "password" not in n]


def sign_in(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Answer a form of nobody with the sign-in page, which holds what was typed."""
    sealed, to = seal(request), request.get_full_path()
    request.method = "GET"  # nobody tried to sign in: only show the way
    extra = {FIELD: sealed, "next": to, "app_path": reverse("admin:login"), "title": _("Sign in")}
    response = AdminSite.login(site, request, extra)
    response.status_code = 403
    add_never_cache_headers(response)
    return response


def again(site: AdminSite, request: HttpRequest, sealed: str) -> HttpResponse | None:
    """Show what was kept, ready to be sent with a fresh token, or None if this person may not see it."""
    to, typed = _opened(sealed)
    if not typed or not _may_see(request, to):
        return None
    words = next((value for name, value in typed if name in WORDS and value), "")
    context = {**site.each_context(request), "title": _("Not sent yet"), "to": to, "typed": typed, "words": words}
    response = TemplateResponse(request, "admin/again.html", context)
    add_never_cache_headers(response)
    return response


def stale(site: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """Answer a staff form with a stale token, as after signing in again in another tab; None when it is not ours."""
    if not site.has_permission(request):
        return sign_in(site, request)
    sealed = seal(request)
    response = again(site, request, sealed) if sealed else redirect("admin:index")
    if response is not None and sealed:
        response.status_code = 403
    return response


def _opened(sealed: str) -> tuple[str, Typed]:
    try:
        to, typed = json.loads(crypto.unseal_for(FIELD, sealed))
    except (InvalidToken, ValueError):
        return "", []
    return to, [(name, value) for name, value in typed]


def _may_see(request: HttpRequest, to: str) -> bool:
    """Say whether this person works in the part of the admin where the form was going."""
    user: Any = request.user
    try:
        name = resolve(to.partition("?")[0]).url_name or ""
    except Resolver404:
        return False
    return bool(user.is_active and user.has_module_perms(name.partition("_")[0]))
