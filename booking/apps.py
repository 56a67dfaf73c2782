"""The app that takes a request for a consultation from a patient to a closed case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    """Requests, their queue and their messages."""

    name = "booking"
    verbose_name = _("Queue")
