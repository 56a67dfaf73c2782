"""The shell around the two halves of the site."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig
from django.utils.translation import gettext_lazy as _

from clinic_site import addresses
from clinic_site.catalogues import compile_catalogues
from clinic_site.environment import stop


class ClinicSiteConfig(AppConfig):
    """Joins the apps: settings, addresses, roles, health."""

    default = True
    name = "clinic_site"

    def ready(self) -> None:
        """Make the words of other languages ready before anything is said, and refuse what no mail can carry."""
        compile_catalogues(settings.CATALOGUES, settings.LOCALE_PATHS[0])
        if wrong := addresses.untold():
            stop(
                f"No mail can be written from EMAIL_FROM to {', '.join(wrong)}; mend EMAIL_FROM or STAFF_NOTICE_EMAILS"
            )


class StaffAdminConfig(AdminConfig):
    """Django's admin with the clinic's own front door."""

    default_site = "clinic_site.staff.StaffSite"


class PeopleConfig(AuthConfig):
    """Django's accounts, by the name that staff give them."""

    verbose_name = _("Staff")
