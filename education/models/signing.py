"""Who answers for which exact words: staff records, sign-offs, and the links of outside reviewers."""

from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class StaffRecord(models.Model):
    """A clinician as the clinic knows them. What stands here is printed beside a sign-off; managers keep it true."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("account"))
    name = models.CharField(_("name as patients read it"), max_length=100)
    role = models.CharField(_("profession and role"), max_length=100)
    registration = models.CharField(
        _("registration"), max_length=100, help_text=_("The register's name and the number in it.")
    )
    register_url = models.URLField(_("link to the public register"), blank=True)
    interests = models.CharField(
        _("interests"), max_length=300, help_text=_("Money or ties that readers should know of; or: none.")
    )

    class Meta:
        verbose_name = _("staff record")
        verbose_name_plural = _("staff records")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Sign-offs are asked for by the exact words. They may be read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("a signature never changes")

    def delete(self) -> NoReturn:
        raise TypeError("signatures are kept")

    def of_words(self, page_id: int, digest: str) -> Self:
        """Return the sign-offs of one page's exact words, the newest first."""
        return self.filter(page_id=page_id, digest=digest).order_by("-signed_at", "-pk")


class SignOff(models.Model):
    """A clinician's name on exact words. It stays what it was when the staff record changes later."""

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey("education.Revision", models.PROTECT, related_name="sign_offs")
    digest = models.CharField(max_length=64, editable=False)
    """Of the text signed: the same words are signed wherever they come back, no others ever are."""
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Of our staff.")
    )
    link = models.OneToOneField("education.ReviewLink", models.PROTECT, null=True, blank=True, related_name="sign_off")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who made sure that the outside reviewer is the person named."),
    )
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    registration = models.CharField(max_length=100)
    register_url = models.URLField(blank=True)
    interests = models.CharField(max_length=300)
    signed_at = models.DateTimeField()
    next_review = models.DateField(_("next review"))

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        indexes = [models.Index(fields=["page", "digest"], name="sign_off_of_words")]
        constraints = [
            models.CheckConstraint(
                name="sign_off_never_by_the_writer",
                condition=(Q(signer=None) | Q(written_by=None) | ~Q(signer=F("written_by")))
                & (Q(confirmed_by=None) | Q(written_by=None) | ~Q(confirmed_by=F("written_by"))),
            ),
            models.CheckConstraint(
                name="sign_off_by_staff_or_by_a_confirmed_guest",
                condition=Q(signer__isnull=False, link=None, confirmed_by=None)
                | Q(signer=None, link__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.signed_at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the sign-off, with the words' own writer and digest. Raises TypeError on one that is already kept."""
        if self.pk is not None:
            raise TypeError("a signature never changes")
        self.written_by, self.digest = self.revision.author, self.revision.digest
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("signatures are kept")


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    """What is asked of the links."""

    def open(self, now: datetime) -> Self:
        """Return the links that can still be answered."""
        return self.filter(answered_at=None, revoked_at=None, expires_at__gt=now)


class ReviewLink(models.Model):
    """A one-time link with which somebody without an account signs or marks one revision."""

    revision = models.ForeignKey("education.Revision", models.PROTECT, related_name="review_links")
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    """Of the link's secret, which is shown once and kept nowhere."""
    invited = models.CharField(_("who is asked"), max_length=100)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    approves = models.BooleanField(null=True)
    answer = models.JSONField(default=dict, blank=True)
    """Name, role, registration, register_url, interests, next_review; and marks: a list of {sentence, comment}."""

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_link_answered_with_a_verdict",
                condition=Q(answered_at=None, approves=None) | Q(answered_at__isnull=False, approves__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.invited}"


class ReviewReminder(models.Model):
    """That people were told of a page's review: once for each date and kind."""

    class Kind(models.TextChoices):
        DUE = "due", _("due soon")
        OVERDUE = "overdue", _("overdue")

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    review_on = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "review_on"], name="review_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.kind} {self.review_on}"
