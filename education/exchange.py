"""Files and site: what is in the files comes to the site, and nothing that anybody typed is overwritten silently."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from education.bringing import Bringing
from education.compare import Difference, State, compare
from education.faults import ContentError, Fault
from education.images import Pictured, future_pictures, import_pictures, need_work, standings, told
from education.import_plan import Outdated, Plan, check_folder, work_out
from education.library import Files, Place, read_files
from education.models import Edition
from education.telling import both_texts, sentences
from education.untranslated import tasks

__all__ = ["Report", "check_folder", "files_of", "import_folder", "report_on", "status", "with_pictures"]

TRIES = 3
"""So often an import begins again when somebody wrote on the site while it was made ready."""


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
    All reading, rendering and checking is done before the transaction: patients write meanwhile.
    """
    found = files_of(folder)
    if not found:
        raise ContentError([Fault(folder.name, 1, "there are no pages in this folder.")])
    pictures = standings(folder)
    differences = compare(found, folder, take=take, pictures=future_pictures(pictures, take=take))
    if not need_work(pictures, take) and not any(difference.needs_work for difference in differences):
        return with_pictures(report_on(differences), told(pictures, take=take))
    for _attempt in range(TRIES):
        plan = work_out(found, folder, take=take, at=at)
        with suppress(Outdated, IntegrityError):  # somebody else wrote meanwhile, or brought the same new page
            return _bring(plan, at, dry_run=dry_run)
    raise ContentError([Fault(folder.name, 1, "the site changed while the pages were made ready; import again.")])


@transaction.atomic
def _bring(plan: Plan, at: datetime, *, dry_run: bool) -> Report:
    plan.check_again()
    report = with_pictures(report_on(plan.differences), import_pictures(plan.pictures, plan.folder, plan.take, at=at))
    report.lines += [f"not right with what is on the site now: {fault}" for fault in plan.faults]
    bringing = Bringing(plan.folder, plan.pressed, plan.proofs, at)
    for difference in sorted(plan.differences, key=lambda each: each.moved_from is None):  # first free old places
        seen, told = bringing.apply(difference)
        report.changed += seen
        report.lines += told
    if report.changed:
        Edition.move_on()
    transaction.set_rollback(dry_run)
    return report


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
