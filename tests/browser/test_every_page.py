"""Every page of the sitemap in every language, at each width and theme, with and without scripts: nothing is wrong."""

from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from django.conf import settings

from education.library import read_files
from education.models import Page
from tests.browser.conftest import Site, Visit, findings, overflow
from tests.browser.test_pages import widen

pytestmark = pytest.mark.browser

PAGES = sorted(
    Page(language=language, path=path).get_absolute_url()
    for language, path in read_files(Path(settings.CONTENT_DIR))[0]
)
LOOKS = tuple((width, theme) for width in (320, 768, 1280) for theme in ("light", "dark"))
WITHOUT_SCRIPTS = ((320, "dark"), (1280, "light"))
POINTS = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


def test_the_sitemap_names_every_page(site: Site, visit: Visit) -> None:
    tree = ElementTree.fromstring(visit("/").request.get("/sitemap.xml").body())
    named = {str(each[0].text).removeprefix(site.url) for each in tree}
    assert named == set(PAGES)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_right_in_every_look(visit: Visit, url: str) -> None:
    page = visit(url)
    assert findings(page, LOOKS) == []
    assert faults_of(page.request.get(url).text()) == []
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    assert findings(page, WITHOUT_SCRIPTS) == []
    page.set_viewport_size({"width": 390, "height": 900})
    widen(page)
    assert overflow(page) == 0, "with large text and wide spacing"


def faults_of(html: str) -> list[str]:
    """Return where a page breaks the rules of HTML: unclosed or misplaced tags, ids twice, ids that are not there."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    faults = [f"{place}: {name}" for place, name, _more in parser.errors]
    ids = [str(each.get("id")) for each in tree.iter() if each.get("id") is not None]
    faults += [f"id twice: {name}" for name in {name for name in ids if ids.count(name) > 1}]
    for each in tree.iter():
        named = [name for key in POINTS for name in str(each.get(key) or "").split()]
        named += [link[1:] for link in [str(each.get("href") or "")] if link.startswith("#") and len(link) > 1]
        faults += [f"no such id: {name}" for name in named if name not in ids]
    return faults


@pytest.mark.parametrize(
    "fault", ["<p>a<div>", "<b><i></b></i>", "<p id=a><p id=a>", '<a href="#no">x</a>', "<label for=no>x</label>"]
)
def test_such_faults_would_be_found(fault: str) -> None:
    page = "<!doctype html><html lang=en><head><title>A</title></head><body>{}</body></html>"
    assert faults_of(page.format("<p>a</p>")) == []
    assert faults_of(page.format(fault)) != []
