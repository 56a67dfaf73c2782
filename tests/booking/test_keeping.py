"""Nothing typed is lost: errors, reloads, the back button, a second tab, an expired cookie, a stale token."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import drafts
from booking.models import ConsultationRequest, Draft
from booking.steps import STEPS
from tests.booking.people import ZZYX, answer, draft_of, fill, send

pytestmark = pytest.mark.django_db


def url(step: str) -> str:
    return reverse(f"booking:{step}")


def test_looking_writes_nothing(client: Client) -> None:
    for step in ("start", "safety", "safety_help", "minors", "who", "name", "check", "done", "leave"):
        client.get(url(step))
    assert "draft" not in client.cookies
    assert not Draft.objects.exists()


def test_the_cookie_is_opaque_and_only_its_fingerprint_is_kept(client: Client) -> None:
    answer(client, "safety", {})
    cookie = client.cookies["draft"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 24 * 3600
    assert not Draft.objects.filter(cookie_hash=cookie.value).exists()


def test_over_https_the_cookie_is_kept_to_this_host(client: Client, settings: Any) -> None:
    settings.HTTPS = True
    answer(client, "safety", {})
    cookie = client.cookies["__Host-draft"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_going_back_and_reloading_shows_what_was_answered(client: Client) -> None:
    fill(client)
    assert 'value="Zzyx Testperson"' in client.get(url("name")).content.decode()
    assert 'value="zzyx@example.org"' in client.get(url("email")).content.decode()
    assert "Please ring twice, quokka." in client.get(url("message")).content.decode()


def test_two_tabs_do_not_erase_each_others_answers(client: Client) -> None:
    fill(client)
    answer(client, "name", {"name": "Qwerty Testperson"})
    answer(client, "times", {"days": ["any"]})
    answers = draft_of(client).answers
    assert (answers["name"], answers["days"], answers["email"]) == ("Qwerty Testperson", ["any"], ZZYX["email"])


def test_a_stale_copy_of_the_draft_writes_only_its_own_answers(client: Client) -> None:
    answer(client, "safety", {})
    stale = draft_of(client)
    answer(client, "who", {"who_for": "me"})
    drafts.write(stale, {"area": "hand"})
    assert {"who_for", "area"} <= set(draft_of(client).answers)


def test_an_answer_posted_after_the_draft_ran_out_begins_a_new_one_and_says_why(client: Client) -> None:
    fill(client)
    Draft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    old = client.cookies["draft"].value
    page = answer(client, "name", {"name": "Late Testperson"})
    assert page["Location"] == url("safety") + "?again=1"
    assert client.cookies["draft"].value != old
    assert draft_of(client).answers["name"] == "Late Testperson"
    assert "What you just typed is kept" in client.get(page["Location"]).content.decode()
    fill(client, name=draft_of(client).answers["name"])
    assert send(client)["Location"] == url("done")
    assert ConsultationRequest.objects.get().name == "Late Testperson"


def test_an_unknown_cookie_is_never_made_a_drafts_own(client: Client) -> None:
    client.cookies["draft"] = "chosen-by-somebody-else"
    answer(client, "safety", {})
    assert client.cookies["draft"].value != "chosen-by-somebody-else"


def test_skipping_ahead_leads_kindly_to_the_first_open_question(client: Client) -> None:
    answer(client, "safety", {})
    page = client.get(url("times"))
    assert page["Location"] == url("who") + "?missing=1"
    assert "Please answer this first" in client.get(page["Location"]).content.decode()
    assert client.get(url("check"))["Location"] == url("who") + "?missing=1"


def test_a_change_goes_straight_back_to_the_check_page(client: Client) -> None:
    fill(client)
    text = client.get(url("check")).content.decode()
    assert f'<a href="{url("name")}?change=1">Change<span class="vh"> Name</span></a>' in text
    assert answer(client, "name", {"name": "Q"}, query="?change=1")["Location"] == url("check")
    assert url("check") in client.get(url("name") + "?change=1").content.decode()


def test_a_change_that_opens_a_new_question_asks_it_first(client: Client) -> None:
    fill(client)
    assert answer(client, "contact", {"channel": "phone"}, query="?change=1")["Location"] == url("phone") + "?change=1"
    assert answer(client, "about", {"area": "neck"}, query="?change=1")["Location"] == url("about_check") + "?change=1"
    assert answer(client, "about_check", {"shown_for": "neck"}, query="?change=1")["Location"].startswith(url("phone"))


def test_asking_for_somebody_else_after_all_asks_for_their_name(client: Client) -> None:
    fill(client)
    page = answer(client, "who", {"who_for": "adult"}, query="?change=1")
    assert page["Location"].startswith(url("name"))
    text = client.get(page["Location"]).content.decode()
    assert "What is their name?" in text
    assert 'value="Zzyx Testperson"' in text


def test_signs_shown_for_one_area_do_not_count_for_another(client: Client) -> None:
    fill(client, area="neck")
    answer(client, "about", {"area": "foot"})
    answer(client, "about_check", {"shown_for": "neck"})
    assert client.get(url("check"))["Location"].startswith(url("about_check"))


def test_coming_back_one_may_go_on_or_start_again(client: Client) -> None:
    answer(client, "safety", {})
    answer(client, "who", {"who_for": "me"})
    text = client.get(url("start")).content.decode()
    assert "Continue where you stopped" in text
    assert f'href="{url("about")}"' in text
    assert client.post(url("start"))["Location"] == url("safety")
    assert [draft.answers for draft in Draft.objects.all()] == [{}]


def test_leaving_deletes_everything_after_asking_once(client: Client) -> None:
    fill(client)
    assert "Delete my answers" in client.get(url("leave")).content.decode()
    assert Draft.objects.exists()
    client.post(url("leave"))
    assert [draft.answers for draft in Draft.objects.all()] == [{}]
    assert client.cookies["draft"].value == ""


@pytest.mark.parametrize("step", ["safety", "who", "name", "times", "check"])
def test_every_page_offers_to_delete_the_answers(client: Client, step: str) -> None:
    fill(client)
    assert f'href="{url("leave")}"' in client.get(url(step)).content.decode()


@pytest.mark.parametrize("step", ["start", "safety", "name", "check", "leave"])
def test_no_page_of_the_journey_is_stored_and_none_with_answers_indexed(client: Client, step: str) -> None:
    fill(client)
    page = client.get(url(step))
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == ("all" if step == "start" else "noindex")  # who looks for us may find where to ask


def test_a_stale_form_holds_what_was_typed() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(url("name"), {"name": "Zzyx <Testperson>", "csrfmiddlewaretoken": "old"})
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert page.status_code == 403
    assert '<input type="hidden" name="name" value="Zzyx &lt;Testperson&gt;">' in text
    assert 'value="old"' not in text
    token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = strict.post(url("name"), {"name": "Zzyx <Testperson>", "csrfmiddlewaretoken": token})
    assert again.status_code == 303


@pytest.mark.parametrize("step", ["safety", "safety_help", *(step.key for step in STEPS), "check"])
def test_what_a_stale_page_says_is_kept_is_on_it(step: str) -> None:
    typed = {"name": ["Zzyx"], "days": ["monday", "friday"], "copy": ["sealed"]}
    page = Client(enforce_csrf_checks=True).post(url(step), typed)
    text = page.content.decode()
    assert "What you typed on it is kept." in text
    for field, values in typed.items():
        for value in values:
            assert f'<input type="hidden" name="{field}" value="{value}">' in text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_strange_sites_form_is_not_made_ready_to_send(headers: dict[str, str]) -> None:
    page = Client(enforce_csrf_checks=True).post(url("name"), {"name": "planted"}, headers=headers)
    assert page.status_code == 403
    assert "planted" not in page.content.decode()


def test_a_database_that_cannot_write_holds_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(client)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(drafts, "write", fail)
    page = answer(client, "times", {"days": ["monday", "friday"], "dayparts": ["morning"]})
    text = page.content.decode()
    assert page.status_code == 503
    assert text.count('name="days"') == 2
    assert 'name="dayparts" value="morning"' in text
    assert "Your request was not sent" in text


def test_a_closed_form_says_so_before_anybody_starts(client: Client, settings: Any, clinic: Any) -> None:
    settings.REQUESTS_OPEN = False
    clinic(telephone="020 7946 0000")
    text = client.get(url("start")).content.decode()
    assert "We take no requests here at the moment" in text
    assert "020 7946 0000" in text
    assert client.get(url("safety"))["Location"] == url("start")
    assert client.post(url("safety"))["Location"] == url("start")


def test_somebody_who_is_half_way_may_finish_when_the_form_closes(client: Client, settings: Any) -> None:
    fill(client)
    settings.REQUESTS_OPEN = False
    assert send(client)["Location"] == url("done")


class TestTheButtonOnAPage:
    """A page's "Ask about your knee" hands its area over without any address naming it."""

    def test_it_fills_in_the_area_and_leads_to_the_start(self, client: Client) -> None:
        page = client.post(url("begin"), {"area": "knee"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert page["Location"] == url("start")
        assert draft_of(client).answers == {"area": "knee"}
        assert "Continue where you stopped" not in client.get(url("start")).content.decode()

    def test_it_needs_no_token_of_ours(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.post(url("begin"), {"area": "knee"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert draft_of(strict).answers == {"area": "knee"}

    def test_the_area_can_still_be_changed(self, client: Client) -> None:
        client.post(url("begin"), {"area": "knee"}, headers={"Origin": "http://testserver"})
        answer(client, "safety", {})
        assert answer(client, "who", {"who_for": "me"})["Location"] == url("about")
        assert 'value="knee" id="id_area_6" checked' in client.get(url("about")).content.decode()

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "cross-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://["},
        ],
    )
    def test_a_strange_sender_changes_nothing(self, client: Client, headers: dict[str, str]) -> None:
        assert client.post(url("begin"), {"area": "knee"}, headers=headers)["Location"] == url("start")
        assert not Draft.objects.exists()

    def test_an_area_that_we_do_not_know_changes_nothing(self, client: Client) -> None:
        client.post(url("begin"), {"area": "<script>"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert not Draft.objects.exists()
