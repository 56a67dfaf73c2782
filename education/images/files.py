"""The files of pictures below MEDIA_ROOT: written beside their place and moved into it, so none is ever half there."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from education.faults import ContentError, Fault
from education.images.pixels import Made, derive
from education.pictures import FOLDER, FORMATS, Shown


def folder() -> Path:
    """Return the folder that holds every file of every picture."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def write_files(made: Made, shown: Shown) -> None:
    """Write the files of a picture that are not there yet. Those already there are complete: see `put`."""
    wanted = {folder() / shown.file(width, ending) for width in shown.widths for ending in FORMATS}
    if all(place.is_file() for place in wanted):
        return
    for width, ending, data in derive(made):
        put(folder() / shown.file(width, ending), data)


def put(place: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there, also after a power cut."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def remove_files(shown: Shown) -> None:
    """Take the files of a picture off the disk."""
    for width in shown.widths:
        for ending in FORMATS:
            (folder() / shown.file(width, ending)).unlink(missing_ok=True)


def master_of(shown: Shown) -> bytes:
    """Return the bytes of a picture's largest file. Raises ContentError if the disk has lost it."""
    place = folder() / shown.master
    try:
        return place.read_bytes()
    except OSError:
        lost = f"the site has lost its file {shown.master}; bring media/ back from the backup, then export."
        raise ContentError([Fault(f"{FOLDER}/{shown.name}.jpg", 1, lost)]) from None
