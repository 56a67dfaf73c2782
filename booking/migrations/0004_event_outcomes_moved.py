"""Move what stood in an event's one column `outcome` to the column for its kind.

What no kind can mean (nothing that the site wrote, but a hand may have) stays to be read, as a note.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, Q

from booking.fields import Unreadable

CALLS = ("reached", "left_message", "no_answer", "wrong_number")
ENDINGS = ("visit", "advice", "elsewhere", "declined", "unreached", "duplicate", "withdrawn")
MESSAGES = ("acknowledgement", "staff_notice")
COLUMNS = {
    "call_outcome": (("called",), CALLS),
    "closing_outcome": (("closed", "withdrawn"), ENDINGS),
    "message_kind": (("message_sent", "message_failed"), MESSAGES),
}
SILENT = ("received", "taken", "handed_over")


def move(apps: Any, schema_editor: Any) -> None:
    """Fill the new columns, then look after what is left over."""
    events = apps.get_model("booking", "Event").objects.using(schema_editor.connection.alias)
    moved = Q(kind__in=SILENT, outcome="")
    for column, (kinds, values) in COLUMNS.items():
        known = Q(kind__in=kinds, outcome__in=values)
        events.filter(known).update(**{column: F("outcome")})
        moved |= known
    for event in events.exclude(moved).select_related("request"):
        _keep(event)
    for event in events.exclude(kind="handed_over").exclude(to_name=""):
        event.to_name = ""
        event.save(update_fields=["to_name"])


def _keep(event: Any) -> None:
    """Take an ending from the request itself; else tell as a note what stood there."""
    if event.kind in ("closed", "withdrawn") and event.request.outcome in ENDINGS:
        event.closing_outcome = event.request.outcome
        event.save(update_fields=["closing_outcome"])
        return
    left = f"An older version of the site wrote: {event.kind} {event.outcome}".strip()
    event.kind = "noted"
    if not isinstance(event.note, Unreadable):  # what cannot be read is not written over
        event.note = f"{left}\n{event.note}".strip()
    event.save(update_fields=["kind", "note"])


def move_back(apps: Any, schema_editor: Any) -> None:
    """Fill the old column again."""
    events = apps.get_model("booking", "Event").objects.using(schema_editor.connection.alias)
    for column in COLUMNS:
        events.exclude(**{column: ""}).update(outcome=F(column))


class Migration(migrations.Migration):

    dependencies = [
        ("booking", "0003_event_told_apart"),
    ]

    operations = [
        migrations.RunPython(move, move_back),
    ]
