"""Our drawings, SVG files of the templates: their labels and names are said in the language spoken now."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


def drawing(name: str) -> SafeString:
    """Return a drawing by its name, on one line. Raises TemplateDoesNotExist when there is none."""
    svg = render_to_string(f"drawings/{name}.svg").replace("\n", "").strip()
    return mark_safe(svg)  # noqa: S308 - our own file
