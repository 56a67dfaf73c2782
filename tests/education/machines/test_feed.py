"""Feed readers learn what changed, why, and whether it matters."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from education.exchange import import_folder
from education.models import Page
from tests.education.conftest import NOW, Folder, write

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FIRST = "changes:\n- {date: 2026-11-01, kind: first, reason: First version., act: no}\n"
SECOND = "- {date: 2026-11-20, kind: safety, reason: 'Names <b>one</b> more sign.', act: yes, where: lede}\n"


def feed(client: Client) -> list[ElementTree.Element]:
    """Return the entries of the feed."""
    response = client.get("/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


@pytest.fixture
def _changed(folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more=FIRST))
    import_folder(folder.root, at=NOW)
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\nOther words.\n", order=2, more=FIRST + SECOND))
    import_folder(folder.root, at=NOW + timedelta(days=1))


@pytest.mark.usefixtures("_changed")
def test_the_newest_change_comes_first_and_says_if_readers_should_act(client: Client) -> None:
    newest, oldest = feed(client)
    assert newest.findtext("a:title", "", ATOM) == "Elbow pain: Safety"
    words = newest.findtext("a:summary", "", ATOM)
    assert "This changes what you should do." in words
    assert "&lt;b&gt;one&lt;/b&gt;" in words  # a reader shows it as letters, not as HTML
    assert newest.findtext("a:updated", "", ATOM).startswith("2026-11-20")
    assert "should do" not in oldest.findtext("a:summary", "", ATOM)


@pytest.mark.usefixtures("_changed")
def test_each_change_keeps_its_own_name_for_ever(client: Client, folder: Folder) -> None:
    before = [entry.findtext("a:id", "", ATOM) for entry in feed(client)]
    assert len(set(before)) == len(before)
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\nYet others.\n", order=2, more=FIRST + SECOND))
    import_folder(folder.root, at=NOW + timedelta(days=2))
    assert [entry.findtext("a:id", "", ATOM) for entry in feed(client)][-len(before) :] == before


@pytest.mark.usefixtures("_changed")
def test_a_page_that_patients_cannot_see_is_not_in_the_feed(client: Client) -> None:
    Page.objects.filter(path="conditions/elbow").update(published=None, published_at=None)
    assert feed(client) == []


@pytest.mark.usefixtures("_changed")
def test_a_feed_of_many_pages_asks_few_questions(client: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/feed.xml")


def test_every_page_leads_to_the_feed(client: Client) -> None:
    assert 'type="application/atom+xml" href="/feed.xml"' in client.get("/conditions/knee/").content.decode()
