"""From a set of files to a site that can be served: each step does nothing when there is nothing to do."""

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from booking import key_check
from booking.models import KeyCheck
from booking.rescheduling import recompute_due
from clinic_site.health import AT_THE_START, troubles
from education import exchange
from education.faults import ContentError
from education.models import Page


class CannotStart(Exception):  # noqa: N818 (it is a sentence, not a fault of the code)
    """The site cannot be started; its text says what the operator can do."""


def prepare(*, host: str, port: int | None) -> Iterator[str]:
    """Make the site ready to be served on host and port (None: unseen), telling what was done. Raises CannotStart."""
    if port is not None:
        refuse_taken_port(host, port)
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    close_to_others()
    refuse_damage()
    migrate()
    yield from import_pages()
    if collect_static_files():
        yield "Static files are in place."
    if reasons := troubles(AT_THE_START):
        raise CannotStart("The site is not fit to be served: " + "; ".join(reasons))
    if moved := recompute_due(at=timezone.now()):
        yield str(moved)
    yield from first_account()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CannotStart when something else answers on host and port, or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Nothing can listen on {host}:{port} ({error.strerror}). "
                f"Stop what uses it, or choose another: make run PORT={port + 1}"
            ) from None


def close_to_others() -> None:
    """Take the database of an earlier start away from the machine's other users; a new one is made so (umask)."""
    for place in settings.VAR_DIR.glob("*.sqlite3*"):
        with suppress(PermissionError):  # another user made it, who shares it on purpose
            place.chmod(0o600)


def refuse_damage() -> None:
    """Raise CannotStart when the database cannot be opened, or SQLite finds its file damaged."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                return
            cursor.execute("PRAGMA quick_check(1)")
            found = cursor.fetchone()[0]
    except OperationalError as error:
        raise CannotStart(f"The database cannot be opened: {error}".strip()) from None
    except DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise CannotStart(
            f"The database file is damaged ({found}). Change nothing in it: stop the site and bring back the last "
            "backup, as docs/operations.md says under “Restore”."
        )


def migrate() -> None:
    """Bring the database up to date, unless its keys are not ours: then nothing is written. Raises CannotStart."""
    try:
        known = KeyCheck._meta.db_table in connection.introspection.table_names()
        if known and KeyCheck.objects.exists() and (reason := key_check.trouble()):
            raise CannotStart(reason)
        call_command("migrate", verbosity=0, interactive=False)
        key_check.remember(apps)
    except key_check.WrongKeysError as error:
        raise CannotStart(str(error)) from None
    except OperationalError as error:
        raise CannotStart(f"The database cannot be written: {error}".strip()) from None


def import_pages() -> Iterator[str]:
    """Bring the pages of `content/` in. A conflict or a fault is told and stops nothing: patients keep what they had.

    Raises CannotStart when they have nothing yet.
    """
    try:
        report = exchange.import_folder(settings.CONTENT_DIR, at=timezone.now())
    except ContentError as error:
        if not Page.objects.published().exists():
            raise CannotStart(f"The pages cannot be brought in:\n{error}") from None
        yield f"No page was brought in, patients keep those they have:\n{error}"
        return
    yield from report.lines


def collect_static_files() -> bool:
    """Collect and compress the static files unless they are as they were. Return whether anything was done."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state)
    return True


def _static_state() -> str:
    """Return a fingerprint of every static file's place, size and time, and of the code that bundles them."""
    digest = hashlib.sha256(Path(settings.BASE_DIR, "clinic_site", "staticfiles.py").read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def first_account() -> Iterator[str]:
    """Create the account that DJANGO_SUPERUSER_* describe, or say how to create one while there is none."""
    accounts = User.objects
    name = os.environ.get("DJANGO_SUPERUSER_USERNAME", "")
    if name and os.environ.get("DJANGO_SUPERUSER_PASSWORD") and not accounts.filter(username=name).exists():
        email = os.environ.get("DJANGO_SUPERUSER_EMAIL", "")
        call_command("createsuperuser", username=name, email=email, interactive=False, verbosity=0)
        yield f"Created the staff account {name}."
    elif not accounts.exists():
        yield "There is no staff account yet. Create the first one: make staff (on a server: docs/operations.md)"
