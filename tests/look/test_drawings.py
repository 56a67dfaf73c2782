"""The drawings: safe to stand inside a page, named for those who do not see them, readable on a phone, light."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parents[2] / "templates" / "drawings"
STYLES = Path(__file__).parents[2] / "static" / "css" / "components"
NAMES = {
    "nerve-cell", "signal-path", "pressed", "rubbed", "scar", "fascia",
    "needle-under-skin", "points-along-nerve", "look-alikes", "body-plate",
}  # fmt: skip
PICKER = "body-plate"
SVG = "{http://www.w3.org/2000/svg}"
PHONE = 358
COLOURS = {"fill", "stroke", "color", "style", "opacity"}


def _text(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text()


def _drawing(name: str) -> ElementTree.Element:
    # Inside HTML an svg element needs no namespace; the XML parser does not know that.
    return ElementTree.fromstring(_text(name).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def _css() -> str:
    return "".join((STYLES / name).read_text() for name in ("art.css", "plate.css"))


def test_all_ten_drawings_exist_and_no_other() -> None:
    assert {place.stem for place in FOLDER.glob("*.svg")} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_drawing_holds_nothing_that_the_security_policy_forbids(name: str) -> None:
    for element in _drawing(name).iter():
        assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image"}
        assert not COLOURS & set(element.attrib), f"colours come from classes: {element.attrib}"
        assert not any(key.startswith("on") for key in element.attrib)


@pytest.mark.parametrize("name", sorted(NAMES - {PICKER}))
def test_a_drawing_leads_nowhere_outside_itself(name: str) -> None:
    ids = {element.get("id") for element in _drawing(name).iter()} - {None}
    links = {value for element in _drawing(name).iter() for key, value in element.attrib.items() if "href" in key}
    assert links <= {f"#{name_}" for name_ in ids}
    assert all(str(own).startswith(f"{name}-") for own in ids)


@pytest.mark.parametrize("name", sorted(NAMES - {PICKER}))
def test_a_drawing_says_in_words_what_it_shows(name: str) -> None:
    svg = _drawing(name)
    title = svg[0]
    assert svg.get("role") == "img"
    assert title.tag == f"{SVG}title"
    assert svg.get("aria-labelledby") == title.get("id")
    assert len((title.text or "").split()) >= 8


@pytest.mark.parametrize("name", sorted(NAMES - {PICKER}))
def test_labels_can_be_read_on_a_phone(name: str) -> None:
    size = int(re.search(r"\.lab \{ font: \d+ (\d+)px", _css())[1])  # type: ignore[index]
    width = float(_drawing(name).get("viewBox", "").split()[2])
    assert list(_drawing(name).iter(f"{SVG}text"))
    assert size * PHONE / width >= 15


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_drawing_is_light(name: str) -> None:
    assert 400 <= len(_text(name).encode()) <= (4500 if name == PICKER else 1950)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_class_of_a_drawing_has_its_style(name: str) -> None:
    used = {word for element in _drawing(name).iter() for word in element.get("class", "").split()}
    assert {word for word in used if not re.search(rf"\.{word}\b(?!-)", _css())} == set()


def test_the_dots_of_the_picker_are_for_pointers_only() -> None:
    svg = _drawing(PICKER)
    dots = list(svg.iter(f"{SVG}a"))
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")
    assert len(dots) == 8
    assert all(
        dot.get("tabindex") == "-1" and re.fullmatch(r"/conditions/[a-z-]+/", dot.get("href", "")) for dot in dots
    )
