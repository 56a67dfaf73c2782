"""A revision: the exact text of a page at one time."""

import hashlib
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page

DERIVED = frozenset({"html", "contents", "front", "rendered_with"})
"""What is computed from the text, and so may be computed again; all else never changes."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions may be read and added; only what is derived from their text may be made afresh."""

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) - DERIVED:
            raise TypeError("a revision's words never change")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise TypeError("revisions are kept")


class Revision(models.Model):
    """Front matter and body exactly as written, with what the renderer made of them when they were saved."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="revisions")
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64, editable=False)
    saved_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("what changed"), max_length=200, blank=True)

    front = models.JSONField(default=dict)
    html = models.TextField()
    contents = models.JSONField(default=list)
    rendered_with = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["page", "-id"], name="revision_newest")]

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
