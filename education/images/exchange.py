"""Pictures between the folder of files and the site: both ways, with nothing that anybody wrote lost on the way."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from education.agreement import is_own
from education.faults import ContentError
from education.images.files import master_of, put
from education.images.folder import LIST, WORDS, Entry, digest_of, read_pictures
from education.images.gallery import prepare, shown
from education.models import Picture
from education.pictures import FOLDER

SENTENCES = {
    "new": "pictures/{name}.jpg: new",
    "file": "pictures/{name}.jpg: what the files say of it changed",
    "site": "pictures/{name}.jpg: was changed on the site and stays as it is",
    "conflict": "pictures/{name}.jpg: was changed in the files and on the site; nothing was overwritten",
    "twice": "pictures/{name}.jpg: the site has this picture by another name",
    "site only": "pictures/{name}.jpg: is on the site only and stays as it is",
}


@dataclass
class Pictured:
    """What an exchange of pictures found and did."""

    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    changed: int = 0

    def tell(self, state: str, name: str) -> None:
        """Note how one picture stands."""
        sentence = SENTENCES[state].format(name=name)
        self.lines.append(sentence)
        if state in {"conflict", "twice"}:
            self.conflicts.append(sentence)


@transaction.atomic
def import_pictures(folder: Path, *, at: datetime, take: str = "", dry_run: bool = False) -> Pictured:
    """Bring the folder's pictures to the site; `take` ("files" or "site") settles conflicts. Raises ContentError."""
    entries, faults = read_pictures(folder)
    if faults:
        raise ContentError(faults)
    report, rows = Pictured(), {row.name: row for row in Picture.objects.select_for_update()}
    digests = {row.digest: row.name for row in rows.values()}
    for name, entry in entries.items():
        row = rows.get(name)
        state = _state(row, entry, _agreed(row, folder))
        if digests.get(entry.made.digest, name) != name:
            state = "twice"
        elif state == "conflict" and take:
            state = _settled(take, row, entry, folder, dry_run=dry_run)
        if state != "same":
            report.tell(state, name)
        if not dry_run:
            report.changed += _bring(state, row, name, entry, folder, at)
    for name in sorted(rows.keys() - entries.keys()):
        report.tell("site only", name)
    return report


def export_pictures(folder: Path) -> list[str]:
    """Write the site's pictures into a folder. Returns the names of the files that changed."""
    rows = list(Picture.objects.order_by("name"))
    changed = []
    for row in rows:
        name, master = f"{FOLDER}/{row.name}.jpg", master_of(shown(row))
        changed += _write(folder, name, master)
    listed = {row.name: _said(row) | {"digest": row.digest} for row in rows}
    if listed or (folder / LIST).is_file():
        text = json.dumps(_with_files_only(folder, listed), indent=2, ensure_ascii=False, sort_keys=True)
        changed += _write(folder, LIST, f"{text}\n".encode())
    for row in rows:
        _agree(row, folder)
    return changed


def _with_files_only(folder: Path, listed: dict[str, Any]) -> dict[str, Any]:
    """Keep what only the files have so far: an export takes nothing away."""
    known = {entry["digest"] for entry in listed.values()}
    for name, entry in read_pictures(folder)[0].items():
        if name not in listed and entry.made.digest not in known:
            listed[name] = entry.words | {"digest": entry.made.digest}
    return listed


def _write(folder: Path, name: str, data: bytes) -> list[str]:
    place = folder / name
    if place.is_file() and place.read_bytes() == data:
        return []
    put(place, data)
    return [name]


def _said(row: Picture) -> dict[str, Any]:
    return {key: getattr(row, key) for key in WORDS}


def _key(folder: Path) -> str:
    return "" if is_own(folder) else str(folder.resolve())


def _agreed(row: Picture | None, folder: Path) -> str:
    """Return what both last said; a folder that is new to us counts as a copy of the site's own."""
    return str(row.agreed.get(_key(folder), row.agreed.get("", ""))) if row else ""


def _agree(row: Picture, folder: Path) -> None:
    now = digest_of(_said(row), row.digest)
    if row.agreed.get(_key(folder)) != now:
        row.agreed[_key(folder)] = now
        row.save(update_fields=["agreed"])


def _state(row: Picture | None, entry: Entry, agreed: str) -> str:
    """Compare file, site, and what both last agreed on."""
    if row is None:
        return "new"
    file, site = digest_of(entry.words, entry.made.digest), digest_of(_said(row), row.digest)
    if file == site:
        return "same"
    return {site: "file", file: "site"}.get(agreed, "conflict")


def _settled(take: str, row: Picture | None, entry: Entry, folder: Path, *, dry_run: bool) -> str:
    """Let one side have the last word; what the site keeps is then no conflict any more."""
    if take == "files" or row is None:
        return "file"
    if not dry_run:
        row.agreed[_key(folder)] = digest_of(entry.words, entry.made.digest)
        row.save(update_fields=["agreed"])
    return "site"


def _bring(state: str, row: Picture | None, name: str, entry: Entry, folder: Path, at: datetime) -> int:
    """Do what one picture asks for. Returns 1 if the site has it differently now."""
    if state in {"new", "file"}:
        fresh = prepare(entry.made, name, added_at=row.added_at if row else at, **entry.words)
        if row is not None:
            fresh.pk, fresh.added_by_id, fresh.agreed = row.pk, row.added_by_id, row.agreed
        fresh.save()
        _agree(fresh, folder)
        return 1
    if state == "same" and row is not None:
        prepare(entry.made, name)  # the files, should the disk have lost them
        _agree(row, folder)
    return 0
