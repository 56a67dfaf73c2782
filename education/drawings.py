"""Our drawings, SVG files of the templates: they speak, and lead to pages of, the language spoken now."""

import re

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from education import languages

LABEL = re.compile(r"(<(?:text|title)\b[^>]*>)([^<]*[A-Za-z]{2}[^<]*)(?=</)")
"""A piece of text with more than a letter to point with; makemessages looks for the same."""


def drawing(name: str) -> SafeString:
    """Return a drawing by its name. Raises TemplateDoesNotExist when there is none."""
    svg = render_to_string(f"drawings/{name}.svg").strip()
    svg = LABEL.sub(lambda label: label[1] + escape(gettext(label[2])), svg)
    here = languages.prefix(languages.spoken())
    return mark_safe(svg.replace(' href="/', f' href="{here}/'))  # noqa: S308 - our own file
