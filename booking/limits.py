"""Counting by network address (kept as a keyed hash) and hour, so that one machine cannot flood the form."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from booking.crypto import keyed_hash
from booking.models import RateCount

WINDOW = timedelta(hours=1)
DRAFTS_PER_SEND = 10  # people start over, look around, and share an address with a whole clinic


class TooManyError(Exception):
    """This address did this too often; it may do so again when the window ends."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many from one address")
        self.until = until


def spend_send(request: HttpRequest, *, at: datetime) -> None:
    """Count one request sent. Raises TooManyError."""
    _spend("send", settings.SUBMITS_PER_HOUR, request, at)


def spend_draft(request: HttpRequest, *, at: datetime) -> None:
    """Count one draft begun. Raises TooManyError."""
    _spend("draft", settings.SUBMITS_PER_HOUR * DRAFTS_PER_SEND, request, at)


def client_address(request: HttpRequest) -> str:
    """Return the caller's address: what our outermost proxy saw, and never what the caller claims."""
    proxies = settings.TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(seen) >= proxies:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """Return what counts as one caller: an IPv4 address, or the /64 that one IPv6 connection gets."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)


def _spend(purpose: str, allowed: int, request: HttpRequest, at: datetime) -> None:
    window = datetime.fromtimestamp(at.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds(), tz=UTC)
    key = keyed_hash("rate", f"{purpose} {network(client_address(request))} {window.isoformat()}")
    if _count(key, window + WINDOW) > allowed:
        raise TooManyError(window + WINDOW)


def _count(key: str, expires_at: datetime) -> int:
    """Add one and return the sum, in one statement that two processes cannot tear apart."""
    table = RateCount._meta.db_table
    expires = connection.ops.adapt_datetimefield_value(expires_at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, count, expires_at) VALUES (%s, 1, %s) "  # noqa: S608 - our own table's name
            f"ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [key, expires],
        )
        return int(cursor.fetchone()[0])
