"""References that can be read out over the telephone: K7M2-9QXD."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: they are mixed up (ux.md 2.4)
LENGTH = 8


def new_reference() -> str:
    """Return a fresh random reference without its hyphen. Unique only by the database's word."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(reference: str) -> str:
    """Return the reference in two groups, as people see it."""
    return f"{reference[:4]}-{reference[4:]}"


def typed(text: str) -> str | None:
    """Return the reference that somebody typed, whatever the case, spaces and hyphens, or None if it is none."""
    bare = re.sub(r"[\s‐-―-]", "", text).upper()
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else None
