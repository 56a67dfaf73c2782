"""Search engines learn every page, its last change and its languages, at our own host."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from education.exchange import import_folder
from tests.education.conftest import NOW, Folder, translation_of

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client: Client, **more: str) -> dict[str, ElementTree.Element]:
    """Return what the sitemap says, by address."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml", **more).content)
    return {each.findtext("s:loc", "", SPACES): each for each in tree}


def test_the_sitemap_names_each_page_with_the_day_of_its_last_change(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example.org"
    found = entries(client)
    assert set(found) == {
        f"https://clinic.example.org{path}"
        for path in ("/", "/glossary/", "/conditions/", "/conditions/knee/", "/conditions/elbow/")
    }
    assert found["https://clinic.example.org/conditions/knee/"].findtext("s:lastmod", "", SPACES) == "2026-11-22"


def test_the_host_of_a_request_is_nobodys_concern(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["other.example.org"]
    settings.SITE_URL = "https://clinic.example.org"
    assert all(url.startswith("https://clinic.example.org/") for url in entries(client, HTTP_HOST="other.example.org"))


def test_the_languages_of_a_page_name_each_other(client: Client, folder: Folder, settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    for name in ("index", "conditions/index", "conditions/elbow", "glossary"):
        there = folder.root / "es" / f"{name}.md"
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(translation_of(folder.read(name)))
    import_folder(folder.root, at=NOW)
    found = entries(client)
    elbow = found[f"{settings.SITE_URL}/es/conditions/elbow/"]
    languages = {link.get("hreflang"): link.get("href") for link in elbow.findall("x:link", SPACES)}
    urls = {"en": f"{settings.SITE_URL}/conditions/elbow/", "es": f"{settings.SITE_URL}/es/conditions/elbow/"}
    assert languages == urls
    assert found[f"{settings.SITE_URL}/conditions/knee/"].findall("x:link", SPACES) == []


def test_a_page_that_nobody_checked_for_long_is_left_out(
    client: Client, folder: Folder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("---\n##", "review: 2027-01-01\n---\n##"))
    import_folder(folder.root, at=NOW)
    url = f"{settings.SITE_URL}/conditions/elbow/"
    assert url in entries(client)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2028, 1, 1, tzinfo=UTC))
    assert url not in entries(client)


def test_robots_learn_where_the_sitemap_is(client: Client, settings: Settings) -> None:
    assert re.search(rf"^Sitemap: {settings.SITE_URL}/sitemap.xml$", client.get("/robots.txt").content.decode(), re.M)
