"""A patient's request for a consultation, and the keyed hashes by which staff find it."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booking import crypto, reference
from booking.fields import SealedJSONField, SealedTextField

QUEUE_ORDER = ("priority", "due_at", "pk")  # urgent signs first, then what is due first, so late comes before early


class RequestQuerySet(models.QuerySet["ConsultationRequest"]):
    """The clinic's own names for what it asks the queue."""

    def open(self) -> Self:
        """Return the requests that still need somebody."""
        return self.filter(closed_at=None)

    def unclaimed(self) -> Self:
        """Return the open requests that nobody has taken."""
        return self.open().filter(claimed_by=None)

    def with_person(self, person: "models.Model") -> Self:
        """Return the open requests that `person` has taken."""
        return self.open().filter(claimed_by=person)

    def closed(self) -> Self:
        """Return the requests that are done with."""
        return self.filter(closed_at__isnull=False)

    def for_send_key(self, key: UUID) -> Self:
        """Return the request that was sent under this key, or none."""
        return self.filter(send_key=key)

    def for_token(self, token: str) -> Self:
        """Return the request behind a private link, or none."""
        return self.filter(token_hash=crypto.keyed_hash("link", token))

    def found_by(self, digests: list[str]) -> Self:
        """Return the requests that carry every one of these keyed hashes."""
        found = self
        for digest in digests:
            found = found.filter(pk__in=SearchKey.objects.filter(digest=digest).values("request"))
        return found


class ConsultationRequest(models.Model):
    """One person asks the clinic for a consultation. What they typed is sealed; what the queue sorts by is not."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        TRYING = "trying", _("We are trying to reach them")
        REACHED = "reached", _("Reached")
        CLOSED = "closed", pgettext_lazy("state", "Closed")

    class Priority(models.IntegerChoices):
        TODAY = 1, _("Today")
        SOON = 2, _("Soon")
        ROUTINE = 3, _("Routine")

    class Outcome(models.TextChoices):
        VISIT = "visit", _("A visit was agreed")
        ADVICE = "advice", _("Advice was given, no visit")
        ELSEWHERE = "elsewhere", _("Sent to other care")
        DECLINED = "declined", _("They decided not to come")
        UNREACHED = "unreached", _("We could not reach them")
        DUPLICATE = "duplicate", _("Asked twice")
        WITHDRAWN = "withdrawn", _("They withdrew it")

    reference = models.CharField(
        max_length=reference.LENGTH, unique=True, default=reference.new_reference, editable=False
    )
    send_key = models.UUIDField(unique=True, editable=False)
    link_seed = models.UUIDField(unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=10, default="en")

    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.ROUTINE)
    received_at = models.DateTimeField()
    reply_by = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("with")
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    version = models.PositiveIntegerField(default=1)

    who_for = SealedTextField()
    area = SealedTextField(blank=True)
    urgent_signs = SealedTextField(blank=True)
    name = SealedTextField()
    helper_name = SealedTextField(blank=True)
    contact_whom = SealedTextField(blank=True)
    channel = SealedTextField()
    phone = SealedTextField(blank=True)
    voicemail = SealedTextField(blank=True)
    call_times = SealedJSONField(default=list, blank=True)
    email = SealedTextField(blank=True)
    days = SealedJSONField(default=list, blank=True)
    dayparts = SealedJSONField(default=list, blank=True)
    needs = SealedJSONField(default=list, blank=True)
    interpreter_language = SealedTextField(blank=True)
    message = SealedTextField(blank=True)
    consent_text = models.TextField()
    consented_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Privacy:
        personal = frozenset(
            (
                "who_for area urgent_signs name helper_name contact_whom channel phone voicemail call_times email "
                "days dayparts needs interpreter_language message"
            ).split()
        )
        not_personal = frozenset(
            (
                "id reference send_key link_seed token_hash language state priority received_at reply_by due_at "
                "claimed_by claimed_at closed_at outcome version consent_text consented_at"
            ).split()
        )

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        permissions = [("lead_queue", "Can hand over anybody's request")]
        indexes = [
            models.Index(fields=["priority", "due_at", "id"], name="request_queue_order", condition=Q(closed_at=None)),
            models.Index(fields=["claimed_by", "state"], name="request_with_person"),
            models.Index(fields=["closed_at"], name="request_closed_at"),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_taken_by_and_when_go_together",
                condition=Q(claimed_by=None, claimed_at=None) | Q(claimed_by__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_closed_says_when_and_how",
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at=None, outcome=""),
            ),
            models.CheckConstraint(name="request_reply_is_after_receipt", condition=Q(reply_by__gte=F("received_at"))),
        ]

    def __str__(self) -> str:
        return reference.shown(self.reference)  # the admin's log stores this: never a name

    @property
    def has_urgent_signs(self) -> bool:
        """Say whether the person saw the urgent advice and still asked (ux.md 7.6), even if that answer is damaged."""
        return self.priority == self.Priority.TODAY

    @property
    def was_withdrawn(self) -> bool:
        """Say whether the patient took it back on their own page; "They withdrew it" may also be told by staff."""
        return self.outcome == self.Outcome.WITHDRAWN and self.events.filter(kind="withdrawn").exists()

    @property
    def link_token(self) -> str:
        """Return the private link's token. It is computed from a key, so the database alone does not hold it."""
        return link_token(self.link_seed)

    def get_private_url(self) -> str:
        """Return the path of the patient's own page."""
        return reverse("booking:request", args=[self.link_token])


def link_token(seed: object) -> str:
    """Return the token of the private link that belongs to `seed`."""
    return crypto.keyed_hash("token", str(seed))[:43]


class SearchKey(models.Model):
    """A keyed hash of a normalised word of a request (name, e-mail, telephone), so that staff find it."""

    request = models.ForeignKey(ConsultationRequest, models.CASCADE, related_name="search_keys")
    digest = models.CharField(max_length=64, db_index=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset({"id", "request", "digest"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "digest"], name="search_key_once_a_request")]

    def __str__(self) -> str:
        return f"search key {self.pk}"
