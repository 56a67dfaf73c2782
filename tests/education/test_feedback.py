"""Was this page helpful? Counted for the very words, without cookie, token or address; only a POST of ours counts."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from booking import limits as form_limits
from education import feedback, limits, navigation, opinions
from education.exchange import import_folder
from education.models import Opinion, Page, Revision
from education.models.opinion import month_of
from education.publishing import withdraw
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "http://testserver"}
BODY = "## First part\n\nWords.\n\n### Smaller\n\nWords.\n\n## Second part\n\nWords.\n"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("about", write("About us", BODY, order=7))
    import_folder(folder.root, at=NOW)
    navigation.forget()
    feedback.answers.forget()


@pytest.fixture
def about() -> Page:
    return Page.objects.select_related("published").get(path="about")


def say(client: Client, revision: Any, answer: str = "no", **headers: str) -> Any:
    return client.post("/feedback/", {"revision": revision, "answer": answer}, **(headers or OURS))


def say_it_anew(page: Page) -> None:
    words = write("About us", "## New\n\nNew.\n", order=7)
    publish(save_text(page, words, author=None, note="", at=NOW), by=None, at=NOW)


def counted() -> list[tuple[str, str, int]]:
    return list(Opinion.objects.order_by("answer", "heading").values_list("answer", "heading", "count"))


def test_a_page_ends_with_two_buttons_that_need_no_cookie_and_no_token(client: Client, about: Page) -> None:
    page = client.get("/about/").content.decode()
    form = re.search(r'<form class="acts gap helpful".*?</form>', page, re.DOTALL)[0]  # type: ignore[index]
    assert 'method="post" action="/feedback/"' in form
    assert f'name="revision" value="{about.published_id}"' in form
    assert re.findall(r'name="answer" value="(\w+)"', form) == ["yes", "no"]
    assert "csrf" not in form
    assert "textarea" not in form


@pytest.mark.parametrize("url", ["/consultation/", "/consultation/safety/", "/about/changes/", "/no-such-page/"])
def test_other_pages_do_not_ask(client: Client, url: str) -> None:
    assert b'class="acts gap helpful"' not in client.get(url).content


def test_yes_is_counted_and_thanked_for(client: Client, about: Page) -> None:
    answer = say(client, about.published_id, "yes")
    assert (answer.status_code, answer["Location"]) == (303, f"/feedback/{about.published_id}/thanks/")
    assert counted() == [("yes", "", 1)]
    page = client.get(answer["Location"])
    assert "Thank you" in page.content.decode()
    assert 'href="/about/"' in page.content.decode()
    assert not answer.cookies
    assert not page.cookies


def test_no_is_counted_and_asks_why_with_the_main_headings_and_no_free_text(client: Client, about: Page) -> None:
    answer = say(client, about.published_id)
    assert counted() == [("no", "", 1)]
    page = client.get(answer["Location"]).content.decode()
    assert re.findall(r'type="radio" name="reason" value="([\w-]+)"', page) == [
        "not-found", "not-understood", "not-believed", "out-of-date",
    ]  # fmt: skip
    assert re.findall(r'<option value="([\w-]*)"', page) == ["", "first-part", "second-part"]
    assert 'type="text"' not in page
    assert "<textarea" not in page


def test_a_reason_is_counted_with_its_part(client: Client, about: Page) -> None:
    url = f"/feedback/{about.published_id}/"
    for _time in range(2):
        answer = client.post(url, {"reason": "not-understood", "part": "second-part"}, **OURS)
    client.post(url, {"reason": "not-understood", "part": ""}, **OURS)
    assert (answer.status_code, answer["Location"]) == (303, f"{url}thanks/")
    assert counted() == [("not-understood", "", 1), ("not-understood", "second-part", 2)]


@pytest.mark.parametrize("sent", [{}, {"reason": "nonsense"}, {"reason": "not-found", "part": "no-such-part"}])
def test_a_reason_that_is_none_of_ours_is_asked_again(client: Client, about: Page, sent: dict[str, str]) -> None:
    answer = client.post(f"/feedback/{about.published_id}/", sent, **OURS)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert counted() == []


def test_looking_changes_nothing(client: Client, about: Page) -> None:
    number = about.published_id
    asked = {"revision": number, "answer": "no", "reason": "not-found"}
    assert client.get("/feedback/", asked).status_code == 404
    for url in (f"/feedback/{number}/", f"/feedback/{number}/thanks/"):
        assert client.get(url, asked).status_code == 200
        assert client.head(url).status_code == 200
    assert client.post(f"/feedback/{number}/thanks/", asked, **OURS).status_code == 405
    assert counted() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_USER_AGENT": "a robot without any of it"},
    ],
)
def test_a_form_of_another_site_counts_nothing(client: Client, about: Page, headers: dict[str, str]) -> None:
    assert say(client, about.published_id, **headers).status_code == 403
    assert client.post(f"/feedback/{about.published_id}/", {"reason": "not-found"}, **headers).status_code == 403
    assert counted() == []


def test_an_older_browser_that_names_only_its_origin_may_answer(client: Client, about: Page) -> None:
    assert say(client, about.published_id, HTTP_ORIGIN="http://testserver").status_code == 303


def test_a_strict_client_is_asked_for_no_token(about: Page) -> None:
    assert say(Client(enforce_csrf_checks=True), about.published_id).status_code == 303


@pytest.mark.parametrize("number", ["", "0", "999999", "9" * 40, "9" * 5000, "-1", "1.5", "٣", "x\0"])
def test_an_unknown_number_is_a_kind_not_found(client: Client, number: str) -> None:
    answer = say(client, number)
    assert answer.status_code == 404
    assert "We cannot find this page" in answer.content.decode()
    assert client.get("/feedback/" + "9" * 40 + "/").status_code == 404
    assert counted() == []


def test_nobody_votes_on_a_draft(client: Client, about: Page) -> None:
    draft = save_text(about, write("About us", "## New\n\nNew.\n", order=7), author=None, note="", at=NOW)
    assert say(client, draft.pk).status_code == 404
    assert client.get(f"/feedback/{draft.pk}/").status_code == 404


def test_an_answer_nobody_knows_is_not_counted(client: Client, about: Page) -> None:
    assert say(client, about.published_id, "maybe").status_code == 404
    assert counted() == []


def test_a_page_that_was_open_for_long_is_counted_for_the_words_it_showed(client: Client, about: Page) -> None:
    old = about.published_id
    say_it_anew(about)
    assert say(client, old).status_code == 303
    assert Opinion.objects.get().revision_id == old


def test_a_withdrawn_page_says_so_and_counts_nothing(client: Client, about: Page, django_user_model: Any) -> None:
    number = about.published_id
    withdraw(about.words(), by=django_user_model.objects.create_superuser("boss"), at=NOW, reason="It was wrong.")
    answer = say(client, number)
    assert (answer.status_code, answer["Location"]) == (303, "/about/")
    assert client.get("/about/").status_code == 410
    assert counted() == []


def test_more_than_a_few_answers_of_one_network_are_not_counted(
    client: Client, about: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback.answers, "an_hour", 2)
    assert [say(client, about.published_id).status_code for _time in range(3)] == [303, 303, 429]
    assert client.post(f"/feedback/{about.published_id}/", {"reason": "not-found"}, **OURS).status_code == 429
    assert say(client, about.published_id, **OURS, REMOTE_ADDR="203.0.113.9").status_code == 303
    assert counted() == [("no", "", 3)]


def test_of_the_network_only_a_hash_is_held_and_only_in_memory(client: Client, about: Page) -> None:
    say(client, about.published_id, **OURS, REMOTE_ADDR="203.0.113.77")
    assert "203.0.113" not in repr(feedback.answers.__dict__)
    assert {field.name for field in Opinion._meta.concrete_fields} == {
        "id", "page", "revision", "answer", "heading", "month", "count",
    }  # fmt: skip


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize(
    ("address", "forwarded"),
    [
        ("192.0.2.1", ""),
        ("2001:db8::1", ""),
        ("2001:db8::ffff", "198.51.100.3"),
        ("::ffff:192.0.2.1", "10.0.0.1, 198.51.100.4"),
        ("not an address", "junk, 2001:db8:0:1::5"),
    ],
)
def test_both_halves_of_the_site_count_a_caller_alike(
    rf: Any, settings: Settings, proxies: int, address: str, forwarded: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=address, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    known = form_limits.network(form_limits.client_address(request))
    assert limits.caller(request) == limits.hashed(known)


def test_counts_are_by_month(about: Page) -> None:
    words = about.published
    assert words is not None
    opinions.note(words, "yes", at=datetime(2026, 11, 30, 12, tzinfo=UTC))
    opinions.note(words, "yes", at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    opinions.note(words, "yes", at=datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert list(Opinion.objects.order_by("month").values_list("month", "count")) == [
        (month_of(date(2026, 11, 1)), 2), (month_of(date(2026, 12, 1)), 1),
    ]  # fmt: skip


def test_after_two_years_counts_are_forgotten(about: Page) -> None:
    words = about.published
    assert words is not None
    for year, month in ((2024, 10), (2024, 11), (2026, 11)):
        opinions.note(words, "no", at=datetime(year, month, 15, tzinfo=UTC))
    report = opinions.forget_old(at=datetime(2026, 11, 25, tzinfo=UTC))
    assert str(report) == "readers: 1 old counts deleted"
    assert list(Opinion.objects.order_by("month").values_list("month", flat=True)) == [
        month_of(date(2024, 11, 1)), month_of(date(2026, 11, 1)),
    ]  # fmt: skip
    assert not opinions.forget_old(at=datetime(2026, 11, 25, tzinfo=UTC))


def test_words_that_are_being_checked_are_not_voted_on(sign_in: Callable[[str], Client], about: Page) -> None:
    client = sign_in("Author")
    assert b'class="acts gap helpful"' not in client.get(f"/staff/education/page/{about.pk}/preview/").content
    assert Revision.objects.get(pk=about.published_id)
