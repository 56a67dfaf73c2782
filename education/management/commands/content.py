"""`manage.py content status|import|export|check|outline`: files and site."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from education.checks.folder import check_files, still_open, told
from education.exchange import Report, import_folder, status
from education.export import export_folder
from education.faults import ContentError
from education.import_plan import check_folder
from education.outline import outline


class Command(BaseCommand):
    """Reads the arguments and prints the report; the work is done in education.exchange and education.export."""

    help = (
        "Say how the Markdown files and the site differ (status), bring the files to the site (import), "
        "write the site's words into the files (export), look for faults (check), "
        "or print a page as a translator begins with it (outline)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["status", "import", "export", "check", "outline"])
        parser.add_argument("page", nargs="?", default="", help="outline: the path of the page, like treatment/risks")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="the folder of the files")
        parser.add_argument(
            "--take",
            choices=["files", "site"],
            default="",
            help="in conflicts, take the words of the files or of the site; the others are kept as a revision",
        )
        parser.add_argument("--scores", action="store_true", help="check: say how easy each page is to read")
        parser.add_argument("--allow-warnings", action="store_true", help="check: open warnings are no failure")

    def handle(self, *args: Any, action: str, dry_run: bool, folder: Path, take: str, **options: Any) -> None:
        try:
            if action == "outline":
                self.stdout.write(outline(folder, options["page"]), ending="")
            elif action == "check":
                self._check(folder, with_scores=options["scores"], allow_warnings=options["allow_warnings"])
            elif action == "status":
                self._show(status(folder))
            else:
                self._exchange(action, folder, dry_run=dry_run, take=take)
        except ContentError as error:
            raise CommandError(f"{error}\n{len(error.faults)} fault(s); nothing was changed.") from None

    def _check(self, folder: Path, *, with_scores: bool, allow_warnings: bool) -> None:
        checked = check_files(folder, today=timezone.localdate())
        for line in [*told(checked), *(map(str, checked) if with_scores else ())]:
            self.stdout.write(line)
        if faults := check_folder(folder):
            raise ContentError(faults)
        wrong, warnings = still_open(checked)
        if wrong or (warnings and not allow_warnings):
            raise CommandError(f"No faults, but {wrong} error(s) and {warnings} warning(s) without an answer.")
        self.stdout.write("No faults, no errors, no open warnings." if not warnings else "No faults, no errors.")

    def _exchange(self, action: str, folder: Path, *, dry_run: bool, take: str) -> None:
        work = import_folder if action == "import" else export_folder
        report = work(folder, dry_run=dry_run, take=take, at=timezone.now())
        done = (
            f"{report.changed} page(s) changed for patients."
            if action == "import"
            else f"{report.written} file(s) written or taken away."
        )
        report.lines.append(f"A dry run: nothing was changed. It would be: {done}" if dry_run else done)
        self._show(report)

    def _show(self, report: Report) -> None:
        for line in report.lines or ["Files and site are the same."]:
            self.stdout.write(line)
        for line in report.tasks:
            self.stdout.write(line)
        for sentence, diff in zip(report.conflicts, report.diffs, strict=True):
            self.stdout.write(f"\n{sentence}\n{diff}")
        if report.conflicts:
            self.stderr.write(
                f"{len(report.conflicts)} conflict(s): a person must settle them. Bring both texts together in one "
                "place, or take one side with --take files or --take site; the other words are kept."
            )
            sys.exit(1)
