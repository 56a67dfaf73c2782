"""Counting by network address (kept as a keyed hash) and hour, so that one machine cannot flood the form."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from booking.crypto import keyed_hash
from booking.models import RateCount

logger = logging.getLogger(__name__)

WINDOW = timedelta(hours=1)
SIGN_IN_WINDOW = timedelta(minutes=15)
SIGN_INS_AS_ACCOUNT = 10  # failed ones at one account, from one network or one known device
SIGN_INS_FROM_NETWORK = 50  # failed ones at all accounts; a whole clinic signs in from one network
DRAFTS_PER_SEND = 10  # people start over, look around, and share an address with a whole clinic


class TooManyError(Exception):
    """This address did this too often; it may do so again when the window ends."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many from one address")
        self.until = until


def spend_send(request: HttpRequest, *, at: datetime) -> None:
    """Count one request sent. Raises TooManyError."""
    _spend("send", settings.SUBMITS_PER_HOUR, _caller(request), at)


def spend_draft(request: HttpRequest, *, at: datetime) -> None:
    """Count one draft begun. Raises TooManyError."""
    _spend("draft", settings.SUBMITS_PER_HOUR * DRAFTS_PER_SEND, _caller(request), at)


def spend_sign_in(request: HttpRequest, name: str, *, device: str = "", at: datetime) -> None:
    """Count one try to sign in, before its password is looked at. Raises TooManyError.

    Tries are counted by account and network together, so that nobody can shut somebody out from elsewhere. A `device`
    that signed in to this account before has a count of its own, whatever others try beside it.
    """
    for purpose, allowed, who in _sign_in(request, name, device):
        _spend(purpose, allowed, who, at, SIGN_IN_WINDOW)


def forgive_sign_in(request: HttpRequest, name: str, *, device: str = "", at: datetime) -> None:
    """Count a try no more, because it was right."""
    window = _window(at, SIGN_IN_WINDOW)
    keys = [_key(purpose, who, window) for purpose, _allowed, who in _sign_in(request, name, device)]
    RateCount.objects.filter(key__in=keys).update(count=F("count") - 1)


def _sign_in(request: HttpRequest, name: str, device: str) -> Iterable[tuple[str, int, str]]:
    account = name.casefold()
    if device:
        yield "sign in with a known device", SIGN_INS_AS_ACCOUNT, f"{account} {device}"
    else:
        yield "sign in as", SIGN_INS_AS_ACCOUNT, f"{account} {_caller(request)}"
        yield "sign in from", SIGN_INS_FROM_NETWORK, _caller(request)


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


def _caller(request: HttpRequest) -> str:
    return network(client_address(request))


def _window(at: datetime, length: timedelta) -> datetime:
    return datetime.fromtimestamp(at.timestamp() // length.total_seconds() * length.total_seconds(), tz=UTC)


def _key(purpose: str, who: str, window: datetime) -> str:
    return keyed_hash("rate", f"{purpose} {who} {window.isoformat()}")


def _spend(purpose: str, allowed: int, who: str, at: datetime, length: timedelta = WINDOW) -> None:
    window = _window(at, length)
    count = _count(_key(purpose, who, window), window + length)
    if count == allowed + 1:
        logger.warning("too many tries to %s: refused until %s", purpose, f"{window + length:%H:%M} UTC")
    if count > allowed:
        raise TooManyError(window + length)


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
