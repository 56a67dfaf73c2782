"""Logs that an operator can read and a patient need not fear: nothing that a caller sent is ever written.

Addresses, headers, Host and what stands in them come from outside, in any spelling. So the log names the route of the
site that was asked for, never the address; and of what others than ourselves log, only the words of their code.
"""

import logging
import secrets
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from django.http import HttpRequest

OURS = ("clinic", "clinic_site", "booking", "education")
LEFT_OUT = "…"
REFERENCE = "clinic.reference"
SERVER_FAULT = 500
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NoPatientData(logging.Filter):
    """Write the message out without anything that a caller sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _told(record), None
        return True


class LineFormatter(logging.Formatter):
    """One line an event. A traceback keeps its places and its kind, never its words: they may be a patient's."""

    def formatException(self, ei: ExcInfo) -> str:
        kind, error, _ = ei
        chain = []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            places = " < ".join(
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
            )
            chain.append(f"{type(error).__name__} at {places}")
            error = error.__cause__ or error.__context__
        return " | from ".join(chain) or str(kind)


def reference_of(request: HttpRequest) -> str:
    """Return the short random name of this request's failure: shown on its page and written in its line of the log."""
    return request.META.setdefault(REFERENCE, secrets.token_hex(4))


def _told(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return _answered(record, request)
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    if record.name.startswith("gunicorn") and str(record.msg).startswith("Invalid request"):
        return f"A request was refused ({type(sys.exception()).__name__})"  # its text is what the caller sent
    return _words_of_code(record)


def _answered(record: logging.LogRecord, request: HttpRequest) -> str:
    """Say how a request was answered and by which route of the site: its address may hold a private link."""
    status = getattr(record, "status_code", 0)
    match = request.resolver_match
    route = f"the route {match.route or '/'}" if match else "an unknown address"
    reference = f", reference {reference_of(request)}" if status >= SERVER_FAULT else ""
    return f"Answered {status} at {route}{reference}"


def _words_of_code(record: logging.LogRecord) -> str:
    """Return a message of somebody else's code with its numbers; what else was to be filled in is left out."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    try:
        return record.msg % _bare(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _bare(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _bare_one(value) for name, value in given.items()}
    return tuple(_bare_one(value) for value in given) if isinstance(given, tuple) else _bare_one(given)


def _bare_one(value: object) -> object:
    return value if isinstance(value, int | float) else LEFT_OUT
