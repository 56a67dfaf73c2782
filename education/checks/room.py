"""Limits of length are set for English; another language needs more words to say the same."""

from math import ceil

from education.checks.parts import Reading

MORE = 1.2
"""So much longer a faithful translation may be; Spanish takes about a fifth more words."""


def most(limit: int, reading: Reading) -> int:
    """Return a limit of words for the language of a page."""
    return limit if reading.page.language == "en" else ceil(limit * MORE)
