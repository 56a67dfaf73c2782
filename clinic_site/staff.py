"""The staff's front door: Django's admin under the clinic's name."""

from django.contrib.admin import AdminSite


class StaffSite(AdminSite):
    """The admin as staff see it."""
