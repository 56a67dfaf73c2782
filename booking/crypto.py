"""Keys at work: sealing personal text, keyed hashes for lookup, and the unguessable links."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt personal text. The first of FIELD_KEYS writes, all of them can read."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str, *, within: timedelta | None = None) -> str:
    """Decrypt text sealed `within` this time, or ever. Raises cryptography.fernet.InvalidToken under a wrong key."""
    ttl = None if within is None else int(within.total_seconds())
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(sealed, ttl).decode()


def seal_for(purpose: str, text: str) -> str:
    """Encrypt text that leaves the house in a page or an address; it opens for this purpose only."""
    return seal(f"{purpose}\0{text}")


def unseal_for(purpose: str, sealed: str, *, within: timedelta | None = None) -> str:
    """Decrypt what was sealed for `purpose`. Raises InvalidToken for anything else, a sealed column included."""
    found, _, text = unseal(sealed, within=within).partition("\0")
    if found != purpose:
        raise InvalidToken
    return text


def keyed_hash(purpose: str, text: str) -> str:
    """Return the HMAC-SHA256 (hex) of `text` for one purpose: equal texts meet, nothing can be read back."""
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def new_token() -> str:
    """Return 32 random bytes as text, for a cookie that nobody can guess."""
    return secrets.token_urlsafe(32)
