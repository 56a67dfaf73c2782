"""A page is one place on the site: its words are revisions, and patients see the published one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from education import languages
from education.models.revision import Revision


class PageQuerySet(models.QuerySet["Page"]):
    """The clinic's own names for what it asks the pages."""

    def published(self) -> Self:
        """Return the pages that patients can read, each with its words."""
        return self.filter(published__isnull=False).select_related("published")

    def ever_published(self) -> Self:
        """Return the pages that patients can read, and those that were withdrawn from them."""
        return self.filter(models.Q(published__isnull=False) | models.Q(withdrawn_at__isnull=False)).select_related(
            "published"
        )

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
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    withdrawn_because = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, help_text=_("Patients read this at the page's address.")
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        permissions = [("publish_page", "Can publish a page"), ("sign_page", "Can sign a page as a clinician")]
        constraints = [
            models.UniqueConstraint(fields=["language", "path"], name="page_one_a_language_and_path"),
            models.CheckConstraint(
                name="page_published_words_and_time_go_together",
                condition=models.Q(published=None, published_at=None)
                | models.Q(published__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="page_published_or_withdrawn",
                condition=models.Q(withdrawn_at=None, withdrawn_because="")
                | (models.Q(withdrawn_at__isnull=False, published=None) & ~models.Q(withdrawn_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """Return the page's address: its path, below its language unless that is the source of the others."""
        return languages.prefix(self.language) + (f"/{self.path}/" if self.path else "/")

    def words(self) -> Revision:
        """Return the words that patients see. Only for pages that are published."""
        if self.published is None:
            raise ValueError(f"{self} is not published")
        return self.published

    def has_published_below(self) -> bool:
        """Say whether patients can read a page below this one: its breadcrumb leads here."""
        below = {"path__startswith": f"{self.path}/"} if self.path else {}
        others = Page.objects.published().filter(language=self.language, **below)
        return others.exclude(pk=self.pk).exists()

    def newest(self) -> Revision | None:
        """Return the revision saved last, published or not; words that were set aside do not count."""
        return self.revisions.exclude(state=Revision.State.ASIDE).order_by("-pk").first()
