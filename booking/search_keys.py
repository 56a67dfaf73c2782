"""Keyed hashes of normalised words, so that staff find a request by name, e-mail or telephone without clear text."""

import re
import unicodedata

from booking import mailbox, phone
from booking.clean import plain_digits
from booking.crypto import keyed_hash
from booking.models import ConsultationRequest, SearchKey

TAIL = 8  # the last digits: the same number meets itself with and without its country
ADDRESS = re.compile(r"\S+@\S+")
NUMBER = re.compile(r"[+(]?\d[\d\s()./‐-―−-]{4,}\d")


def for_request(request: ConsultationRequest) -> list[str]:
    """Return the digests under which this request is found."""
    found = _names(request.name) | _addresses(request.email) | _numbers(request.phone)
    return sorted(found)


def for_query(text: str) -> list[str]:
    """Return the digests that a request must carry to match what staff typed. None can match an empty list."""
    text = plain_digits(text)
    found = set()
    for address in ADDRESS.findall(text):
        found |= _addresses(address)
    text = ADDRESS.sub(" ", text)
    for number in NUMBER.findall(text):
        found |= _numbers(number)
    return sorted(found | _names(NUMBER.sub(" ", text)))


def rows(request: ConsultationRequest) -> list[SearchKey]:
    """Return the rows to store with a request."""
    return [SearchKey(request=request, digest=digest) for digest in for_request(request)]


def _names(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    words = re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", bare))
    return {keyed_hash("search", f"name:{word}") for word in words}


def _addresses(text: str) -> set[str]:
    address = mailbox.tidy(text).lower()
    return {keyed_hash("search", f"email:{address}")} if address else set()


def _numbers(text: str) -> set[str]:
    if not text:
        return set()
    digits = phone.read(text) or re.sub(r"\D", "", plain_digits(text))
    return {keyed_hash("search", f"phone:{digits[-TAIL:]}")} if digits else set()
