"""Telephone numbers as links: the number that is read is the number that is dialled, and it never breaks."""

import re
from typing import NamedTuple, Self

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

SHORTEST = 3
"""Digits: "dial 2" and "24 hours" are no telephone numbers, 112 is one."""
NUMBER = re.compile(
    r"(?<![\w.,])(\+?\(?\d(?:[\d ().\u00a0/\u2010-\u2015-]*\d)?)"
    r"(?:[ ,;]*(?:ext\.?|extension|extensión|x|#) ?(\d{1,6}))?(?!\w)",
    re.IGNORECASE,
)
TRUNK = "(0)"
"""Dialled inside the country only, so it goes where a number begins with its country."""


class Telephone(NamedTuple):
    """A number as it is read, and the address that dials it."""

    shown: str
    address: str


class Said(str):
    """Words, and the same words as HTML in which each telephone number is a link."""

    html: SafeString

    @classmethod
    def of(cls, words: str, html: SafeString | None = None) -> Self:
        """Return words with their HTML; without one of their own they are escaped."""
        said = cls(words)
        said.html = escape(words) if html is None else html
        return said


def html_of(words: str) -> SafeString:
    """Return words as HTML: with their links if they bring some, else escaped."""
    return words.html if isinstance(words, Said) else escape(words)


def first(words: str) -> Telephone | None:
    """Return the first telephone number that stands in some words."""
    return next((_read(match) for match in NUMBER.finditer(words) if _digits(match) >= SHORTEST), None)


def linked(words: str, scheme: str = "tel") -> Said:
    """Return words in which each telephone number is a link: to call it (tel), or to write to it (sms)."""
    parts, last = [], 0
    for match in NUMBER.finditer(words):
        if _digits(match) >= SHORTEST:
            shown, address = _read(match)
            link = format_html('<a class="tel" href="{}:{}">{}</a>', scheme, address, shown)
            parts += [escape(words[last : match.start()]), link]
            last = match.end()
    return Said.of(words, mark_safe("".join([*parts, escape(words[last:])])))  # noqa: S308  # each part is escaped


def say(pattern: str, **told: str) -> Said:
    """Return a translated pattern with words put in, as text and as HTML; numbers that are links stay links."""
    html = mark_safe(escape(pattern) % {name: html_of(words) for name, words in told.items()})  # noqa: S308  # as above
    return Said.of(pattern % told, html)


def _digits(match: re.Match[str]) -> int:
    return sum(letter.isdigit() for letter in match[1])


def _read(match: re.Match[str]) -> Telephone:
    number, extension = match.groups()
    bare = number.replace(TRUNK, "") if number.startswith("+") else number
    dialled = ("+" if bare.startswith("+") else "") + re.sub(r"\D", "", bare)
    return Telephone(match[0], dialled + (f";ext={extension}" if extension else ""))
