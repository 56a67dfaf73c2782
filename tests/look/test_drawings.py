"""The drawings: safe to stand inside a page, named for those who do not see them, readable on a phone, light."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from education.areas import AREAS
from education.library import read_files
from education.markdown.context import drawings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "drawings"
STYLES = ROOT / "static" / "css" / "components"
PICKER = "body-plate"
CONDITIONS = sorted(
    path.removeprefix("conditions/")
    for (_language, path), file in read_files(ROOT / "content")[0].items()
    if "\nkind: condition\n" in file.text
)
WHERE = {f"where-{name}" for name in CONDITIONS}
CAUSES = {"pressed", "rubbed", "scar", "fascia"}
EXPLAINING = {"nerve-cell", "signal-path", "needle-under-skin", "points-along-nerve", "look-alikes"}
NAMES = {*WHERE, *CAUSES, *EXPLAINING, "visits", "certainty", PICKER}
SVG = "{http://www.w3.org/2000/svg}"
PHONE = 358
COLOURS = {"fill", "stroke", "color", "style", "opacity"}

every_drawing = pytest.mark.parametrize("name", sorted(NAMES))
every_picture = pytest.mark.parametrize("name", sorted(NAMES - {PICKER}))


@cache
def _text(name: str) -> str:
    """Return a drawing as pages hold it."""
    return render_to_string(f"drawings/{name}.svg")


def _drawing(name: str) -> ElementTree.Element:
    # Inside HTML an svg element needs no namespace; the XML parser does not know that.
    return ElementTree.fromstring(_text(name).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def _css() -> str:
    return "".join((STYLES / name).read_text() for name in ("art.css", "plate.css"))


def test_every_drawing_exists_and_no_other() -> None:
    assert len(WHERE) == 10
    assert {place.stem for place in FOLDER.glob("*.svg")} == NAMES


def test_every_drawing_is_used_on_some_page() -> None:
    pages = "".join(file.text for file in read_files(ROOT / "content")[0].values())
    used = set(re.findall(r"^::: figure (\S+)$|^ +drawing: (\S+)$", pages, re.MULTILINE))
    assert NAMES - {PICKER} - {name for pair in used for name in pair} == set()


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_shows_where_it_hurts_where_it_says_what_it_is(name: str) -> None:
    body = (ROOT / f"content/en/conditions/{name}.md").read_text()
    what_it_is = body[body.index("## What it is") : body.index("## What usually helps")]
    assert f"::: figure where-{name}\n" in what_it_is


@every_drawing
def test_a_drawing_holds_nothing_that_the_security_policy_forbids(name: str) -> None:
    for element in _drawing(name).iter():
        assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image"}
        assert not COLOURS & set(element.attrib), f"colours come from classes: {element.attrib}"
        assert not any(key.startswith("on") for key in element.attrib)


@every_picture
def test_a_drawing_leads_nowhere_outside_itself(name: str) -> None:
    ids = {element.get("id") for element in _drawing(name).iter()} - {None}
    links = {value for element in _drawing(name).iter() for key, value in element.attrib.items() if "href" in key}
    assert links <= {f"#{name_}" for name_ in ids}
    assert all(str(own).startswith(f"{name}-") for own in ids)


@every_picture
def test_a_drawing_says_in_words_what_it_shows(name: str) -> None:
    svg = _drawing(name)
    title = svg[0]
    assert svg.get("role") == "img"
    assert title.tag == f"{SVG}title"
    assert svg.get("aria-labelledby") == title.get("id")
    assert len((title.text or "").split()) >= 8


@every_drawing
def test_every_word_of_a_drawing_can_be_translated(name: str) -> None:
    source = (FOLDER / f"{name}.svg").read_text()
    bare = re.findall(r"<(?:text|title)[^>]*>([^<{]*[^\W\d_]{2}[^<{]*)<", source)
    assert bare == []


def test_drawings_speak_the_language_of_their_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("education.drawings.render_to_string", lambda name: str(get_language()))
    for language in ("es", "en"):
        with translation.override(language):
            assert set(drawings().values()) == {language}


@every_picture
def test_labels_can_be_read_on_a_phone(name: str) -> None:
    size = int(re.search(r"\.lab \{ font: \d+ (\d+)px", _css())[1])  # type: ignore[index]
    width = float(_drawing(name).get("viewBox", "").split()[2])
    assert list(_drawing(name).iter(f"{SVG}text"))
    assert size * PHONE / width >= 15


@every_drawing
def test_a_drawing_is_light(name: str) -> None:
    most = 4500 if name == PICKER else 2350
    assert 400 <= len(_text(name).encode()) <= most


@every_drawing
def test_each_class_of_a_drawing_has_its_style(name: str) -> None:
    used = {word for element in _drawing(name).iter() for word in element.get("class", "").split()}
    assert {word for word in used if not re.search(rf"\.{word}\b(?!-)", _css())} == set()


def test_the_dots_of_the_picker_are_for_pointers_only_and_lead_where_its_list_leads() -> None:
    svg = _drawing(PICKER)
    dots = list(svg.iter(f"{SVG}a"))
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")
    assert all(dot.get("tabindex") == "-1" for dot in dots)
    assert {dot.get("href") for dot in dots} == {f"/{area.page}/" for area in AREAS}
