"""Pages in every language, at each width and theme, with and without scripts: nothing is wrong.

Each run looks at a page of every kind; `make test-all` looks at every page there is, in every look.
"""

import os
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from django.conf import settings

from education.library import read_files
from education.models import Page
from tests.browser.conftest import Site, Visit, findings, overflow
from tests.browser.test_pages import KINDS, widen

pytestmark = pytest.mark.browser

PAGES = sorted(
    Page(language=language, path=path).get_absolute_url()
    for language, path in read_files(Path(settings.CONTENT_DIR))[0]
)
SPANISH = {f"/es{path}" for path in KINDS.values()}
OF_EACH_KIND = sorted({*KINDS.values()} | (SPANISH & {*PAGES}))
IS_SWEEP = bool(os.environ.get("SWEEP"))
LOOKS = tuple((width, theme) for width in (320, 768, 1280) for theme in ("light", "dark"))
LOOKED_AT = (PAGES, LOOKS) if IS_SWEEP else (OF_EACH_KIND, ((320, "light"), (768, "dark"), (1280, "light")))
WITHOUT_SCRIPTS = ((320, "dark"),)
POINTS = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


def test_the_sitemap_names_every_page(site: Site, visit: Visit) -> None:
    tree = ElementTree.fromstring(visit("/").request.get("/sitemap.xml").body())
    named = {str(each[0].text).removeprefix(site.url) for each in tree}
    assert named == set(PAGES)


@pytest.mark.parametrize("url", LOOKED_AT[0])
def test_a_page_is_right_in_every_look(visit: Visit, url: str) -> None:
    page = visit(url)
    assert findings(page, LOOKED_AT[1]) == []
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    assert findings(page, WITHOUT_SCRIPTS) == []
    page.set_viewport_size({"width": 390, "height": 900})
    widen(page)
    assert overflow(page) == 0, "with large text and wide spacing"


def test_every_page_keeps_the_rules_of_html(site: Site) -> None:
    found = {}
    for url in PAGES:
        with urllib.request.urlopen(f"{site.url}{url}", timeout=10) as answer:
            if faults := faults_of(answer.read().decode()):
                found[url] = faults
    assert found == {}


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
