"""Forgetting in time: drafts that ran out, old counts, and closed requests whose days are over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from booking.models import ConsultationRequest, Draft, RateCount


@dataclass(frozen=True)
class Report:
    """How much was deleted."""

    drafts: int
    counts: int
    requests: int

    def __bool__(self) -> bool:
        return bool(self.drafts or self.counts or self.requests)

    def __str__(self) -> str:
        return f"housekeeping: {self.drafts} drafts, {self.counts} counts, {self.requests} closed requests deleted"


def sweep(*, at: datetime) -> Report:
    """Delete what we promised not to keep."""
    too_old = at - timedelta(days=settings.RETENTION_DAYS)
    return Report(
        drafts=_delete(Draft.objects.expired(at)),
        counts=_delete(RateCount.objects.filter(expires_at__lte=at)),
        requests=_delete(ConsultationRequest.objects.closed().filter(closed_at__lte=too_old)),
    )


def _delete(rows: QuerySet[Any]) -> int:
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
