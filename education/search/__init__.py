"""Search over the published pages: one index a language, in memory, thrown away when the edition moves."""

from education.search.answer import Answer, search, suggest

__all__ = ["Answer", "search", "suggest"]
