"""Devices on which staff have signed in before: their own count of tries stays open, whatever strangers do.

A signed cookie names the device and the accounts (keyed hashes) that signed in on it. It opens nothing by itself.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from booking.crypto import keyed_hash

COOKIE, SALT = "device", "clinic_site.devices"
LIFE = 90 * 24 * 3600
MOST_ACCOUNTS = 8  # who share one computer; the latest stay


def known(request: HttpRequest, name: str) -> str:
    """Return the name of this device if the account has signed in on it before, else nothing."""
    device, accounts = _read(request)
    return device if _account(name) in accounts else ""


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let this device be known to the account that has just signed in."""
    device, accounts = _read(request)
    account = _account(name)
    accounts = [account, *(each for each in accounts if each != account)][:MOST_ACCOUNTS]
    value = signing.dumps([device or secrets.token_hex(8), accounts], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=LIFE,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return "", []
    return device, accounts


def _account(name: str) -> str:
    return keyed_hash("device", name.casefold())[:16]
