"""Our drawings, SVG files of the templates: they speak, and lead to pages of, the language spoken now."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from education import languages


def drawing(name: str) -> SafeString:
    """Return a drawing by its name, on one line. Raises TemplateDoesNotExist when there is none."""
    svg = render_to_string(f"drawings/{name}.svg").replace("\n", "").strip()
    here = languages.prefix(languages.spoken())
    return mark_safe(svg.replace(' href="/', f' href="{here}/'))  # noqa: S308 - our own file
