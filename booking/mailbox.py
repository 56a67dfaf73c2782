"""E-mail addresses as people type them, and a question about likely slips that never stands in the way."""

import re
import unicodedata
from email import message_from_bytes, policy
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import EmailValidator

from booking.clean import JOINERS, without_invisible

LONGEST = 254
on_the_internet = EmailValidator(allowlist=[])
LARGE = (
    "gmail.com googlemail.com outlook.com outlook.es hotmail.com hotmail.co.uk hotmail.es yahoo.com yahoo.co.uk "
    "yahoo.es icloud.com protonmail.com btinternet.com bigpond.com sympatico.ca comcast.net verizon.net"
).split()
"""Providers with names so long that a domain one letter away is a slip and not a service."""
REAL = {"gail.com"}
"""Domains that exist one letter away from those, and begin with the same letter."""
NO_ENDING = {"con": "com", "cmo": "com", "ocm": "com", "vom": "com", "xom": "com", "cpm": "com", "comm": "com",
             "coom": "com", "nte": "net", "ogr": "org"}  # fmt: skip
"""Endings of which no domain can have any."""
NOT_THEIRS = {"co": "com", "cm": "com", "om": "com"}
"""Endings that exist, but not for a large provider."""


def tidy(text: str) -> str:
    """Return the address without the spaces around it, invisible characters and what copying drags along."""
    folded = re.sub(f"[{JOINERS}]", "", without_invisible(unicodedata.normalize("NFKC", text)))
    return re.sub(r"(?i)^mailto:", "", folded.strip("<>,;\"' \u2028\u2029")).strip().rstrip(".")


def read(text: str) -> str | None:
    """Return the address ready to write to, or None when it cannot be one."""
    address = tidy(text)
    try:
        on_the_internet(address)
        address.encode("ascii")  # the mail servers that most clinics use take nothing else
    except (ValidationError, UnicodeEncodeError):
        return None
    is_one = len(address) <= LONGEST and not address.endswith("]") and means_one_thing(address)
    return address if is_one else None


def means_one_thing(address: str) -> bool:
    """Say whether a bare address is the same on the page, in the mail's header and to the mail server.

    A real mail is built and "sent" by Django's own code; `=?utf-8?q?…?=@example.com`, for one, is read anew on the way.
    """
    if "=?" in address:
        return False
    wire = _Wire()
    backend: Any = EmailBackend(use_tls=False, use_ssl=False)
    backend.connection = wire
    named = {"Message-ID": "<1@example.org>"}  # else Django asks the network for the name of this machine
    try:
        backend.send_messages([EmailMessage("s", "b", "sender@example.org", [address], headers=named)])
        header: Any = message_from_bytes(wire.written, policy=policy.SMTP)["To"]
        return wire.recipients == [address] == [each.addr_spec for each in header.addresses]
    except Exception:  # noqa: BLE001 - whatever it is that such an address raises, it cannot be written to
        return False


class _Wire:
    """Stands where the connection to a mail server stands."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.written = b""

    def sendmail(self, sender: str, recipients: list[str], written: bytes, *_options: Any) -> None:
        """Keep what would go out."""
        self.recipients, self.written = recipients, written


def did_you_mean(address: str) -> str:
    """Return a likelier spelling of the address, or nothing. A domain that exists is never questioned."""
    name, _, typed = address.rpartition("@")
    domain = typed.lower()
    if "." not in domain or domain in LARGE or domain in REAL:
        return ""
    rest, _, ending = domain.rpartition(".")
    domain = f"{rest}.{NO_ENDING.get(ending, ending)}"
    meant = next((large for large in LARGE if _is_slip_of(domain, large)), domain)
    return f"{name}@{meant}" if meant != typed.lower() else ""


def _is_slip_of(domain: str, large: str) -> bool:
    """Say whether one slip made this domain of a provider's: one letter of its name, or its ending."""
    (typed, _, ending), (name, _, its_ending) = domain.partition("."), large.partition(".")
    if typed == name:
        return NOT_THEIRS.get(ending) == its_ending
    return ending == its_ending and typed[:1] == name[:1] and _is_one_slip(typed, name)


def _is_one_slip(one: str, other: str) -> bool:
    """Say whether two words differ by a letter too many, missing or wrong, or by two that changed places."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
