"""`manage.py content import|check|status`: files and site."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from education.exchange import Report, check_folder, import_folder, status
from education.faults import ContentError


class Command(BaseCommand):
    """Reads the arguments and prints the report; the work is done in education.exchange."""

    help = "Bring the Markdown files to the site (import), look for faults (check), or say how both differ (status)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["import", "check", "status"])
        parser.add_argument("--dry-run", action="store_true", help="say what import would do, and do nothing")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="the folder of the files")

    def handle(self, *args: Any, action: str, dry_run: bool, folder: Path, **options: Any) -> None:
        try:
            if action == "check":
                self._check(folder)
            else:
                self._show(status(folder) if action == "status" else self._import(folder, dry_run=dry_run))
        except ContentError as error:
            raise CommandError(f"{error}\n{len(error.faults)} fault(s); nothing was changed.") from None

    def _check(self, folder: Path) -> None:
        faults = check_folder(folder)
        if faults:
            raise ContentError(faults)
        self.stdout.write("No faults.")

    def _import(self, folder: Path, *, dry_run: bool) -> Report:
        report = import_folder(folder, dry_run=dry_run, at=timezone.now())
        report.lines.append(
            f"{report.changed} page(s) changed for patients." if not dry_run else "Nothing was changed."
        )
        return report

    def _show(self, report: Report) -> None:
        for line in report.lines or ["Files and site are the same."]:
            self.stdout.write(line)
        if report.conflicts:
            self.stderr.write(f"{len(report.conflicts)} conflict(s): a person must settle them.")
            sys.exit(1)
