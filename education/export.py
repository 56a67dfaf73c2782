"""Site to files: the words that patients see are written into the folder; a file that somebody changed stays."""

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from education.agreement import agree
from education.bringing import Proof, proofs_of, set_aside
from education.canonical import canonical
from education.compare import NO_FILE, Difference, State, compare
from education.exchange import Report, files_of, report_on, with_pictures
from education.images import export_pictures
from education.library import Place
from education.models import Page, Revision

Done = tuple[Page, Revision | None]
"""A page, and the words that its file holds now; none: it has no file."""

MEANWHILE = "{}: was changed while it was to be written, and stays; export once more"


def export_folder(folder: Path, *, dry_run: bool = False, take: str = "", at: datetime) -> Report:
    """Write what was changed on the site into the files. A folder without any page is filled with all of them.

    What is about to be overwritten is among the site's revisions first, and a file is old or new, never half written.
    """
    found = files_of(folder)
    proofs = {} if dry_run else proofs_of(compare(found, folder, take=take))  # rendered before anything is locked
    with transaction.atomic():
        differences = [_settled(each) for each in compare(found, folder, lock=not dry_run, take=take)]
        names = _names(differences, folder)
        report = report_on(differences, names=names)
        report.written = sum(_wants(each) is not None for each in differences)
        if dry_run:
            return with_pictures(report, export_pictures(folder, take=take, dry_run=True))
        done = [each for difference in differences for each in _keep(difference, proofs, at)]
    _copy_sources(folder)
    report.written = 0
    for difference in differences:
        if (text := _wants(difference)) is None or difference.page is None:
            continue
        if _put(folder / names[difference.key], text, expected=difference.file.text):
            report.written += 1
            done.append((difference.page, difference.page.published))
        else:
            report.lines.append(MEANWHILE.format(names[difference.key]))
    with transaction.atomic():
        for page, revision in done:
            agree(folder, page, revision)
    return with_pictures(report, export_pictures(folder, take=take))


def _settled(difference: Difference) -> Difference:
    """Leave a conflict open where only an import can take the side of the files: a draft, and no file."""
    if difference.take == "files" and not difference.file.name and difference.is_drafted:
        return replace(difference, take="")
    return difference


def _wants(difference: Difference) -> str | None:
    """Return what the file is to hold; empty: it is to be taken away; None: it stays as it is."""
    page = difference.page
    from_site = {State.CHANGED_ON_SITE, State.SITE_ONLY, State.WITHDRAWN}
    if page is None or not (difference.state in from_site or difference.take == "site"):
        return None
    if page.published is not None:
        return canonical(page.published.text)
    return "" if page.withdrawn_at and difference.file.name else None


def _keep(difference: Difference, proofs: Mapping[Place, Proof], at: datetime) -> Iterable[Done]:
    """Keep the words of a settled conflict on the site, before any file is touched; note where both agree already."""
    page, file, proof = difference.page, difference.file, proofs.get(difference.key)
    if page is None:
        return
    if difference.adopt:
        yield page, page.published
    if difference.take == "site":
        aside = set_aside(page, file, proof, at=at)
        if _wants(difference) is None:
            yield page, aside
    elif difference.take == "files" and file.name:
        set_aside(page, file, proof, at=at, as_draft=True)
    elif difference.take == "files":
        yield page, page.published


def _names(differences: Iterable[Difference], folder: Path) -> dict[Place, str]:
    """Return the name of each place's file: the one it has, or the one it will have."""
    differences = list(differences)
    hubs = {(language, path.rpartition("/")[0]) for language, path in (each.key for each in differences) if path}
    return {each.key: each.file.name or _new_name(each.key, hubs, folder) for each in differences}


def _new_name(place: Place, hubs: set[Place], folder: Path) -> str:
    language, path = place
    if not path:
        return f"{language}/index.md"
    is_hub = place in hubs or (folder / language / path).is_dir() or path.rpartition("/")[2] == "index"
    return f"{language}/{path}/index.md" if is_hub else f"{language}/{path}.md"


def _put(file: Path, text: str, *, expected: str) -> bool:
    """Write a file whole, or take it away if there is no text. Returns False if it is not as it was compared."""
    before = canonical(file.read_text(encoding="utf-8", errors="replace")) if file.exists() else NO_FILE.text
    if before != expected:
        return False
    if text:
        _write(file.resolve(), text.encode())
    else:
        file.unlink()
    _sync(file.parent)
    return True


def _write(file: Path, held: bytes) -> None:
    """Write beside the file, then put it in its place in one step: after a power cut it is the old one or the new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as out:
            out.write(held)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            shutil.copymode(file, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a new name last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy_sources(folder: Path) -> None:
    """Put the sources beside pages that cite them, so that a new folder can be brought in again."""
    own = Path(settings.CONTENT_DIR) / "sources.json"
    if own.is_file() and not (folder / "sources.json").exists():
        _write(folder / "sources.json", own.read_bytes())
