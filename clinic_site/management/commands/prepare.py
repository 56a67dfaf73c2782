"""manage.py prepare: make the site ready to be served."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.start import CannotStart, prepare


class Command(BaseCommand):
    """Parses and prints; the work is in clinic_site.start."""

    help = "Migrate, import the pages, collect static files, and say where the site will be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        try:
            for line in prepare(host=host, port=port):
                self.stdout.write(line)
        except CannotStart as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Patients:  {settings.SITE_URL}/")
        self.stdout.write(f"Staff:     {settings.SITE_URL}/{settings.STAFF_PATH}")
        self.stdout.write("Stop with Ctrl-C.")
