"""A finished page: every byte of the answer, in each encoding, with what tells a browser that it has it already."""

import gzip
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import brotli

from education.press.accepting import best_encoding, has_already

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Headers = list[tuple[str, str]]

CACHE_CONTROL = "public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400"
"""Browsers ask each time (a 304 is cheap). A cache in front is at most 15 s behind, or a day while the site is away."""
OURS = {"content-length", "vary", "etag"}
"""What the press writes itself."""
OBJECTS = 4_000
"""What a sheet weighs beside its bytes: headers and Python's own."""


class Copy(NamedTuple):
    """A page in one encoding: its tag, the headers of 200 and of 304, and the body."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: tuple[bytes]


class Sheet:
    """A page as it goes out, made once from what Django printed."""

    def __init__(self, printed: Headers, body: bytes) -> None:
        headers = [(name, value) for name, value in printed if name.lower() not in OURS]
        if "cache-control" not in {name.lower() for name, _value in headers}:
            headers.append(("Cache-Control", CACHE_CONTROL))
        # The tag covers the headers, so a 304 may leave them out: a new policy is a new answer.
        digest = hashlib.sha256(repr(headers).encode() + body).hexdigest()[:32]
        self.copies = {"identity": _copy(headers, body, digest)}
        # Nothing on these pages is secret, so how well they compress betrays nothing.
        packed = {"br": brotli.compress(body, quality=10), "gzip": gzip.compress(body, 9, mtime=0)}
        for encoding, shorter in packed.items():
            smaller = len(shorter) < len(body)
            self.copies[encoding] = _copy(headers, shorter, digest, encoding) if smaller else self.copies["identity"]
        self.weight = OBJECTS + sum(len(copy.body[0]) for copy in self.copies.values())

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Hand the page out: in the encoding that was asked for, or as 304, or for HEAD without its body."""
        etag, headers, unchanged, body = self.copies[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and has_already(known, etag):
            start_response("304 Not Modified", unchanged.copy())  # a server may change the list it is given
            return ()
        start_response("200 OK", headers.copy())
        return body if environ["REQUEST_METHOD"] == "GET" else ()


def _copy(headers: Headers, body: bytes, digest: str, encoding: str = "") -> Copy:
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    kept = [(name, value) for name, value in headers if name.lower() == "cache-control"]
    validators = [("Vary", "Accept-Encoding"), ("ETag", etag)]
    own = [("Content-Length", str(len(body))), *([("Content-Encoding", encoding)] if encoding else [])]
    return Copy(etag, headers + own + validators, kept + validators, (body,))
