"""The queue as staff work it, in Django's admin."""

from booking.admin.requests import RequestAdmin

__all__ = ["RequestAdmin"]
