"""Small counts of tries, in each process and only in its memory: what cannot be guessed can still be hammered."""

import hashlib
import secrets
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

MOST_KEYS = 10_000
_secret = secrets.token_bytes(32)


class Tries:
    """How often each key did one thing in this hour."""

    def __init__(self, an_hour: int) -> None:
        self.an_hour = an_hour
        self._counts: dict[tuple[str, str], int] = {}

    def too_many(self, who: str, at: datetime) -> bool:
        """Count one try, and say whether there were too many in this hour."""
        key = (who, f"{at:%Y%m%d%H}")
        if len(self._counts) >= MOST_KEYS:
            self._counts.clear()
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key] > self.an_hour

    def forget(self) -> None:
        """Begin again from nothing."""
        self._counts.clear()


def caller(request: HttpRequest) -> str:
    """Return what stands for the caller's network: hashed with a key that ends with this process, never an address."""
    proxies = settings.TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = seen[-proxies] if proxies and len(seen) >= proxies else str(request.META.get("REMOTE_ADDR", ""))
    return hashed(_network(address))


def hashed(network: str) -> str:
    """Return a hash that nobody can turn back, and that means nothing to another process."""
    return hashlib.blake2b(network.encode(), key=_secret, digest_size=16).hexdigest()


def _network(address: str) -> str:
    """Return what counts as one caller, as the request form counts: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)
