"""The answers of somebody who has not sent their request yet."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models

from booking import crypto
from booking.fields import SealedJSONField
from booking.models.request import ConsultationRequest


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts are found by their cookie's fingerprint and swept when they expire."""

    def for_cookie(self, token: str, now: datetime) -> Self:
        """Return the living draft behind a cookie, or none."""
        return self.filter(cookie_hash=crypto.keyed_hash("draft", token), expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Return the drafts that nobody can open any more."""
        return self.filter(expires_at__lte=now)


class Draft(models.Model):
    """Answers on their way, sealed as one piece, opened by an opaque cookie of which only a keyed hash is kept."""

    cookie_hash = models.CharField(max_length=64, unique=True)
    send_key = models.UUIDField(unique=True, default=uuid.uuid4)
    answers = SealedJSONField(default=dict)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    request = models.ForeignKey(ConsultationRequest, models.CASCADE, null=True, blank=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Privacy:
        personal = frozenset({"answers"})
        not_personal = frozenset({"id", "cookie_hash", "send_key", "started_at", "expires_at", "request"})

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def is_forgotten(self) -> bool:
        """Return True when the person deleted the answers before sending: only the send key is left."""
        return self.request_id is None and self.answers == {}
