"""What a browser keeps for a time without network, and when it fetches it again."""

import re

import pytest
from django.test import Client

from education import navigation
from education.exchange import import_folder
from education.models import Edition
from tests.education.conftest import NOW, Folder, translation_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published(folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more="offline: yes\n"))
    import_folder(folder.root, at=NOW)
    navigation.forget()


def told(client: Client, name: str) -> str:
    """Return a constant of the service worker."""
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    found = re.search(rf"^const {name} = (.*);$", response.content.decode(), re.MULTILINE)
    assert found
    return found[1]


def test_only_the_pages_that_say_so_are_kept(client: Client) -> None:
    kept = told(client, "KEPT")
    assert '"/conditions/elbow/"' in kept
    assert '"/offline/"' in kept
    assert "/conditions/knee/" not in kept


def test_another_edition_is_fetched_again(client: Client) -> None:
    before = told(client, "NAME")
    Edition.move_on()
    navigation.forget()
    assert told(client, "NAME") != before


def test_the_page_for_no_network_leads_to_what_was_kept(client: Client) -> None:
    page = client.get("/offline/").content.decode()
    assert '<a href="/conditions/elbow/">Elbow pain</a>' in page
    assert "noindex" in page


def test_only_pages_that_are_kept_ask_the_browser_to_keep_them(client: Client) -> None:
    assert b"js/keep.js" in client.get("/conditions/elbow/").content
    assert b"js/keep.js" not in client.get("/conditions/knee/").content


def test_each_language_has_its_own_page_for_no_network(client: Client, folder: Folder) -> None:
    assert told(client, "OFFLINE") == '["/offline/"]'
    for name in ("index", "glossary", "conditions/index", "conditions/elbow"):
        folder.put(
            f"../es/{name}", translation_of(folder.read(name)).replace("title: Elbow pain", "title: Dolor de codo")
        )
    import_folder(folder.root, at=NOW)
    navigation.forget()
    assert told(client, "OFFLINE") == '["/es/offline/", "/offline/"]'
    assert '"/es/conditions/elbow/"' in told(client, "KEPT")
    page = client.get("/es/offline/").content.decode()
    assert "No tiene conexión" in page
    assert '<a href="/es/conditions/elbow/">Dolor de codo</a>' in page
    assert "Elbow pain" not in page
