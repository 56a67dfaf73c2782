"""Telephone numbers that patients typed, in templates. What the clinic says is linked by `education.telephones`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from booking import phone

register = template.Library()


@register.filter
def tel_link(typed: str) -> SafeString:
    """Return a number as a link that dials it, its extension beside it; what cannot be dialled stays text."""
    number = phone.parse(typed)
    if number is None:
        return format_html("{}", typed)
    link = format_html('<a class="tel" href="{}">{}</a>', number.link, number.shown)
    if not number.extension:
        return link
    return format_html("{}, {}", link, gettext("extension %(number)s") % {"number": number.extension})
