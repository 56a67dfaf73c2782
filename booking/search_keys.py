"""Keyed hashes of normalised words, so that staff find a request by name, e-mail or telephone without clear text."""

import re
import unicodedata

from booking import mailbox, phone
from booking.clean import JOINERS, is_letter, plain_digits
from booking.crypto import keyed_hash
from booking.models import ConsultationRequest, SearchKey

TAIL = 8  # the last digits: the same number meets itself with and without its country
LOCAL = (6, 7)  # as short as people say a number to somebody of their own town
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
APOSTROPHE = re.compile(r"['’ʼ]")
NOT_SAID = re.compile(rf"['’ʼ{JOINERS}]")  # nobody says or types them when they look for a name
ADDRESS = re.compile(r"\S+@\S+")
NUMBER = re.compile(r"[+(]?\d[\d\s()./‐-―−-]{4,}\d")


def for_request(request: ConsultationRequest) -> list[str]:
    """Return the digests under which this request is found."""
    names = [spelt for name in (request.name, request.helper_name) for spelt in (_names(name), _other_spellings(name))]
    return sorted(set[str]().union(*names) | _addresses(request.email) | _numbers(request.phone))


def for_query(text: str) -> list[str]:
    """Return the digests that a request must carry to match what staff typed. None can match an empty list."""
    text = plain_digits(text)
    found = set()
    for address in ADDRESS.findall(text):
        found |= _addresses(address)
    text = ADDRESS.sub(" ", text)
    for number in NUMBER.findall(text):
        found |= _number_said(number)
    return sorted(found | _names(NUMBER.sub(" ", text)))


def rows(request: ConsultationRequest) -> list[SearchKey]:
    """Return the rows to store with a request."""
    return [SearchKey(request=request, digest=digest) for digest in for_request(request)]


def _names(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    bare = "".join(mark for mark in NOT_SAID.sub("", folded) if not unicodedata.combining(mark))
    words = "".join(mark if is_letter(mark) else " " for mark in bare).split()
    return {keyed_hash("search", f"name:{word}") for word in words}


def _other_spellings(name: str) -> set[str]:
    """Return what else staff may type for a name: Mueller for Müller, Connor for O’Connor."""
    spelt_out = unicodedata.normalize("NFC", name).casefold().translate(SPELT_OUT)
    return _names(spelt_out) | _names(APOSTROPHE.sub(" ", name))


def _addresses(text: str) -> set[str]:
    address = mailbox.tidy(text).lower()
    return {keyed_hash("search", f"email:{address}")} if address else set()


def _numbers(text: str) -> set[str]:
    """Return the digests of a number that a patient gave: whole, and as people of the same town say it."""
    digits = phone.read(text) or _digits(text)
    return {_number(digits[-length:]) for length in (*LOCAL, TAIL)} if digits else set()


def _number_said(text: str) -> set[str]:
    """Return the digest of a number that staff typed; a short one is taken as it is, not as one of some country."""
    digits = _digits(text)
    return {_number((digits if len(digits) < TAIL else phone.read(text) or digits)[-TAIL:])}


def _number(digits: str) -> str:
    return keyed_hash("search", f"phone:{digits}")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", plain_digits(text))
