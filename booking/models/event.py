"""A request's history: only ever added."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booking.fields import SealedTextField
from booking.models.request import ConsultationRequest


class EventQuerySet(models.QuerySet["Event"]):
    """Events may be read and added; nothing may change them."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("events are only ever added")

    def newest_first(self) -> "EventQuerySet":
        """Order for the timeline."""
        return self.order_by("-at", "-pk")


class Event(models.Model):
    """One thing that happened to a request: what, when, by whom, and what they noted."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Request received")
        TAKEN = "taken", _("Taken")
        HANDED_OVER = "handed_over", _("Handed over")
        CALLED = "called", _("Call logged")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn by the patient")
        MESSAGE_SENT = "message_sent", _("Message sent")
        MESSAGE_FAILED = "message_failed", _("Message could not be sent")

    class CallOutcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        LEFT_MESSAGE = "left_message", _("Left a message")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    request = models.ForeignKey(ConsultationRequest, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)  # a staff member's name stays when the account goes
    to_name = models.CharField(max_length=150, blank=True)  # to whom it was handed over
    outcome = models.CharField(max_length=16, blank=True)  # of a call, or of closing
    note = SealedTextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Privacy:
        personal = frozenset({"note"})
        not_personal = frozenset({"id", "request", "kind", "at", "by", "by_name", "to_name", "outcome"})

    class Meta:
        indexes = [models.Index(fields=["request", "-at"], name="event_timeline")]

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises TypeError when it is already kept: history does not change."""
        if self.pk is not None:
            raise TypeError("events are only ever added")
        super().save(*args, **kwargs)
