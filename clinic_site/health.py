"""Is the site fit to serve patients? Asked by /readyz, by the start and by the operator's monitor."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from booking.fields import unreadable_fields
from booking.models import Draft


def troubles() -> list[str]:
    """Return what keeps the site from serving, in the operator's words; an empty list means ready."""
    found = []
    for check in CHECKS:
        try:
            reason = check()
        except DatabaseError as error:
            reason = f"database: {type(error).__name__}"
        if reason:
            found.append(reason)
    return found


def _database() -> str:
    connection.ensure_connection()
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"migrations: {len(plan)} not applied" if plan else ""


def _keys() -> str:
    newest = Draft.objects.order_by("-pk").first()
    return "keys: FIELD_KEYS cannot read what is stored" if newest and unreadable_fields(newest) else ""


CHECKS: tuple[Callable[[], str], ...] = (_database, _migrations, _keys)
