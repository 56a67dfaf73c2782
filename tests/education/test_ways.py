"""Ways to a page: by place, by certainty, from A to Z; breadcrumb, neighbours and related pages."""

import re

import pytest
from django.test import Client

from education import navigation
from education.areas import AREAS
from education.exchange import import_folder
from education.navigation import Entry, Site
from education.ways import Listed, a_to_z, by_certainty, by_place, sort_key, ways
from tests.education.conftest import NOW, Folder, write
from tests.education.shipped import GRADES, PAGES
from tests.education.test_studies import site_of_shipped

pytestmark = pytest.mark.django_db


def test_every_condition_can_be_found_by_place_by_certainty_and_by_name() -> None:
    site = site_of_shipped()
    found = ways({}, site)
    for way in ("by_place", "by_certainty"):
        listed = [entry.path for group in found[way] for entry in group.conditions]
        assert sorted(listed) == sorted(f"conditions/{name}" for name in GRADES)
    assert [entry.title for entry in found["by_name"]][:3] == ["Hand osteoarthritis", "Knee pain", "Low back pain"]


def test_places_go_from_head_to_foot_and_only_those_with_a_condition() -> None:
    labels = [group.label for group in by_place(site_of_shipped().conditions)]
    assert labels == [area.label for area in AREAS]
    assert by_place([]) == []


def test_certainty_names_the_steps_that_no_condition_reaches_too() -> None:
    groups = by_certainty(site_of_shipped().conditions)
    assert [str(group.label) for group in groups] == ["High", "Moderate", "Low", "Very low", "No direct studies"]
    assert [len(group.conditions) for group in groups] == [0, 0, 0, 6, 4]


def test_an_a_to_z_knows_no_accents_and_no_capitals() -> None:
    listed = ["ebb", "Élan", "elm", "nada", "Ñu", "zona"]
    assert sorted(["zona", "elm", "Élan", *listed[:1], "Ñu", "nada"], key=sort_key) == listed
    assert Listed("áa", "", is_condition=False).letter == "A"


def test_the_a_to_z_holds_conditions_and_words_under_their_letters() -> None:
    glossary = Entry(
        "glossary", "/glossary/", {"terms": [{"id": "w-knee", "term": "Knee"}, {"id": "w-a", "term": "a"}]}
    )
    knee = Entry("conditions/knee-pain", "/conditions/knee-pain/", {"kind": "condition", "title": "Knee"})
    letters = a_to_z({}, Site([glossary, knee]))["letters"]
    assert [(letter, [(each.url, each.is_condition) for each in listed]) for letter, listed in letters] == [
        ("A", [("/glossary/#w-a", False)]),
        ("K", [("/conditions/knee-pain/", True), ("/glossary/#w-knee", False)]),
    ]


def test_the_a_to_z_follows_the_glossary(client: Client, folder: Folder) -> None:
    folder.put("a-to-z", write("A to Z", order=7, more="kind: a-to-z\n"))
    import_folder(folder.root, at=NOW)
    navigation.forget()
    page = client.get("/a-to-z/").content.decode()
    assert '<a href="#letter-K">K</a>' in page
    assert '<a href="/glossary/#w-placebo">Placebo (dummy treatment)</a>' in page
    assert '<a href="/conditions/knee/">Knee pain</a> <span>condition</span>' in page
    assert [letter for letter in re.findall(r'href="#letter-(.)"', page) if f'id="letter-{letter}"' not in page] == []


def test_every_page_below_a_hub_says_where_it_lies() -> None:
    site = site_of_shipped()
    for path in PAGES:
        above = [entry.path for entry in site.breadcrumb(path)]
        assert above == ([""] if path else []) + [path.rpartition("/")[0]] * ("/" in path)


def test_every_page_but_home_and_help_names_related_pages_that_exist() -> None:
    site = site_of_shipped()
    for path, page in PAGES.items():
        related = site.related(Entry(path, "", page.front.plain()))
        assert len(related) == len(page.front.related)
        assert related or page.front.kind in {"home", "hub", "urgent", "contact", "glossary"}, path


def test_neighbours_stand_on_the_pages_that_are_read_in_order(client: Client, folder: Folder) -> None:
    for part in ("treatment", "nerve-pain", "about"):
        folder.put(f"{part}/index", write(part, more="kind: hub\n", order=11 + len(part)))
        folder.put(f"{part}/one", write(f"{part} one", order=1))
        folder.put(f"{part}/two", write(f"{part} two", order=2))
    import_folder(folder.root, at=NOW)
    navigation.forget()
    for part, has in (("treatment", True), ("nerve-pain", True), ("about", False)):
        first, second = (client.get(f"/{part}/{name}/").content.decode() for name in ("one", "two"))
        assert (f'href="/{part}/two/" rel="next"' in first) is has
        assert (f'href="/{part}/one/" rel="prev"' in second) is has
