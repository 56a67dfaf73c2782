"""Templates hold structure only: no style, no script, nothing marked safe, and each page stands on a base."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

ROOT = Path(settings.BASE_DIR) / "templates"
ALL = sorted(path for path in ROOT.rglob("*") if path.suffix in {".html", ".svg"})
HTML = [path for path in ALL if path.suffix == ".html"]
PARTS = {"components", "drawings", "admin", "emails", "widgets"}
DATA = '<script type="application/ld+json">'  # no browser runs it, and the policy does not concern it
STANDS_ALONE = {"base.html", "500.html"}  # 500 is shown when even the base may fail
PAGES = [path for path in HTML if not PARTS & set(path.relative_to(ROOT).parts[:-1]) and path.name not in STANDS_ALONE]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_nothing_is_styled_or_scripted_in_place(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle\s*=|<style|javascript:|\son[a-z]+\s*=", text, re.IGNORECASE) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and tag != DATA] == []


@pytest.mark.parametrize("path", [each for each in HTML if "admin" not in each.parts], ids=name)
def test_no_address_of_ours_is_written_out_for_it_depends_on_the_language(path: Path) -> None:
    assert re.findall(r"""(?:href|action|src)=["']/[^"']*["']""", path.read_text()) == []


@pytest.mark.parametrize("path", [each for each in HTML if "admin" not in each.parts], ids=name)
def test_the_order_of_a_date_is_left_to_the_language(path: Path) -> None:
    assert re.findall(r"""\|date:["'][^"']*[jFl][^"']*["']""", path.read_text().replace('date:"DATE_FORMAT"', "")) == []


@pytest.mark.parametrize("path", HTML, ids=name)
def test_every_link_to_a_telephone_comes_from_the_number_as_it_was_read(path: Path) -> None:
    made = 'href="tel:{{ address }}"'  # of the one button, whose address education.telephones reads from the number
    assert "tel:" not in path.read_text().replace(made, ""), "write {{ number|calls }}, or |tel_link for what was typed"


PROMISE = re.compile(r"\b(nothing|no word|never|not)\b[^.]*\b(is|are|be|gets?) lost\b|[Nn]othing of (it|them) is left")


@pytest.mark.parametrize("path", HTML, ids=name)
def test_no_page_promises_that_all_is_kept_or_all_is_gone(path: Path) -> None:
    # A form page keeps what stands on it; what other pages and windows hold it cannot know.
    said = path.read_text().replace("your request is not lost", "")  # it is in the database
    assert not PROMISE.search(said)


@pytest.mark.parametrize("path", HTML, ids=name)
def test_no_template_vouches_for_text(path: Path) -> None:
    assert re.findall(r"\|\s*safe\b|autoescape\s+off", path.read_text()) == []


@pytest.mark.parametrize("path", HTML, ids=name)
def test_a_template_fits_on_two_screens(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 80


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_page_extends_another_template_first(path: Path) -> None:
    assert path.read_text().startswith("{% extends ")


@pytest.mark.parametrize("path", HTML, ids=name)
def test_every_template_can_be_read(path: Path) -> None:
    get_template(name(path))


@pytest.mark.parametrize("path", sorted((ROOT / "components").rglob("*.html")), ids=name)
def test_a_component_of_ours_says_first_what_it_takes(path: Path) -> None:
    if path.parent.name != "icons":
        assert path.read_text().startswith("{# ")


@pytest.mark.parametrize("path", HTML, ids=name)
def test_parts_see_only_what_they_are_given(path: Path) -> None:
    loose = [tag for tag in re.findall(r'{% include "components/[^%]*%}', path.read_text()) if " only " not in tag]
    assert not loose or path.name == "checkboxes.html"  # it hands all it got to radios.html


def test_the_page_for_our_own_failure_needs_neither_request_nor_database() -> None:
    page = render_to_string("500.html")
    assert "Something went wrong on our side" in page
    assert "/urgent-help/" in page


def test_the_page_for_a_missing_address_offers_help_first_and_ways_on() -> None:
    page = render_to_string("404.html", request=RequestFactory().get("/nope/"))
    page = page.partition("<main")[2].partition("</main>")[0]
    assert "<h1>We cannot find this page</h1>" in page
    for way in ("/urgent-help/", "/treatment/", "/nerve-pain/", "/evidence/", "/consultation/", "/contact/"):
        assert f'href="{way}"' in page


def test_search_engines_are_kept_off_private_links_and_learn_no_staff_address(client: Client) -> None:
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /request/" in words
    assert settings.STAFF_PATH not in words


def test_the_browser_finds_its_icon(client: Client) -> None:
    target = client.get("/favicon.ico").headers["Location"]
    assert (Path(settings.BASE_DIR) / target.lstrip("/")).read_bytes().startswith(b"\0\0\1\0")


@pytest.mark.parametrize("path", ALL, ids=name)
def test_every_icon_and_drawing_has_a_size_of_its_own(path: Path) -> None:
    """Without our styles an svg element without one fills the screen."""
    found = re.findall(r"<svg\b[^>]*>", path.read_text())
    sizes = [dict(re.findall(r'\b(width|height)="([^"]+)"', tag)) for tag in found]
    assert [size for size in sizes if "width" not in size or ("height" not in size and size["width"] != "100%")] == []


@pytest.mark.parametrize("path", HTML, ids=name)
def test_no_time_is_written_with_microseconds(path: Path) -> None:
    """HTML takes three digits of a second at most, and nobody needs one."""
    assert not re.search(r"datetime=\"\{\{[^}]*(date:.c.|isoformat)", path.read_text())
