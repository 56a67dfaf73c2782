"""The style sheets stay small, flat and in one place each."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.staticfiles import IMPORT, bundle

CSS = Path(settings.BASE_DIR) / "static/css"
COMPONENTS = sorted((CSS / "components").glob("*.css"))
TABLE = "".join((CSS / name).read_text() for name in ("site.css", "forms.css"))
SITE = sorted(CSS / match["file"] for match in IMPORT.finditer(TABLE))


HOLD_COLOURS = {"tokens.css", "print.css"}
PHYSICAL = re.compile(r"(?<![\w-])((margin|padding|border)-)?(left|right|top|bottom)(-\w+)?:")


def bare(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def test_all_styles_together_fit_in_12_kb() -> None:
    whole = bundle(TABLE, lambda name: (CSS / name).read_text())
    assert "@import" not in whole
    assert len(gzip.compress(whole.encode(), 9)) <= 12 * 1024


def test_no_quoted_string_holds_a_mark_at_which_the_bundle_takes_white_space_away() -> None:
    for path in CSS.rglob("*.css"):
        assert [words for words in re.findall(r'"[^"]*"', bare(path)) if set(words) & set("{};")] == [], path


def test_the_script_fits_in_2_kb() -> None:
    assert (CSS.parent / "js/site.js").stat().st_size <= 2 * 1024


def test_the_script_of_the_search_fits_in_3_kb_and_its_page_carries_no_6() -> None:
    base = (Path(settings.BASE_DIR) / "templates/base.html").read_text()
    names = [*re.findall(r"static 'js/([\w-]+)\.js'", base), "search"]
    sizes = {name: (CSS.parent / f"js/{name}.js").stat().st_size for name in names}
    assert sizes["search"] <= 3 * 1024
    assert sum(sizes.values()) <= 6 * 1024


def test_the_decision_aid_has_a_small_script_of_its_own() -> None:
    script = (CSS.parent / "js/decide.js").read_text()
    assert len(script.encode()) <= 2_500
    assert not re.findall(r"fetch|XMLHttpRequest|sendBeacon|Storage|cookie|indexedDB|submit|location", script)


def test_the_table_of_contents_names_every_component_and_every_layer() -> None:
    assert {path for path in SITE if path.parent.name == "components"} == set(COMPONENTS)
    layers = re.search(r"@layer ([\w, ]+);", TABLE)[1].split(", ")
    assert {match["layer"] for match in IMPORT.finditer(TABLE)} == set(layers)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_fits_on_one_screen(path: Path) -> None:
    assert 0 < len(path.read_text().splitlines()) <= 60


@pytest.mark.parametrize("path", SITE, ids=lambda path: path.stem)
def test_only_the_tokens_fetch_anything(path: Path) -> None:
    assert ("url(" in bare(path)) == (path.name == "tokens.css")


@pytest.mark.parametrize("path", [path for path in SITE if path.name not in HOLD_COLOURS], ids=lambda path: path.stem)
def test_colours_come_from_the_tokens(path: Path) -> None:
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsl", bare(path)) == []


@pytest.mark.parametrize("path", SITE, ids=lambda path: path.stem)
def test_selectors_are_flat_and_properties_follow_the_writing_direction(path: Path) -> None:
    text = bare(path)
    assert "&" not in text
    assert PHYSICAL.findall(text) == []
    assert re.findall(r"border[\w-]*:[^;]*transparent", text) == []  # forced colours would draw it
