"""Where the data live: `DATABASE_URL` as Django's own setting, and how SQLite keeps what it has acknowledged."""

from pathlib import Path
from typing import Any

import dj_database_url

from clinic_site.environment import stop


def read_database(url: str) -> dict[str, Any]:
    """Return Django's settings of a database. Stops when the address names none that could be there."""
    example = "write one like postgres://user:password@localhost:5432/clinic"
    try:
        told: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.UnknownSchemeError):
        stop(f"DATABASE_URL cannot be read; {example}")
    if not told["NAME"]:
        stop(f"DATABASE_URL names no database; {example}")
    if told["ENGINE"] == "django.db.backends.sqlite3":
        if not Path(told["NAME"]).parent.is_dir():
            stop(f"DATABASE_URL names {told['NAME']}, whose folder is not there; make the folder first")
        told["ENGINE"] = "clinic_site.sqlite"  # the same, with writers in line
        # IMMEDIATE: a read that turns into a write waits its turn instead of failing; FULL: kept through a power cut.
        told["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    return told
