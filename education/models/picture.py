"""Pictures of the pages: made afresh from what was uploaded, at the widths that the layout uses."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """One picture. Its files lie below MEDIA_ROOT/pictures, named by name, width and digest, and never change."""

    class Consent(models.TextChoices):
        UNKNOWN = "", _("Not said yet")
        NOBODY = "nobody", _("Nobody can be recognised in it")
        WRITTEN = "written", _("Everyone in it agreed in writing, and the paper is on file")

    name = models.SlugField(_("name"), max_length=60, unique=True, allow_unicode=False)
    digest = models.CharField(max_length=64, editable=False, unique=True)
    """SHA-256 (hex) of the largest file made from the upload."""
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = models.JSONField(default=list, editable=False)
    alt = models.CharField(
        _("what it shows"), max_length=250, blank=True, help_text=_("For people who cannot see it. One short sentence.")
    )
    decorative = models.BooleanField(
        _("decoration only"), default=False, help_text=_("Nothing is lost for people who cannot see it.")
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, and the licence."))
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, blank=True, default=Consent.UNKNOWN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(editable=False)
    agreed = models.JSONField(default=dict, editable=False)
    """What each folder of files and the site last both said of it: a digest, by folder; "" is the site's own folder."""

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="picture_decoration_says_nothing", condition=models.Q(decorative=False) | models.Q(alt="")
            )
        ]

    def __str__(self) -> str:
        return self.name
