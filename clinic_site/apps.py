"""The shell around the two halves of the site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ClinicSiteConfig(AppConfig):
    """Joins the apps: settings, addresses, roles, health."""

    default = True
    name = "clinic_site"


class StaffAdminConfig(AdminConfig):
    """Django's admin with the clinic's own front door."""

    default_site = "clinic_site.staff.StaffSite"
