"""Forgetting in time: drafts and sessions that ran out, old counts, and closed requests whose days are over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from booking.models import ConsultationRequest, Draft, OutboxMessage, RateCount


@dataclass(frozen=True)
class Report:
    """How much was deleted."""

    drafts: int
    counts: int
    requests: int
    reminders: int = 0
    sessions: int = 0

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def __str__(self) -> str:
        told = f"{self.drafts} drafts, {self.sessions} sessions, {self.counts} counts, {self.reminders} reminders"
        return f"housekeeping: {told}, {self.requests} closed requests deleted"


def sweep(*, at: datetime) -> Report:
    """Delete what we promised not to keep and what had run out by `at`, which `booking.deleting` says is safe."""
    too_old = at - timedelta(days=settings.RETENTION_DAYS)
    return Report(
        drafts=_delete(Draft.objects.expired(at)),
        counts=_delete(RateCount.objects.filter(expires_at__lte=at)),
        requests=_delete(ConsultationRequest.objects.closed().filter(closed_at__lte=too_old)),
        reminders=_delete(OutboxMessage.objects.reminders_done(too_old)),
        sessions=_delete(Session.objects.filter(expire_date__lte=at)),
    )


def _delete(rows: QuerySet[Any]) -> int:
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
