"""The outbox: what we intend to send is written with the request; sending is another act."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.request import ConsultationRequest

OF_A_REQUEST = ("acknowledgement", "staff_notice")
OF_A_PAGE = ("review_due", "review_overdue")


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """What the worker asks of the outbox."""

    def waiting(self) -> Self:
        """Return the messages that are neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        """Return the waiting messages whose time has come and that no worker holds."""
        return self.waiting().filter(Q(leased_until=None) | Q(leased_until__lte=now), send_after__lte=now)

    def reminders_done(self, before: datetime) -> Self:
        """Return the messages about pages that were sent, or given up, before a time."""
        return self.filter(Q(sent_at__lte=before) | Q(failed_at__lte=before), request=None)


class OutboxMessage(models.Model):
    """A message to send: its kind and its request, never its words. They are written when it goes out."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement to the patient")
        STAFF_NOTICE = "staff_notice", _("Notice to staff")
        REVIEW_DUE = "review_due", _("A page is due for its check")
        REVIEW_OVERDUE = "review_overdue", _("A page is late for its check")

    class Trouble(models.TextChoices):
        NOT_WRITTEN = "could not be written", _("Could not be written")
        NOT_SENT = "could not be sent", _("Could not be sent")
        NOBODY = "nobody to tell", _("There is nobody to tell")
        ADDRESS = "address refused", _("The address was refused")
        GONE = "server went away", _("The mail server went away")
        SIGN_IN = "sign-in refused", _("The mail server refused our sign-in")
        REFUSED = "server refused", _("The mail server refused it")
        SLOW = "server too slow", _("The mail server was too slow")
        NO_SERVER = "no connection", _("No mail server answered")

    kind = models.CharField(max_length=20, choices=Kind)
    request = models.ForeignKey(ConsultationRequest, models.CASCADE, null=True, blank=True, related_name="messages")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=220, blank=True)  # the address of a page, for messages without a request
    review_on = models.DateField(null=True, blank=True)  # when that page's check is due
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=40, choices=Trouble, blank=True)  # never the server's own answer

    objects = OutboxQuerySet.as_manager()

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset(
            (
                "id kind request recipient about review_on queued_at send_after leased_until attempts "
                "sent_at failed_at trouble"
            ).split()
        )

    class Meta:
        indexes = [models.Index(fields=["sent_at", "failed_at", "send_after"], name="outbox_due")]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="outbox_one_of_a_kind"),
            models.UniqueConstraint(
                fields=["recipient", "kind", "about", "review_on"], name="outbox_one_reminder_a_person"
            ),
            models.CheckConstraint(
                name="outbox_about_a_request_or_a_page",
                condition=Q(kind__in=OF_A_REQUEST, request__isnull=False, recipient=None, about="", review_on=None)
                | Q(kind__in=OF_A_PAGE, request=None, recipient__isnull=False, review_on__isnull=False) & ~Q(about=""),
            ),
            models.CheckConstraint(name="outbox_sent_or_failed", condition=Q(sent_at=None) | Q(failed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"
