"""The outbox: what we intend to send is written with the request; sending is another act."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.request import ConsultationRequest


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """What the worker asks of the outbox."""

    def waiting(self) -> Self:
        """Return the messages that are neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        """Return the waiting messages whose time has come and that no worker holds."""
        return self.waiting().filter(Q(leased_until=None) | Q(leased_until__lte=now), send_after__lte=now)


class OutboxMessage(models.Model):
    """A message to send: its kind and its request, never its words. They are written when it goes out."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement to the patient")
        STAFF_NOTICE = "staff_notice", _("Notice to staff")

    kind = models.CharField(max_length=20, choices=Kind)
    request = models.ForeignKey(ConsultationRequest, models.CASCADE, related_name="messages")
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=40, blank=True)  # a word for what went wrong, never the server's answer

    objects = OutboxQuerySet.as_manager()

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset(
            ("id kind request queued_at send_after leased_until attempts sent_at failed_at trouble").split()
        )

    class Meta:
        indexes = [models.Index(fields=["sent_at", "failed_at", "send_after"], name="outbox_due")]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="outbox_one_of_a_kind"),
            models.CheckConstraint(name="outbox_sent_or_failed", condition=Q(sent_at=None) | Q(failed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"
