"""E-mail addresses as people type them, and a hint at likely slips that never stands in the way."""

import difflib
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
COMMON = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com proton.me "
    "protonmail.com gmx.com gmx.net gmx.de web.de mail.com msn.com yahoo.co.uk hotmail.co.uk btinternet.com "
    "bigpond.com xtra.co.nz rogers.com bell.net shaw.ca telus.net sympatico.ca comcast.net verizon.net"
).split()
SLIPS = {".con": ".com", ".cmo": ".com", ".ocm": ".com", ".vom": ".com", ".comm": ".com", ".nte": ".net"}


def tidy(text: str) -> str:
    """Return the address without spaces, invisible characters and what copying drags along."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(mark for mark in folded if unicodedata.category(mark) not in {"Cc", "Cf", "Zs", "Zl", "Zp"})
    return re.sub(r"(?i)^mailto:", "", seen.strip("<>,;\"'")).rstrip(".")


def read(text: str) -> str | None:
    """Return the address ready to write to, or None when it cannot be one."""
    address = tidy(text)
    try:
        validate_email(address)
        address.encode("ascii")  # the mail servers that most clinics use take nothing else
    except (ValidationError, UnicodeEncodeError):
        return None
    return address if len(address) <= LONGEST else None


def did_you_mean(address: str) -> str:
    """Return a likelier spelling of the address, or nothing."""
    name, _, domain = address.rpartition("@")
    domain = domain.lower()
    for slip, meant in SLIPS.items():
        if domain.endswith(slip):
            return f"{name}@{domain.removesuffix(slip)}{meant}"
    if domain in COMMON:
        return ""
    close = difflib.get_close_matches(domain, COMMON, n=1, cutoff=0.88)
    return f"{name}@{close[0]}" if close else ""
