"""A request's history: only ever added."""

from collections.abc import Sequence
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.fields import SealedTextField
from booking.models.message import OF_A_REQUEST, OutboxMessage
from booking.models.request import ConsultationRequest


class EventKind(models.TextChoices):
    """What can happen to a request."""

    RECEIVED = "received", _("Request received")
    TAKEN = "taken", _("Taken")
    GIVEN_BACK = "given_back", _("Given back")
    HANDED_OVER = "handed_over", _("Handed over")
    CALLED = "called", _("Call logged")
    NOTED = "noted", _("Note")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the patient")
    REOPENED = "reopened", _("Opened again")
    CORRECTED = "corrected", _("Struck through")
    DUE_MOVED = "due_moved", _("Opening hours changed")
    MESSAGE_SENT = "message_sent", _("Message sent")
    MESSAGE_FAILED = "message_failed", _("Message could not be sent")


class EventCallOutcome(models.TextChoices):
    """How a try to reach somebody can end."""

    REACHED = "reached", _("Reached")
    LEFT_MESSAGE = "left_message", _("Left a message")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class EventQuerySet(models.QuerySet["Event"]):
    """Events may be read and added; nothing may change them."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("events are only ever added")

    def newest_first(self) -> "EventQuerySet":
        """Order for the timeline."""
        return self.order_by("-at", "-pk")

    def calls(self) -> "EventQuerySet":
        """Return the tries to reach somebody that count: those that nobody struck through."""
        return self.filter(kind=EventKind.CALLED, correction=None)


def _told_by(column: str, kinds: Sequence[str], values: Sequence[str]) -> models.CheckConstraint:
    """Keep a column to the events that it belongs to, and to its own words: these kinds have it, no other does."""
    its_own = Q(("kind__in", kinds), (f"{column}__in", values))
    return models.CheckConstraint(
        name=f"event_{column}_with_its_kinds", condition=its_own | ~Q(kind__in=kinds) & Q((column, ""))
    )


class Event(models.Model):
    """One thing that happened to a request: what, when, by whom, and what they noted.

    What a kind tells besides stands in a column of its own, which no other kind may fill.
    """

    Kind = EventKind
    CallOutcome = EventCallOutcome

    request = models.ForeignKey(ConsultationRequest, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=EventKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)  # a staff member's name stays when the account goes
    to_name = models.CharField(max_length=150, blank=True)  # to whom it was handed over
    call_outcome = models.CharField(max_length=16, choices=EventCallOutcome, blank=True)
    closing_outcome = models.CharField(max_length=12, choices=ConsultationRequest.Outcome, blank=True)
    message_kind = models.CharField(max_length=20, choices=OutboxMessage.Kind, blank=True)
    corrects = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="correction")
    due_at = models.DateTimeField(null=True, blank=True)  # to when the opening hours moved the next step
    note = SealedTextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Privacy:
        personal = frozenset({"note"})
        not_personal = frozenset(
            ("id request kind at by by_name to_name call_outcome closing_outcome message_kind corrects due_at").split()
        )

    class Meta:
        indexes = [models.Index(fields=["request", "-at"], name="event_timeline")]
        constraints = [
            models.CheckConstraint(name="event_kind_is_known", condition=Q(kind__in=EventKind.values)),
            _told_by("call_outcome", (EventKind.CALLED,), EventCallOutcome.values),
            _told_by("closing_outcome", (EventKind.CLOSED, EventKind.WITHDRAWN), ConsultationRequest.Outcome.values),
            _told_by("message_kind", (EventKind.MESSAGE_SENT, EventKind.MESSAGE_FAILED), OF_A_REQUEST),
            models.CheckConstraint(
                name="event_to_name_with_its_kind", condition=Q(kind=EventKind.HANDED_OVER) | Q(to_name="")
            ),
            models.CheckConstraint(
                name="event_corrects_with_its_kind",
                condition=Q(kind=EventKind.CORRECTED, corrects__isnull=False)
                | ~Q(kind=EventKind.CORRECTED) & Q(corrects=None),
            ),
            models.CheckConstraint(
                name="event_due_at_with_its_kind",
                condition=Q(kind=EventKind.DUE_MOVED, due_at__isnull=False)
                | ~Q(kind=EventKind.DUE_MOVED) & Q(due_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises TypeError when it is already kept: history does not change."""
        if self.pk is not None:
            raise TypeError("events are only ever added")
        super().save(*args, **kwargs)
