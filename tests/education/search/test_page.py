"""The search page: works as a plain form, keeps what was asked to itself, and never fails for what is typed."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from education import edition
from education.exchange import import_folder
from education.models import Page
from education.revisions import publish, save_text
from education.search import kept, search
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db

WORDS = """stemmer = "english"
ignore = ["the a is my"]
urgent = ["chest pain"]
[meant]
kneww = "knee"
[[leads]]
term = "knee pain"
page = "conditions/knee"
words = ["housemaid's joint"]
[[leads]]
term = "elbow"
page = "conditions/elbow#one"
words = ["funny bone"]
"""
QUESTIONS = "## Visits\n\n### Does a zebra hurt? {#zebra}\n\nZebras sting & <stare>.\n"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    (folder.root / "en/search.toml").write_text(WORDS)
    folder.put("questions", write("Questions", QUESTIONS.replace("<stare>", "“stare”"), order=5))
    folder.put("conditions/knee-care", write("Care at home", "## Rest\n\nRest a sore knee for the zebra.\n", order=3))
    import_folder(folder.root, at=NOW)


def ask(client: Client, typed: str, **more: str) -> str:
    """Return the main part of the search page."""
    response = client.get("/search/", {"q": typed, **more})
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def links(page: str) -> list[str]:
    return re.findall(r'<a href="(/[^"]*)"', page)


def test_the_empty_page_is_a_form_that_works_without_script_and_ways_on(client: Client) -> None:
    page = client.get("/search/").content.decode()
    assert re.search(r'<form[^>]* role="search" action="/search/" method="get"', page)
    assert re.search(r'<label for="q">.+?</label>\s*<div class="box"><input [^>]*id="q" name="q" type="search"', page)
    assert {"/conditions/", "/contact/", "/urgent-help/"} <= set(links(page))
    assert "Best match" not in page
    assert "<title>Search –" in page


def test_what_is_found_is_grouped_with_the_place_in_the_page_and_its_words_marked(client: Client) -> None:
    page = ask(client, "zebra")
    assert links(page)[:1] == ["/questions/#zebra"]
    assert "Zebras" in page
    assert "<mark>Zebras</mark> sting &amp; “stare”." in page
    assert "Pages" in page
    assert '<a href="/conditions/knee-care/#rest">Rest</a>' in page
    assert '<input class="in" id="q" name="q" type="search" value="zebra"' in page


def test_groups_stand_in_one_order_and_hold_nothing_twice(client: Client) -> None:
    answer = search("the dextrose knee words", "en")
    kinds = [group.kind for group in answer.groups]
    assert kinds == [kind for kind in ("condition", "page", "word", "question") if kind in kinds]
    urls = [hit.url for group in answer.groups for hit in group.hits] + [answer.best.url if answer.best else ""]
    assert len(urls) == len(set(urls)) > 2


def test_nothing_found_says_so_and_leads_on(client: Client) -> None:
    page = ask(client, "qqqq")
    assert "We found nothing for “qqqq”" in page
    assert {"/conditions/", "/contact/", "/urgent-help/"} <= set(links(page))


def test_words_of_danger_stand_above_everything_found(client: Client) -> None:
    page = ask(client, "pain in my chest and knee")
    assert page.index('class="care now"') < page.index("Best match")
    assert links(page)[0] == "/urgent-help/"
    assert 'class="care now"' not in ask(client, "knee")


def test_a_known_slip_and_a_typing_error_are_understood(client: Client) -> None:
    assert re.search(r'Did you mean <a href="\?q=knee%20zebra">knee zebra</a>\?', ask(client, "kneww zebra"))
    page = ask(client, "elbwo")
    assert "We found nothing for “elbwo”" in page
    assert "<strong>elbow</strong>" in page
    assert links(page)[0] == "/conditions/elbow/"


def test_other_forms_beginnings_accents_and_the_words_of_people_find_the_page(client: Client) -> None:
    for typed in ("knees", "KNÉE", "kne", "Housemaids joint", "joint, housemaid’s"):
        page = ask(client, typed)
        assert links(page)[0] == "/conditions/knee/", typed
        assert "We found nothing" not in page, typed
    assert "<mark>Zebras</mark>" in ask(client, "zebra’s")
    assert links(ask(client, "funny bone"))[:2] == ["/conditions/elbow/", "/conditions/elbow/#one"]


def test_too_many_words_are_cut_and_the_page_says_so(client: Client) -> None:
    page = ask(client, "knee " * 3000)
    assert "We looked for the first 100 characters only" in page
    assert f'value="{"knee " * 19}knee"' in page
    assert len(page) < 10_000


def test_markup_that_is_typed_stays_text(client: Client) -> None:
    page = ask(client, '<script>alert(1)</script>" onfocus="x')
    assert "<script>" not in page
    assert '" onfocus="' not in page


TRAPS = (
    '"', '""', "'", "NEAR(", "c++", "o'neil", "a AND", "* OR *", "title:knee", "-knee", "^knee", "kn\0ee", "🦵",
    "(((", "knee*", "{x}", "\ud800", "%", "\u202e", "ﷺ" * 50, "x" * 10_000, "a " * 5_000, "١٢٣", "ß" * 99,
)  # fmt: skip


@pytest.mark.parametrize("typed", TRAPS, ids=ascii)
def test_no_mark_of_the_query_language_does_harm(client: Client, typed: str) -> None:
    typed = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for address in ("/search/", "/search/suggest/"):
        assert client.get(address, {"q": typed}).status_code == 200
        assert client.get(address, {"q": f"knee {typed}"}).status_code == 200


def test_bytes_that_are_no_text_do_no_harm(client: Client) -> None:
    for query in ("q=%00", "q=%ff%fe", "q=%ed%a0%80", "q", "q=&q=", "x=1"):
        assert client.get(f"/search/?{query}").status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
@example('"knee" NEAR("')
def test_nothing_that_can_be_typed_fails(client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed.encode("utf-8", "replace")}).status_code == 200


def test_new_words_are_found_once_they_are_published_and_old_ones_no_more(client: Client, folder: Folder) -> None:
    assert "We found nothing for “giraffe”" in ask(client, "giraffe")
    page = Page.objects.get(path="conditions/elbow")
    draft = save_text(page, folder.read("conditions/elbow").replace("Words.", "Giraffe."), author=None, note="", at=NOW)
    edition.forget()
    assert "We found nothing for “giraffe”" in ask(client, "giraffe"), "a draft is not for patients"
    publish(draft, by=None, at=NOW)
    edition.forget()
    assert links(ask(client, "giraffe"))[0] == "/conditions/elbow/"


def test_words_of_people_are_read_again_when_their_file_changes(client: Client, folder: Folder) -> None:
    assert "nothing" in ask(client, "chassis")
    (folder.root / "en/search.toml").write_text(WORDS.replace("funny bone", "chassis"))
    assert links(ask(client, "chassis"))[0] == "/conditions/elbow/"


def test_a_broken_file_of_words_does_not_stop_the_search(client: Client, folder: Folder) -> None:
    (folder.root / "en/search.toml").write_text("leads = [")
    assert links(ask(client, "knee"))[0] == "/conditions/knee/"


MADE_FROM = "translated_from: abcdef012345\n"
"""Nobody knows that text, so nothing is held against it."""


def test_languages_are_kept_apart(client: Client, folder: Folder, settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    spanish = folder.root / "es"
    (spanish / "conditions").mkdir(parents=True)
    (spanish / "index.md").write_text(write("Inicio", "Bienvenidos.\n", more=f"kind: hub\n{MADE_FROM}"))
    (spanish / "conditions/index.md").write_text(write("Problemas", more=f"kind: hub\n{MADE_FROM}", order=2))
    (spanish / "conditions/knee.md").write_text(
        write("Dolor de rodilla", "## Qué es\n\nLas articulaciones duelen, también con zebra.\n", more=MADE_FROM)
    )
    (spanish / "search.toml").write_text('stemmer = "spanish"\n')
    import_folder(folder.root, at=NOW)
    edition.forget()
    for typed in ("rodillas", "articulación", "articulacion", "DUELE", "dolores"):
        page = client.get("/es/search/", {"q": typed})
        assert "We found nothing" not in page.content.decode(), typed
        assert links(page.content.decode().partition("<main")[2])[:1] == ["/es/conditions/knee/"], typed
        assert page["Content-Language"] == "es"
        assert 'lang="es"' in page.content.decode()
    assert "/es/" not in ask(client, "zebra")
    assert client.get("/es/search/suggest/", {"q": "rod"}).json()["suggestions"] == ["Dolor de rodilla"]


@pytest.mark.parametrize("url", ["/en/search/", "/xx/search/", "/conditions/search/"])
def test_a_language_that_the_site_has_not_has_no_search(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", ["/search/?q=knee", "/search/suggest/?q=knee"])
def test_nobody_keeps_what_was_asked(client: Client, url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.get(url)
        client.post(url)
        client.get("/search?q=knee", follow=True)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert "ETag" not in response
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in told if "knee" in line] == []


def test_the_page_asks_search_engines_to_leave_it_out(client: Client) -> None:
    page = client.get("/search/?q=knee").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_the_empty_page_may_be_found(client: Client) -> None:
    response = client.get("/search/")
    assert "X-Robots-Tag" not in response
    assert "noindex" not in response.content.decode()
    assert '<link rel="canonical"' in response.content.decode()


def test_it_can_only_be_read(client: Client) -> None:
    assert client.post("/search/", {"q": "knee"}).status_code == 405
    assert client.head("/search/?q=knee").status_code == 200


def test_asking_again_asks_the_database_for_the_edition_alone(client: Client, django_assert_num_queries: Any) -> None:
    ask(client, "knee")
    edition.forget()
    with django_assert_num_queries(1):
        ask(client, "zebra")
    with django_assert_num_queries(0):
        client.get("/search/suggest/", {"q": "zeb"})


def test_suggestions_are_titles_that_go_on_from_what_is_typed(client: Client) -> None:
    answer = client.get("/search/suggest/", {"q": "kn"}).json()
    assert answer["suggestions"][0] == "Knee pain"
    assert answer["status"] == f"{len(answer['suggestions'])} suggestions"
    assert client.get("/search/suggest/", {"q": "dextr"}).json() == {
        "suggestions": ["Dextrose"],
        "status": "1 suggestion",
    }
    assert client.get("/search/suggest/", {"q": ""}).json() == {"suggestions": [], "status": "0 suggestions"}


@pytest.mark.parametrize("typed", ["zebra", "?", ""])
def test_a_title_without_a_word_stops_no_suggestion(client: Client, folder: Folder, typed: str) -> None:
    folder.put("conditions/odd", write("(!)", "## Zebra\n\nA zebra is rare.\n", order=6))
    assert import_folder(folder.root, at=NOW)
    assert client.get("/search/suggest/", {"q": typed}).status_code == 200


def test_readers_go_on_with_the_old_index_while_one_makes_the_new(monkeypatch: pytest.MonkeyPatch) -> None:
    old = kept.index_of("en")
    monkeypatch.setattr("education.search.kept.edition.current", lambda: 999)
    with kept._building:
        assert kept.index_of("en") is old
    assert kept.index_of("en") is not old


def test_what_pit_may_do_is_found_but_never_quoted_without_its_limits(client: Client, folder: Folder) -> None:
    more = "when_overdue: Please ask us about this.\n"
    body = "::: benefit\n## What helps\n\nUnicorns may help.\n\n:::\n\nNobody counted the unicorns.\n"
    folder.put("conditions/elbow", write("Elbow pain", body, order=2, more=more))
    folder.put(
        "conditions/toe", write("Toe pain", body.replace("Nobody counted the unicorns.", "Rest."), order=7, more=more)
    )
    import_folder(folder.root, at=NOW)
    edition.forget()
    page = ask(client, "unicorns")
    assert "may help" not in page
    assert "Nobody counted the <mark>unicorns</mark>." in page
    assert '<a href="/conditions/toe/#what-helps">What helps</a>' in page


def test_what_is_folded_because_nobody_checked_it_is_not_found(client: Client, folder: Folder) -> None:
    more = "review: 2020-01-01\nwhen_overdue: Please ask us about this.\n"
    body = "## One\n\n::: benefit\nUnicorns may help.\n:::\n\nWords stay.\n"
    folder.put("conditions/elbow", write("Elbow pain", body, order=2, more=more))
    import_folder(folder.root, at=NOW)
    edition.forget()
    assert "We found nothing for “unicorns”" in ask(client, "unicorns")
    assert links(ask(client, "stay"))[0] == "/conditions/elbow/"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("zyg\u00ado\u00admatic", "zygomatic"),
        ("zyg&shy;omatic", "zygomatic"),
        ("quux\u200bville", "quuxville"),
        ("\u2060qu\u200duux\ufeff", "quuux"),
        ("zygomatic", "zyg\u00adomatic"),
    ],
)
def test_letters_that_nobody_sees_hide_no_word(client: Client, folder: Folder, written: str, typed: str) -> None:
    folder.put("conditions/cheek", write("Cheek", f"## Bone\n\nThe {written} arch aches.\n", order=4))
    import_folder(folder.root, at=NOW)
    assert links(ask(client, typed))[:1] == ["/conditions/cheek/"]
