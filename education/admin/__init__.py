"""Pages in the staff's admin."""

from education.admin.pages import PageAdmin

__all__ = ["PageAdmin"]
