"""The words of the interface in other languages: catalogues that people write, compiled for the program to read."""

import hashlib
import os
from io import BytesIO
from pathlib import Path


def compile_catalogues(written: Path, compiled: Path) -> list[Path]:
    """Compile every catalogue that changed since it was compiled. Return those."""
    done = []
    for source in sorted(written.glob("*/LC_MESSAGES/django.po")):
        target = (compiled / source.relative_to(written)).with_suffix(".mo")
        stamp, digest = target.with_suffix(".digest"), hashlib.sha256(source.read_bytes()).hexdigest()
        if not (target.is_file() and stamp.is_file() and stamp.read_text() == digest):
            target.parent.mkdir(parents=True, exist_ok=True)
            _put(target, _compiled(source))
            _put(stamp, digest.encode())
            done.append(target)
    return done


def _compiled(source: Path) -> bytes:
    """Return a catalogue as gettext reads it. Fuzzy messages are left out: nobody has said that they are right."""
    from babel.messages.mofile import write_mo  # read only when there is something to compile
    from babel.messages.pofile import read_po

    out = BytesIO()
    with source.open("rb") as file:
        write_mo(out, read_po(file, abort_invalid=True))
    return out.getvalue()


def _put(place: Path, content: bytes) -> None:
    """Write a file at once: other processes start at the same time and read it whole or not at all."""
    unfinished = place.with_name(f".{place.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(place)
