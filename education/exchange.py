"""Files and site: what is in the files comes to the site, and nothing that anybody typed is overwritten silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from education.bringing import Bringing
from education.compare import Difference, State, compare
from education.faults import ContentError, Fault
from education.future import press_all
from education.gates import unfit
from education.images import (
    Pictured,
    check_pictures,
    folder_pictures,
    future_pictures,
    import_pictures,
    need_work,
    site_pictures,
    standings,
    told,
)
from education.library import Files, Place, read_files
from education.models import Edition
from education.search.checking import check_lay
from education.telling import both_texts, sentences
from education.untranslated import tasks


@dataclass
class Report:
    """What a comparison, an import or an export found and did."""

    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    """What was changed in files and on the site, and that nobody settled."""
    diffs: list[str] = field(default_factory=list)
    """Both texts of each conflict, in the same order."""
    tasks: list[str] = field(default_factory=list)
    """What translators have to do."""
    changed: int = 0
    """How many pages patients now see differently."""
    written: int = 0
    """How many files were written or taken away."""


def check_folder(folder: Path) -> list[Fault]:
    """Return every fault of every file; needs no database."""
    found, faults = read_files(folder)
    texts = {place: file.text for place, file in found.items()}
    pressed, wrong = press_all(texts, found, folder, folder_pictures(folder))
    return faults + check_pictures(folder) + wrong + check_lay(folder, pressed)


def status(folder: Path) -> Report:
    """Say how files and site differ, changing nothing."""
    pictures = standings(folder)
    found = files_of(folder)
    report = report_on(compare(found, folder, pictures=future_pictures(pictures)))
    report.tasks = tasks(found)
    return with_pictures(report, told(pictures))


def import_folder(folder: Path, *, dry_run: bool = False, take: str = "", at: datetime) -> Report:
    """Bring the files to the site in one transaction. Raises ContentError, changing nothing, if a file has a fault.

    In a conflict nothing is overwritten, unless a person chose whose words to take: "files" or "site".
    A dry run does everything and takes it back, so that what it tells is what would happen.
    """
    found = files_of(folder)
    if not found:
        raise ContentError([Fault(folder.name, 1, "there are no pages in this folder.")])
    pictures = standings(folder)
    differences = compare(found, folder, take=take, pictures=future_pictures(pictures, take=take))
    if not need_work(pictures, take) and not any(difference.needs_work for difference in differences):
        return with_pictures(report_on(differences), told(pictures, take=take))
    try:
        return _bring(found, folder, take, at, dry_run=dry_run)
    except IntegrityError:  # another import brought the same new page at the same moment: now it is no longer new
        return _bring(found, folder, take, at, dry_run=dry_run)


@transaction.atomic
def _bring(found: Files, folder: Path, take: str, at: datetime, *, dry_run: bool) -> Report:
    pictured = import_pictures(folder, at=at, take=take)
    pictures = site_pictures()
    differences = compare(found, folder, lock=True, take=take, pictures=pictures)
    texts = {difference.key: text for difference in differences if (text := difference.future) is not None}
    pressed, faults = press_all(texts, found, folder, pictures)
    if blocking := _of_the_files(faults, texts, found, folder):
        raise ContentError(blocking)
    brought = [(each.key, each.file, pressed[each.key][1]) for each in differences if each.brings]
    if wrong := [fault for place, file, context in brought for fault in unfit(place, file, context, at, found)]:
        raise ContentError(wrong)
    report = with_pictures(report_on(differences), pictured)
    report.lines += [f"not right with what is on the site now: {fault}" for fault in sorted(set(faults))]
    bringing = Bringing(folder, pressed, at)
    for difference in sorted(differences, key=lambda each: each.moved_from is None):  # first make old places free
        seen, told = bringing.apply(difference)
        report.changed += seen
        report.lines += told
    if report.changed:
        Edition.move_on()
    transaction.set_rollback(dry_run)
    return report


def _of_the_files(faults: list[Fault], texts: Mapping[Place, str], found: Files, folder: Path) -> list[Fault]:
    """Return the faults that authors of files can mend. What staff changed or withdrew must not stop an import."""
    mine = {file.name for place, file in found.items() if texts.get(place) == file.text}
    faults = [fault for fault in faults if fault.file in mine]
    return sorted(set(faults) & set(check_folder(folder))) if faults else []


def with_pictures(report: Report, pictured: Pictured) -> Report:
    """Return a report with what is to be told about pictures."""
    report.lines += pictured.lines
    report.conflicts += pictured.conflicts
    report.diffs += pictured.diffs
    report.written += pictured.written
    return report


def files_of(folder: Path) -> Files:
    """Return the files of a folder. Raises ContentError if one cannot be read or stands in the wrong place."""
    found, faults = read_files(folder)
    if faults:
        raise ContentError(faults)
    return found


def report_on(differences: Iterable[Difference], *, names: Mapping[Place, str] | None = None) -> Report:
    """Return what to tell about differences that an import finds; with the names of the files, for an export."""
    report = Report()
    for difference in differences:
        told = sentences(difference, export=names is not None, name=(names or {}).get(difference.key, ""))
        report.lines += told
        if difference.state is State.CONFLICT and not difference.take:
            report.conflicts += told[-1:]
            report.diffs.append(both_texts(difference))
    return report
