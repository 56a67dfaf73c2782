"""Pictures between the folder of files and the site: both ways, with nothing that anybody wrote lost on the way."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from education.images.files import master_of, put, write_files
from education.images.folder import LIST, read_pictures, shown_of
from education.images.gallery import row_of, shown
from education.images.standing import (
    TAKES_FILE,
    Pictured,
    Standing,
    agree,
    said_in,
    said_on,
    standings,
    told,
    words_of,
)
from education.models import Picture
from education.pictures import FOLDER


def write_pictures(found: Iterable[Standing], take: str) -> None:
    """Write the files of pictures that an import brings, and those that the disk has lost: long work, no rows."""
    for name, state, _row, entry in found:
        if entry is not None and (state == "same" or _brings(state, take)):
            write_files(entry.made, shown_of(name, entry))


@transaction.atomic
def import_pictures(found: Iterable[Standing], folder: Path, take: str, *, at: datetime) -> Pictured:
    """Write the rows of the folder's pictures; `take` ("files" or "site") settles conflicts.

    The largest file is kept byte for byte: it is never encoded a second time.
    """
    found = list(found)
    report = told(found, take=take)
    for standing in found:
        report.changed += _bring(standing, folder, take, at)
    return report


def _brings(state: str, take: str) -> bool:
    return state in TAKES_FILE or (state == "conflict" and take == "files")


def _bring(standing: Standing, folder: Path, take: str, at: datetime) -> int:
    """Do what one picture asks for. Returns 1 if the site has it differently now."""
    name, state, row, entry = standing
    if entry is None:
        return 0
    if _brings(state, take):
        fresh = row_of(entry.made, name, added_at=row.added_at if row else at, **entry.words)
        if row is not None:
            fresh.pk, fresh.added_by_id, fresh.agreed = row.pk, row.added_by_id, row.agreed
        fresh.save()
        agree(fresh, folder, said_on(fresh))
        return 1
    if row is not None and (state == "same" or (state == "conflict" and take == "site")):
        agree(row, folder, said_in(entry))
    return 0


def export_pictures(folder: Path, *, take: str = "", dry_run: bool = False) -> Pictured:
    """Write the site's pictures into a folder. What was changed only in the files stays; `take` settles conflicts."""
    found = standings(folder)
    report = told(found, take=take)
    writes = [each for each in found if _wants(each, take)]
    report.written = len(writes)
    if dry_run:
        return report
    listed = {name: entry.words | {"digest": entry.made.digest} for name, entry in read_pictures(folder)[0].items()}
    rows = [row for _name, _state, row, _entry in writes if row is not None]
    for row in rows:
        put(folder / FOLDER / f"{row.name}.jpg", master_of(shown(row)))
        listed[row.name] = words_of(row) | {"digest": row.digest}
    if rows:
        put(folder / LIST, f"{json.dumps(listed, indent=2, ensure_ascii=False, sort_keys=True)}\n".encode())
    _note(found, rows, folder, take)
    return report


def _wants(standing: Standing, take: str) -> bool:
    """Say whether a picture's file takes over what the site has."""
    settled = take == "site" and standing.state in {"conflict", "gone"}
    return standing.state in {"site", "site only"} or settled


def _note(found: list[Standing], written: list[Picture], folder: Path, take: str) -> None:
    """Remember what both say now; a file that was preferred counts as changed on its side only."""
    with transaction.atomic():
        for _name, state, row, entry in found:
            if row is None:
                continue
            if row in written or state == "same" or (state == "conflict" and take == "files" and entry is not None):
                agree(row, folder, said_on(row))
