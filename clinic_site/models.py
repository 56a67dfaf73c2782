"""Changes to accounts of clinicians and managers: one manager asks, another person has to confirm."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    """What is asked of the changes."""

    def open(self) -> Self:
        """Return the changes that nobody confirmed or refused yet."""
        return self.filter(decided_at=None)


class AccountChange(models.Model):
    """One change by which somebody could sign as a clinician or confirm as a manager, until another confirms it."""

    class Kind(models.TextChoices):
        ROLE = "role", _("becomes a clinician")
        MANAGER = "manager", _("becomes a manager")
        PASSWORD = "password", _("gets a new password")
        EMAIL = "email", _("gets another e-mail address")
        ACTIVE = "active", _("may sign in again")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("whose account")
    )
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    value = models.CharField(max_length=254, blank=True, editable=False)
    """The new e-mail address, or the new password's hash; empty once it is decided."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who asked")
    )
    asked_at = models.DateTimeField(_("asked on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who decided")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    confirmed = models.BooleanField(_("confirmed"), null=True)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to confirm")
        verbose_name_plural = _("changes to confirm")
        constraints = [
            models.CheckConstraint(
                name="account_change_decided_by_somebody",
                condition=Q(decided_at=None, decided_by=None, confirmed=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, confirmed__isnull=False, value=""),
            ),
            models.CheckConstraint(
                name="account_change_confirmed_by_another",
                condition=~Q(confirmed=True) | Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(decided_at=None), name="account_change_one_open_a_kind"
            ),
        ]

    def __str__(self) -> str:
        who = self.person.get_full_name() or self.person.get_username()
        return f"{who} {self.get_kind_display()}"
