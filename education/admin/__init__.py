"""Pages in the staff's admin."""

from education.admin.pages import PageAdmin
from education.admin.pictures import PictureAdmin

__all__ = ["PageAdmin", "PictureAdmin"]
