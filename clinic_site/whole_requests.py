"""Has a request arrived whole? Asked by the server's main loop before a thread is given to it."""

import re

HELD_BYTES = 65_536  # all that patients type is shorter; the end of a longer request is read by a thread
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})", re.IGNORECASE)
OF_UNKNOWN_LENGTH = re.compile(rb"\r\n(?:transfer-encoding|expect|upgrade)[ \t]*:", re.IGNORECASE)


def is_whole(received: bytes | bytearray) -> bool:
    """Say whether a thread can answer this without waiting. gunicorn's parser judges whether it is a request at all."""
    end = received.find(b"\r\n\r\n") + 4
    if len(received) >= HELD_BYTES or OF_UNKNOWN_LENGTH.search(received, 0, end):
        return True
    length = LENGTH.search(received, 0, end)
    return end > 3 and len(received) >= end + (int(length[1]) if length else 0)
