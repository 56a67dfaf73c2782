"""A page is one place on the site; its words are revisions, each the exact text of one time."""

import hashlib
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DERIVED = frozenset({"html", "contents", "front", "rendered_with"})
"""What is computed from the text, and so may be computed again; all else never changes."""


class PageQuerySet(models.QuerySet["Page"]):
    """The clinic's own names for what it asks the pages."""

    def published(self) -> Self:
        """Return the pages that patients can read, each with its words."""
        return self.filter(published__isnull=False).select_related("published")

    def at(self, language: str, path: str) -> Self:
        """Return the page of one language at one path ("" is home, "conditions/knee-pain" a page below it)."""
        return self.filter(language=language, path=path)


class Page(models.Model):
    """One place on the site. Its words are its revisions; patients see the published one."""

    language = models.CharField(_("language"), max_length=10, default="en")
    path = models.CharField(_("path"), max_length=200, blank=True)
    published = models.ForeignKey(
        "education.Revision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published words")
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
        help_text=_("Nobody: the words came from a file."),
    )
    exchanged = models.ForeignKey(
        "education.Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The words that file and site last agreed on."),
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        permissions = [("publish_page", "Can publish a page")]
        constraints = [
            models.UniqueConstraint(fields=["language", "path"], name="page_one_a_language_and_path"),
            models.CheckConstraint(
                name="page_published_words_and_time_go_together",
                condition=models.Q(published=None, published_at=None)
                | models.Q(published__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """Return the page's address: its path, below its language unless that is English."""
        parts = [part for part in ("" if self.language == "en" else self.language, self.path) if part]
        return "/" + "".join(f"{part}/" for part in parts)

    def words(self) -> "Revision":
        """Return the words that patients see. Only for pages that are published."""
        if self.published is None:
            raise ValueError(f"{self} is not published")
        return self.published

    def newest(self) -> "Revision | None":
        """Return the revision saved last, published or not."""
        return self.revisions.order_by("-pk").first()


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
