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
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--no-port-check", action="store_true", help="something already serves, as under systemd")

    def handle(self, *, host: str, port: str, no_port_check: bool, **options: Any) -> None:
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT is {port!r}; write a number between 1 and 65535.")
        try:
            for line in prepare(host=host, port=None if no_port_check else int(port)):
                self.stdout.write(line)
        except CannotStart as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Patients:  {settings.SITE_URL}/")
        self.stdout.write(f"Staff:     {settings.SITE_URL}/{settings.STAFF_PATH}")
