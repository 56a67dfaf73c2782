"""The pages as patients get them: right, the same for everybody, and with few questions to the database."""

from typing import Any

import pytest
from django.test import Client

from education import edition, navigation
from education.exchange import import_folder
from education.models import Page
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.mark.parametrize("url", ["/", "/conditions/", "/conditions/knee/", "/conditions/elbow/", "/glossary/"])
def test_every_published_page_answers_at_its_path(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Language"] == "en"
    assert b"<h1>" in response.content


@pytest.mark.parametrize("url", ["/nothing/", "/conditions/knee/more/", "/conditions/knee//", "/en/conditions/knee/"])
def test_other_paths_are_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_missing_slash_is_mended(client: Client) -> None:
    response = client.get("/conditions/knee")
    assert (response.status_code, response["Location"]) == (301, "/conditions/knee/")


def test_a_page_cannot_be_posted_to(client: Client) -> None:
    assert client.post("/conditions/knee/").status_code == 405


def test_pages_set_no_cookie_and_are_the_same_for_everybody(client: Client, sign_in: Any) -> None:
    page = client.get("/conditions/knee/")
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in page.content
    assert sign_in("Manager").get("/conditions/knee/").content == page.content


@pytest.mark.parametrize("url", ["/", "/conditions/", "/conditions/knee/"])
def test_a_page_asks_the_database_four_times_at_first_and_then_twice(
    client: Client, django_assert_max_num_queries: Any, url: str
) -> None:
    with django_assert_max_num_queries(4):
        client.get(url)
    with django_assert_max_num_queries(2):
        client.get(url)


def test_a_draft_stays_unseen_until_it_is_published(client: Client, folder: Folder) -> None:
    page = Page.objects.get(path="conditions/elbow")
    draft = save_text(
        page, folder.read("conditions/elbow").replace("Words.", "Newer words."), author=None, note="", at=NOW
    )
    assert b"Newer words." not in client.get("/conditions/elbow/").content
    publish(draft, by=None, at=NOW)
    assert b"Newer words." in client.get("/conditions/elbow/").content


def test_a_new_title_shows_in_navigation_with_the_next_edition(folder: Folder) -> None:
    assert navigation.site("en").page("conditions/elbow").title == "Elbow pain"  # type: ignore[union-attr]
    page = Page.objects.get(path="conditions/elbow")
    draft = save_text(
        page, folder.read("conditions/elbow").replace("Elbow pain", "Sore elbow"), author=None, note="", at=NOW
    )
    publish(draft, by=None, at=NOW)
    edition.forget()
    assert navigation.site("en").page("conditions/elbow").title == "Sore elbow"  # type: ignore[union-attr]


def test_the_tree_follows_from_paths_and_order() -> None:
    site = navigation.site("en")
    assert [entry.path for entry in site.children("conditions")] == ["conditions/knee", "conditions/elbow"]
    assert [entry.path for entry in site.breadcrumb("conditions/knee")] == ["", "conditions"]
    assert [entry and entry.path for entry in site.previous_next("conditions/elbow")] == ["conditions/knee", None]
    assert [(entry.title, entry.grade, entry.area) for entry in site.conditions] == [("Knee pain", "very low", "knee")]


def test_the_edition_is_looked_up_at_most_once_a_second(django_assert_num_queries: Any) -> None:
    edition.forget()
    with django_assert_num_queries(1):
        assert edition.current() == edition.current()
