"""`{% drawing name %}`: one of our drawings, with its labels in the language of the page."""

from django import template

from education.drawings import drawing

register = template.Library()
register.simple_tag(drawing)
