"""Hosts and e-mail addresses as operators write them: read into the one form that every part of the site can use."""

import re
from email import message_from_bytes, policy
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

NAMED = re.compile(r"""(?:"[^"]*"\s*|[^<>;,"]*)<([^<>]*)>""")
SENDER = re.compile(r"""^\s*"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]*)>\s*$""")
LOCAL = re.compile(r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
LABEL = re.compile(r"^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$")
IPV6 = re.compile(r"^[0-9a-f:.]*:[0-9a-f:.]*$")
LONGEST = 253


def host(text: str) -> str:
    """Return a host name in small ASCII letters (punycode), or an IP address. Raises ValueError when it is none."""
    name = text.strip().lower()
    if IPV6.match(name):
        return name
    name = ".".join(label if label.isascii() else label.encode("idna").decode() for label in name.split("."))
    if len(name) > LONGEST or not all(LABEL.match(label) for label in name.split(".")):
        raise ValueError(f"{text!r} is no host name")
    return name


def hosts(text: str) -> list[str]:
    """Return the host names of a list parted by commas or spaces. Raises ValueError naming what is none."""
    return [host(each) for each in re.split(r"[\s,;]+", text) if each]


def site(text: str) -> SplitResult:
    """Return the address of the site: scheme, host and perhaps a port. Raises ValueError when it is none."""
    told = urlsplit(text.strip())
    if (
        told.scheme not in {"http", "https"}
        or told.path.strip("/")
        or told.query
        or told.fragment
        or "@" in told.netloc
    ):
        raise ValueError(text)
    port, name = told.port, host(told.hostname or "")
    name = f"[{name}]" if ":" in name else name
    return SplitResult(told.scheme, f"{name}:{port}" if port else name, "", "", "")


def email_addresses(text: str) -> list[str]:
    """Return the addresses of a list, parted by commas, semicolons or spaces, with or without names in front.

    Raises ValueError naming what is no address.
    """
    return [email_address(each) for each in re.split(r"[\s;,]+", NAMED.sub(r" \1 ", text)) if each]


def email_address(text: str) -> str:
    """Return an address that means the same to the form, the sender and the wire. Raises ValueError."""
    name, at, domain = text.strip().rpartition("@")
    if not at or not LOCAL.match(name) or "=?" in name or len(name) > 64:
        raise ValueError(f"{text!r} is no e-mail address")
    return f"{name}@{host(domain)}"


def sender(text: str) -> str:
    """Return who mails come from, the name in front quoted: Nova, Desk <desk@example.org>. Raises ValueError."""
    found = SENDER.match(text)
    if not found:
        return email_address(text)
    name, address = found["name"].strip(), email_address(found["address"])
    if "=?" in name or "\\" in name or not name.isprintable():
        raise ValueError(f"the name {name!r} cannot stand in a mail")
    return f'"{name}" <{address}>' if name else address


def untold() -> list[str]:
    """Build one mail to each address that mails go to by the settings; return those that it would not reach."""
    wrong = []
    for address in settings.STAFF_NOTICE_EMAILS or ["somebody@example.org"]:
        try:
            mail = EmailMessage("1", "1", settings.DEFAULT_FROM_EMAIL, [address]).message().as_bytes()
            read = message_from_bytes(mail, policy=policy.default)
            reached = [str(each.addr_spec) for each in read["To"].addresses] == [address] and read["From"].addresses
        except (ValueError, IndexError, LookupError):
            reached = False
        if not reached:
            wrong.append(address)
    return wrong
