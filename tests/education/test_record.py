"""The public record: what changed, the exact words, what we claim with which pages, and every source with its pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from education import navigation
from education.exchange import check_folder, import_folder
from education.models import Page, PageEvent
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write
from tests.education.exchanging import withdraw_on_site

pytestmark = pytest.mark.django_db

CHANGES = """changes:
  - date: 2026-11-22
    kind: first
    reason: First version of this page.
    act: no
"""
CORRECTED = """changes:
  - date: 2026-11-24
    kind: correction
    reason: We gave a wrong dose <b>here</b>.
    act: yes
"""
CLAIMS = """kind: claims
claims:
  - id: c03
    text: PIT might help some people.
    grade: low
    nearness: related
    sources: [zzyx-2020]
  - id: c99
    text: Nobody uses this one.
    nearness: no study
elsewhere:
  - claim: It heals all.
    why: Nothing shows that.
    sources: [other-2021]
"""


def bring(folder: Folder) -> None:
    """Import the folder and read the site again."""
    import_folder(folder.root, at=NOW)
    navigation.forget()


def replace(path: str, text: str) -> Page:
    """Publish other words at a path."""
    page = Page.objects.get(path=path)
    publish(save_text(page, text, author=None, note="", at=NOW), by=None, at=NOW)
    navigation.forget()
    return page


def test_a_page_tells_what_changed_with_date_reason_and_what_to_do(client: Client, folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more=CHANGES))
    bring(folder)
    assert b'href="/conditions/elbow/changes/"' in client.get("/conditions/elbow/").content
    page = client.get("/conditions/elbow/changes/").content.decode()
    assert "22 November 2026" in page
    assert "First version of this page." in page
    assert "change what you should do" not in page, "nobody did anything else before"


def test_of_one_days_changes_the_last_written_comes_first(client: Client, folder: Folder) -> None:
    day = CHANGES.replace("kind: first", "kind: wording").replace("First version of this page.", "{}")
    both = day.format("Zzyx came first.") + day.format("A came second.").removeprefix("changes:\n")
    folder.put("conditions/elbow", write("Elbow pain", order=2, more=both))
    bring(folder)
    page = client.get("/conditions/elbow/changes/").content.decode()
    assert page.index("A came second.") < page.index("Zzyx came first.")
    assert page.count("does not change what you should do") == 2


def test_a_correction_stays_for_ever_even_when_a_later_text_leaves_it_out(client: Client, folder: Folder) -> None:
    bring(folder)
    replace("conditions/elbow", write("Elbow pain", order=2, more=CORRECTED))
    replace("conditions/elbow", write("Elbow pain", "## Newer\n\nWords.\n", order=2, more=CHANGES))
    page = client.get("/conditions/elbow/changes/").content.decode()
    assert "We gave a wrong dose &lt;b&gt;here&lt;/b&gt;." in page
    assert "This changes what you should do" in page
    assert page.index("wrong dose") < page.index("First version"), "the newest comes first"


def test_a_change_that_nobody_published_is_not_told(client: Client, folder: Folder) -> None:
    bring(folder)
    page = Page.objects.get(path="conditions/elbow")
    save_text(page, write("Elbow pain", order=2, more=CORRECTED), author=None, note="", at=NOW)
    assert b"wrong dose" not in client.get("/conditions/elbow/changes/").content


def test_a_page_that_was_away_for_a_time_says_so(client: Client, folder: Folder) -> None:
    bring(folder)
    page = Page.objects.get(path="conditions/elbow")
    PageEvent.objects.create(page=page, kind="withdrawn", at=NOW + timedelta(days=2), note="A number was wrong.")
    told = client.get("/conditions/elbow/changes/").content.decode()
    assert "24 November 2026" in told
    assert "A number was wrong." in told
    assert "change what you should do" not in told, "nobody said so"


def test_the_record_of_a_withdrawn_page_stays_and_its_words_do_not(client: Client, folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more=CORRECTED))
    bring(folder)
    withdraw_on_site("conditions/elbow", User.objects.create_user("zzyx-testperson"))
    navigation.forget()
    assert 'href="/conditions/elbow/changes/"' in client.get("/conditions/elbow/").content.decode()
    told = client.get("/conditions/elbow/changes/")
    assert told.status_code == 200
    assert "We gave a wrong dose" in told.content.decode()
    assert client.get("/conditions/elbow/index.txt").status_code == 404


@pytest.mark.parametrize("address", ["/index.txt", "/conditions/index.txt", "/conditions/knee/index.txt"])
def test_the_text_of_a_page_is_for_people_and_names_the_page(client: Client, folder: Folder, address: str) -> None:
    bring(folder)
    answer = client.get(address)
    path = address.removesuffix("index.txt").strip("/")
    assert str(Page.objects.get(path=path).words().front["title"]) in answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Link"].endswith(f'/{path}/>; rel="canonical"'.replace("//", "/"))


def test_the_former_address_of_the_text_leads_to_this_site_only(client: Client, folder: Folder) -> None:
    bring(folder)
    assert client.get("/conditions/knee/index.md")["Location"] == "/conditions/knee/index.txt"
    away = client.get(
        "/", PATH_INFO="//evil.example/index.md"
    )  # with nginx in front, too: it passes the path as it came
    assert (away.status_code, away.get("Location")) == (404, None)


@pytest.mark.parametrize("address", ["/nothing/index.txt", "/nothing/index.md", "/nothing/changes/", "/a%00b/changes/"])
def test_pages_that_nobody_published_have_no_record(client: Client, folder: Folder, address: str) -> None:
    bring(folder)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_the_ledger_shows_each_claim_once_with_the_pages_that_make_it(client: Client, folder: Folder) -> None:
    folder.put(
        "claims",
        write("What we claim", more=CLAIMS, order=7),
    )
    folder.put("conditions/elbow", write("Elbow pain", order=2, more="uses: [c03]\n"))
    bring(folder)
    page = client.get("/claims/").content.decode()
    assert page.count("PIT might help some people.") == 1
    claim = page[page.index('id="c03"') : page.index('id="c99"')]
    assert "A related technique" in claim
    assert "Low" in claim
    assert 'href="/conditions/elbow/"' in claim
    assert 'href="#source-1"' in claim
    assert "A plain fact, so no step" in page[page.index('id="c99"') : page.index('id="elsewhere"')]
    assert 'href="#c03">c03</a>' in claim, "the name by which other pages call it"
    assert "to read" not in page, "the minutes would leave the list out"
    assert "this page only" in page[page.index('id="c99"') : page.index('id="elsewhere"')]
    assert "Nothing shows that." in page[page.index('id="elsewhere"') :]
    assert 'id="source-2"' in page


def test_a_claim_with_an_unknown_source_is_a_fault(folder: Folder) -> None:
    folder.put("claims", write("What we claim", more=CLAIMS.replace("zzyx-2020", "nobody-1999"), order=7))
    assert [fault.message for fault in check_folder(folder.root)] == [
        "claims: there is no source called 'nobody-1999'."
    ]


def test_the_register_names_the_pages_that_cite_a_source(client: Client, folder: Folder) -> None:
    folder.put("register", write("Sources", more="kind: sources\n", order=8))
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\nSo it is [@zzyx-2020].\n", order=2))
    bring(folder)
    page = client.get("/register/").content.decode()
    assert "1 source<" in page
    source = page[page.index('id="zzyx-2020"') :]
    assert 'href="/conditions/elbow/"' in source


def test_the_record_asks_little_of_the_database(
    client: Client, folder: Folder, django_assert_max_num_queries: Any
) -> None:
    bring(folder)
    client.get("/conditions/elbow/")
    with django_assert_max_num_queries(3):
        client.get("/conditions/elbow/changes/")
    with django_assert_max_num_queries(2):  # as many as the page
        client.get("/conditions/elbow/index.txt")
