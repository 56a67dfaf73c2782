"""Counting, so that one network address cannot flood the form."""

from django.db import models


class RateCount(models.Model):
    """How often one hashed address did one thing in one window of time."""

    key = models.CharField(max_length=64, unique=True)  # keyed hash of purpose, address and window
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset({"id", "key", "count", "expires_at"})

    def __str__(self) -> str:
        return f"rate {self.pk}"
