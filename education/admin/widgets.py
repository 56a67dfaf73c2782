"""The Markdown editor: django-markdownx's field and addresses, with our own script and a preview in a frame.

The package's script is left out: it takes the Tab key, breaks undo, and prints whatever a refused request answers.
"""

from typing import Any

from django.forms import Media, Script
from markdownx.widgets import MarkdownxWidget

from education.admin.sheet import SHEET, picks


class Editor(MarkdownxWidget):
    """A text area that editor.js knows by its class, with the tools above it and the preview beside it."""

    template_name = "admin/education/editor/text.html"

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 30, "spellcheck": "true"})
        self.beside: dict[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tell the template what stands beside the text."""
        tools = {"sheet": SHEET, "picks": picks} if self.beside else {}
        return super().get_context(name, value, attrs) | {"desk": self.beside} | tools

    def _media(self) -> Media:
        scripts = ("js/editor.js", "js/editor-tools.js")
        deferred: list[Any] = [Script(script, defer=True) for script in scripts]
        return Media(js=deferred)  # instead of the package's own

    media = property(_media)
