"""A revision: the exact text of a page at one time. Its words never change."""

import hashlib
from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DERIVED = frozenset({"html", "contents", "front", "rendered_with"})
"""What is computed from the text, and so may be computed again; all else but its state never changes."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions may be read and added; only what is derived from their text and their state may change."""

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) - DERIVED - {"state", "publish_at"}:
            raise TypeError("a revision's words never change")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise TypeError("revisions are kept")

    def ever_public(self) -> Self:
        """Return the words that patients see or once saw."""
        return self.filter(state__in=[Revision.State.PUBLISHED, Revision.State.SUPERSEDED])

    def due(self, now: datetime) -> Self:
        """Return the words that were planned to be published by now, in their order."""
        return self.filter(state=Revision.State.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")


class Revision(models.Model):
    """Front matter and body exactly as written, with what the renderer made of them when they were saved."""

    class State(models.TextChoices):
        """Where these words stand. Only `education.publishing` moves them on."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        SCHEDULED = "scheduled", _("To be published")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")
        ASIDE = "aside", _("Set aside")

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="revisions")
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64, editable=False)
    saved_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("what changed"), max_length=200, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("to be published on"), null=True, blank=True)

    front = models.JSONField(default=dict)
    html = models.TextField()
    contents = models.JSONField(default=list)
    rendered_with = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [
            models.Index(fields=["page", "-id"], name="revision_newest"),
            models.Index(fields=["state", "publish_at"], name="revision_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state="published"), name="revision_one_published_a_page"
            ),
            models.CheckConstraint(
                name="revision_scheduled_for_a_time",
                condition=models.Q(state="scheduled", publish_at__isnull=False)
                | (~models.Q(state="scheduled") & models.Q(publish_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}/{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new revision. Raises TypeError on one that is already kept: save new words as a new revision."""
        if self.pk is not None:
            raise TypeError("a revision's words never change")
        self.digest = text_digest(self.text)
        super().save(*args, **kwargs)


def text_digest(text: str) -> str:
    """Return the SHA-256 (hex) of a page's text: equal digests mean equal words."""
    return hashlib.sha256(text.encode()).hexdigest()
