"""Try wrong settings one by one, each in a process of its own that forks from this one. Prints one JSON list.

Each entry is [name, value, how it went]: "refused: …" at the start, "serves" a page and a mail, or what broke.
"""

import importlib
import json
import os
import sys
from io import StringIO
from typing import cast

os.environ["DJANGO_SETTINGS_MODULE"] = "clinic_site.settings"
for quick in ("environs", "dj_database_url", "cryptography.fernet", "django.core.mail", "django.utils.translation"):
    importlib.import_module(quick)


def go(name: str, value: str) -> str:
    """Start the site with one setting and let it serve a page and write a mail."""
    os.environ[name] = value
    try:
        import django
        from django.conf import settings

        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        django.setup()
        from django.core.management import call_command
        from django.test import Client

        from booking import messages
        from booking.models import OutboxMessage

        call_command("migrate", verbosity=0)
        answer = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]).get("/consultation/", secure=settings.HTTPS)
        if answer.status_code != 200:
            return f"answers {answer.status_code}"
        messages.mail(OutboxMessage(pk=1, kind=OutboxMessage.Kind.STAFF_NOTICE)).message().as_bytes()
        return "serves"
    except SystemExit:
        return f"refused: {cast(StringIO, sys.stderr).getvalue()}"  # as the operator reads it
    except BaseException as error:  # noqa: BLE001 - what breaks is what this looks for
        return f"breaks: {type(error).__name__}: {error}"


def apart(name: str, value: str) -> str:
    """Let one case happen in a child of this process."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        sys.stdout = sys.stderr = StringIO()
        os.write(theirs, go(name, value).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        told = pipe.read().decode()
    os.wait()
    return told


json.dump([[name, value, apart(name, value)] for name, value in json.load(sys.stdin)], sys.stdout)
