"""Logs that an operator can read and a patient need not fear."""

import logging
import re
import traceback
from types import TracebackType

SECRET_PATHS = re.compile(r"(/(?:request|review)/)[^/\s?]+")
SEARCHED = re.compile(r"(/search(?:/suggest)?/?\?)[^\s\"']*")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NoPatientData(logging.Filter):
    """Write the message out and take from it the tokens of private links and what somebody searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SEARCHED.sub(r"\1…", SECRET_PATHS.sub(r"\1…", record.getMessage()))
        record.args = None
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
