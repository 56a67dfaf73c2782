"""Pages, the exact texts they ever had, and the edition."""

from education.models.edition import Edition
from education.models.page import Page, Revision

__all__ = ["Edition", "Page", "Revision"]
