"""Drawings speak the language of the page, and lead to its pages."""

import re

from django.template import Context, Template
from django.utils import translation

from education.drawings import drawing


def test_labels_and_names_are_translated_and_letters_to_point_with_stay() -> None:
    with translation.override("es"):
        drawn = drawing("look-alikes")
    assert "Justo bajo la piel" in drawn
    assert "<title" in drawn
    assert "una aguja justo debajo de la piel" in drawn
    assert ">A</text>" in drawn
    assert "Just under the skin" not in drawn
    assert "Just under the skin" in drawing("look-alikes")


def test_the_places_of_the_body_lead_to_pages_of_the_language() -> None:
    with translation.override("es"):
        spanish = Template("{% load drawings %}{% drawing 'body-plate' %}").render(Context())
    links = re.findall(r'href="([^"]+)"', spanish)
    assert len(links) >= 8
    assert all(link.startswith("/es/conditions/") for link in links)
    assert 'href="/conditions/' in drawing("body-plate")
