"""The code on paper leads from exactly those words to what changed since."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from education import edition_code
from education.exchange import import_folder
from education.models import Page, Revision
from education.publishing import withdraw
from tests.education.conftest import NOW, Folder, write
from tests.education.exchanging import change_on_site
from tests.education.signers import person

pytestmark = pytest.mark.django_db
FIRST = "changes:\n- {date: 2026-11-01, kind: first, reason: First version., act: no}\n"
SAFETY = "- {date: 2026-11-22, kind: safety, reason: Names one more sign., act: yes, where: lede}\n"


@pytest.fixture(autouse=True)
def _published(folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more=FIRST))
    import_folder(folder.root, at=NOW)


def printed(client: Client) -> str:
    """Return the code that stands on a printed page."""
    found = re.search(r'class="code">([^<]+)<', client.get("/conditions/elbow/").content.decode())
    assert found
    return found[1]


def change(folder: Folder, words: str, more: str = FIRST) -> None:
    """Publish other words of the page."""
    folder.put("conditions/elbow", write("Elbow pain", f"## One\n\n{words}\n", order=2, more=more))
    import_folder(folder.root, at=NOW + timedelta(days=1))


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_reads_back_as_itself_however_it_is_typed(digest: str) -> None:
    code = edition_code.code_of(Revision(digest=digest))
    assert re.fullmatch(r"(?:[0-9A-Z]{3}-){2}[0-9A-Z]{3}", code)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert edition_code.typed(sloppy) == edition_code.typed(code) == code


@pytest.mark.parametrize("text", ["", "7KM", "7KM-29Q-XDAA", "7KM-29Q-XDU", "ééé-ééé-ééé"])
def test_what_is_no_code_is_told_apart(text: str) -> None:
    assert edition_code.typed(text) == ""


def test_a_copy_of_todays_words_is_still_right(client: Client) -> None:
    answer = client.get("/code/", {"code": printed(client)})
    assert b"Your copy is still right" in answer.content
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_holder_of_an_older_copy_learns_what_was_told_since(client: Client, folder: Folder) -> None:
    code = printed(client)
    change(folder, "Other words.", FIRST + SAFETY)
    page = client.get(f"/code/{code}/").content.decode()
    assert "This page has changed since your copy" in page
    assert "Names one more sign." in page
    assert "This changes what you should do." in page
    assert "First version." not in page
    assert 'href="/conditions/elbow/"' in page


def test_the_holder_of_an_older_copy_learns_that_only_its_wording_changed(client: Client, folder: Folder) -> None:
    code = printed(client)
    words = folder.read("conditions/elbow").replace("Words.", "Other words.")
    change_on_site(words, published=True, path="conditions/elbow")
    assert b"Only small things in its wording have changed." in client.get(f"/code/{code}/").content


def test_nobody_is_told_to_go_by_a_page_that_was_withdrawn(client: Client) -> None:
    code = printed(client)
    words = Page.objects.get(path="conditions/elbow").words()
    withdraw(words, by=person("mona", "Manager"), at=NOW + timedelta(days=1), reason="A dose was wrong.")
    page = client.get(f"/code/{code}/").content.decode()
    assert "Please do not go by your copy." in page
    assert "A dose was wrong." in page


def test_words_that_patients_never_saw_have_no_code(client: Client) -> None:
    page = Page.objects.get(path="conditions/elbow")
    draft = Revision.objects.create(page=page, text=write("Elbow pain", "Secret."), saved_at=NOW, html="", note="")
    answer = client.get("/code/", {"code": edition_code.code_of(draft)})
    assert answer.status_code == 422
    assert b"Secret" not in answer.content


@pytest.mark.parametrize("typed", ["", "nonsense", "7KM-29Q-XDA", "'\"<b>", "\0", "x" * 5000])
def test_a_wrong_code_is_answered_kindly_and_stays_in_the_box(client: Client, typed: str) -> None:
    answer = client.get("/code/", {"code": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "<title>Error: " in page
    if typed == "nonsense":
        assert 'value="nonsense"' in page


def test_the_square_leads_to_the_same_answer(client: Client) -> None:
    drawn = client.get("/conditions/elbow/").content.decode()
    code = printed(client)
    assert edition_code.square(f"/code/{code}/") in drawn
    assert client.get(f"/code/{code}/").status_code == 200


def test_the_same_words_have_the_same_code_on_every_machine(client: Client) -> None:
    text = Page.objects.get(path="conditions/elbow").words().text
    assert edition_code.code_of(Revision(text=text)) == printed(client)


def test_the_address_beside_the_code_is_the_sites_own(client: Client) -> None:
    assert f"{settings.SITE_URL}/code/" in client.get("/conditions/elbow/").content.decode()
