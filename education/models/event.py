"""The history of a page: what was done to which words, by whom and why. Only ever added to."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageEventQuerySet(models.QuerySet["PageEvent"]):
    """Events may be read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("history is only added to")

    def delete(self) -> NoReturn:
        raise TypeError("history is kept")


class PageEvent(models.Model):
    """One line of a page's history."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("sent for review")
        RETURNED = "returned", _("sent back")
        SIGNED = "signed", _("signed")
        SCHEDULED = "scheduled", _("to be published later")
        UNSCHEDULED = "unscheduled", _("not to be published after all")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MOVED = "moved", _("moved to another address")
        INVITED = "invited", _("sent to an outside reviewer")
        MARKED = "marked", _("commented by an outside reviewer")

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="events")
    revision = models.ForeignKey("education.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    """Why each open warning of the checks was accepted when these words were published, by its fingerprint."""

    objects = PageEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["page", "-id"], name="page_event_newest")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises TypeError on one that is already kept."""
        if self.pk is not None:
            raise TypeError("history is only added to")
        super().save(*args, **kwargs)
