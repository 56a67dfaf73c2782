"""The app that holds the pages patients read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EducationConfig(AppConfig):
    """Pages, their revisions and the edition."""

    name = "education"
    verbose_name = _("Pages")
