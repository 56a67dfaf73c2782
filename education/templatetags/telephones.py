"""Telephone numbers in templates: `{{ number|calls }}`, `{% fact "crisis_help" %}` and the button of a red card."""

from django import template
from django.utils.safestring import SafeString

from education.facts import facts, number_to_call
from education.telephones import html_of, linked

register = template.Library()


@register.filter
def calls(words: str) -> SafeString:
    """Return words in which each telephone number is a link that calls it."""
    return linked(words or "").html


@register.filter
def texts(words: str) -> SafeString:
    """Return words in which each telephone number is a link that writes a text message to it."""
    return linked(words or "", "sms").html


@register.simple_tag
def fact(name: str) -> SafeString:
    """Return what a text says for `{name}`, as HTML with its links."""
    return html_of(facts()[name])


@register.inclusion_tag("components/call.html")
def call_button() -> dict[str, str]:
    """Show the button that calls the emergency number of the clinic's country."""
    return number_to_call()


@register.inclusion_tag("components/call.html")
def crisis_button() -> dict[str, str]:
    """Show the button that calls the crisis line of the clinic's country, or else its emergency number."""
    return number_to_call(crisis=True)
