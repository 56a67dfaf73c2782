"""When opening hours or closed days change, what is due to staff follows them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from booking import workflow
from booking.models import ConsultationRequest, Event


@dataclass(frozen=True)
class Report:
    """How many requests are due at another time now."""

    moved: int = 0

    def __bool__(self) -> bool:
        return bool(self.moved)

    def __str__(self) -> str:
        return f"opening hours: {self.moved} open requests are due at another time now"


def recompute_due(*, at: datetime) -> Report:
    """Bring every open request's due time to the calendar as it is now. Doing it again changes nothing.

    What was promised to the patient (`reply_by`) is never touched; `booking.due` has the rule. Each request is
    written by itself, so that nobody waits for the whole.
    """
    events = Prefetch("events", Event.objects.defer("note").order_by("pk"))
    rows = ConsultationRequest.objects.open().only(*workflow.NEEDED).prefetch_related(events)
    return Report(sum(workflow.follow_calendar(row, row.events.all(), at=at) for row in rows))
