"""The live preview beside the editor: a text as HTML, whatever is wrong with it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from education.faults import ContentError, Fault
from education.library import PageText
from education.models import Page
from education.revisions import look_over


def preview(text: str) -> str:
    """Return a text as HTML, its faults in a list above. Never raises."""
    try:
        page, rendered, _context, faults = look_over(Page(path="preview"), str(text))
    except (ContentError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return "<p>This text cannot be shown.</p>"
    return format_html("{}{}<div>{}</div>", _fault_list(faults), _title(page), mark_safe(rendered.html))  # noqa: S308 - sanitised


def _fault_list(faults: list[Fault]) -> str:
    if not faults:
        return ""
    lines = format_html_join("", "<li>Line {}: {}</li>", ((fault.line, fault.message) for fault in faults))
    return format_html('<ul class="faults">{}</ul>', lines)


def _title(page: PageText) -> str:
    return format_html("<h1>{}</h1><p>{}</p>", page.front.title, page.front.lede) if page.front.title else ""
