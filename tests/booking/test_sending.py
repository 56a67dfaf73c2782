"""A request is refused on the page, or it is kept; however often it is sent, it is one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import answers, crypto, housekeeping, intake, search_keys, workflow
from booking.models import ConsultationRequest, Draft, Event, OutboxMessage, SearchKey
from booking.models.request import QUEUE_ORDER
from tests.booking.people import ZZYX, answer, ask, copy_on_page, draft_of, fill, send

pytestmark = pytest.mark.django_db
CHECK = "/consultation/check/"


def test_a_request_holds_what_was_answered(client: Client) -> None:
    request = ask(client)
    for field in ("who_for", "area", "name", "channel", "email", "days", "dayparts", "needs", "message"):
        assert getattr(request, field) == ZZYX[field]
    assert request.reply_by == request.due_at > request.received_at
    assert request.priority == ConsultationRequest.Priority.ROUTINE
    assert "Nova Integrated Health" in request.consent_text
    assert request.consented_at == request.received_at
    assert [event.kind for event in request.events.all()] == [Event.Kind.RECEIVED]


def test_answers_to_questions_that_no_longer_apply_are_not_kept(client: Client) -> None:
    fill(client, channel="phone", needs=["interpreter"])
    answer(client, "contact", {"channel": "email"})
    answer(client, "needs", {"needs": ["none"]})
    request = ask(client, needs=["none"])
    assert (request.phone, request.voicemail, request.call_times, request.interpreter_language) == ("", "", [], "")


def test_sent_answers_live_in_the_request_only(client: Client) -> None:
    ask(client)
    assert draft_of(client).answers == {}


@pytest.mark.parametrize(
    ("channel", "kinds"), [("email", {"staff_notice", "acknowledgement"}), ("phone", {"staff_notice"})]
)
def test_staff_are_told_and_those_who_gave_an_address_are_written_to(
    client: Client, channel: str, kinds: set[str]
) -> None:
    assert {message.kind for message in ask(client, channel=channel).messages.all()} == kinds


def test_without_consent_nothing_is_sent(client: Client) -> None:
    fill(client)
    page = client.post(CHECK, {"copy": copy_on_page(client)})
    assert page.status_code == 422
    assert "Tick the box if you agree that we may use these details" in page.content.decode()
    assert not ConsultationRequest.objects.exists()


def test_a_filled_trap_can_be_mended_by_a_person(client: Client) -> None:
    fill(client)
    page = client.post(CHECK, {"consent": "on", "website": "http://spam.example", "copy": copy_on_page(client)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "<div hidden>" not in text
    assert 'value="http://spam.example"' in text
    assert "checked" in text
    assert "<div hidden>" in client.get(CHECK).content.decode()
    assert send(client).status_code == 303


def test_sending_twice_is_one_request_with_one_reference(client: Client) -> None:
    request = ask(client)
    again = send(client)
    assert again["Location"] == reverse("booking:done")
    assert ConsultationRequest.objects.count() == 1
    assert str(request) in client.get(again["Location"]).content.decode()


def test_a_second_submit_of_the_same_draft_finds_the_first(client: Client) -> None:
    fill(client)
    stale = draft_of(client)
    first = ask(client)
    assert intake.submit(draft=stale, consent_text="", at=first.received_at) == first
    assert Event.objects.count() == 1


def test_back_after_sending_says_that_it_was_sent(client: Client) -> None:
    request = ask(client)
    for step in ("check", "name", "safety"):
        text = client.get(reverse(f"booking:{step}")).content.decode()
        assert f"You have already sent this request ({request})" in text
        assert request.get_private_url() in text
        assert "Ask about something else" in text


def test_an_answer_posted_after_sending_changes_nothing(client: Client) -> None:
    ask(client)
    assert answer(client, "name", {"name": "Somebody Else"})["Location"] == reverse("booking:done")
    assert ConsultationRequest.objects.get().name == ZZYX["name"]


def test_the_advice_page_after_sending_changes_nothing_either(client: Client) -> None:
    ask(client)
    page = client.post(reverse("booking:safety_help"), {"urgent_signs": "checked", "shown_for": ""})
    assert page["Location"] == reverse("booking:done")
    assert ConsultationRequest.objects.get().urgent_signs == ""


def test_asking_about_something_else_is_a_second_request(client: Client) -> None:
    first = ask(client)
    client.post(reverse("booking:start"))
    second = ask(client, area="hand")
    assert first.reference != second.reference
    assert ConsultationRequest.objects.count() == 2


@pytest.mark.parametrize("model", [Event, OutboxMessage, SearchKey])
def test_everything_is_stored_or_nothing(client: Client, model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(client)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(model.objects, "create" if model is Event else "bulk_create", fail)
    page = send(client)
    text = page.content.decode()
    assert page.status_code == 503
    assert "Your request was not sent" in text
    assert 'name="consent" value="on"' in text
    for table in (ConsultationRequest, Event, OutboxMessage, SearchKey):
        assert not table.objects.exists()
    assert draft_of(client).answers["name"] == ZZYX["name"]
    monkeypatch.undo()
    assert send(client)["Location"] == reverse("booking:done")


class TestWhatWasRead:
    """What was read and agreed to is what is sent."""

    def test_answers_that_another_tab_changed_are_read_again_first(self, client: Client) -> None:
        fill(client)
        read = copy_on_page(client)
        answer(client, "name", {"name": "Tab Two"})
        answer(client, "times", {"days": ["any"]})
        page = client.post(CHECK, {"consent": "on", "website": "", "copy": read})
        text = page.content.decode()
        assert page.status_code == 422
        assert not ConsultationRequest.objects.exists()
        assert text.count("changed in another window or tab: Name, Days.") == 2
        assert text.count("Changed: please read it again.") == 2
        assert "Tab Two" in text
        assert " checked" not in text, "consent is given anew"
        assert send(client)["Location"] == reverse("booking:done")
        assert ConsultationRequest.objects.get().name == "Tab Two"

    def test_a_page_without_its_copy_is_read_again(self, client: Client) -> None:
        fill(client)
        for copy in ("", "made up", crypto.seal_for("search", "{}")):
            page = client.post(CHECK, {"consent": "on", "website": "", "copy": copy})
            assert page.status_code == 422
        assert not ConsultationRequest.objects.exists()

    def test_a_change_at_the_last_moment_is_not_sent(self, client: Client) -> None:
        fill(client)
        stale = draft_of(client)
        answer(client, "name", {"name": "Tab Two"})
        with pytest.raises(intake.ChangedError):
            intake.submit(draft=stale, consent_text="", at=timezone.now())

    def test_every_answer_that_is_kept_is_shown_before_it_is_sent(self) -> None:
        assert {field for _step, field, _name in answers.NAMES} == set(answers.STORED)


class TestWhatThePageCarries:
    """At the check page nothing depends on a cookie or on a draft any more."""

    @pytest.mark.parametrize("lost", ["draft ran out", "draft swept", "cookie"])
    def test_sending_works_all_the_same_and_once(self, client: Client, lost: str) -> None:
        fill(client)
        read = copy_on_page(client)
        self.lose(client, lost)
        for _press in range(2):
            page = client.post(CHECK, {"consent": "on", "website": "", "copy": read})
            assert page["Location"] == reverse("booking:done")
        assert ConsultationRequest.objects.get().message == ZZYX["message"]
        assert "We have your request" in client.get(reverse("booking:done")).content.decode()

    @pytest.mark.parametrize("lost", ["draft ran out", "draft swept", "cookie"])
    def test_without_consent_the_page_comes_again_with_every_answer(self, client: Client, lost: str) -> None:
        fill(client)
        read = copy_on_page(client)
        self.lose(client, lost)
        page = client.post(CHECK, {"copy": read})
        assert page.status_code == 422
        assert ZZYX["message"] in page.content.decode()
        assert send(client)["Location"] == reverse("booking:done")

    def test_a_lost_cookie_after_sending_makes_no_second_request(self, client: Client) -> None:
        fill(client)
        read = copy_on_page(client)
        send(client)
        del client.cookies["draft"]
        page = client.post(CHECK, {"consent": "on", "website": "", "copy": read})
        assert page["Location"] == reverse("booking:done")
        assert ConsultationRequest.objects.count() == 1

    def test_after_finishing_the_page_tells_the_reference_and_no_more(self, client: Client) -> None:
        fill(client)
        read = copy_on_page(client)
        send(client)
        request = ConsultationRequest.objects.get()
        client.post(reverse("booking:leave"))
        text = client.post(CHECK, {"consent": "on", "website": "", "copy": read}).content.decode()
        assert f"You have already sent this request ({request})" in text
        assert request.get_private_url() not in text
        assert ZZYX["message"] not in text
        assert ConsultationRequest.objects.count() == 1

    @pytest.mark.parametrize("way_out", ["leave", "start"])
    def test_deleted_answers_come_back_from_no_page_that_carries_them(self, client: Client, way_out: str) -> None:
        fill(client)
        read = copy_on_page(client)
        client.post(reverse(f"booking:{way_out}"))
        for _press in range(2):
            page = client.post(CHECK, {"consent": "on", "website": "", "copy": read}, follow=True)
            assert "Your answers are deleted" in page.content.decode()
            assert ZZYX["message"] not in page.content.decode()
        assert not ConsultationRequest.objects.exists()
        assert [draft.answers for draft in Draft.objects.all()] == [{}]

    def test_once_the_request_was_deleted_its_page_sends_it_no_second_time(self, client: Client, settings: Any) -> None:
        fill(client)
        read = copy_on_page(client)
        send(client)
        workflow.withdraw(ConsultationRequest.objects.get().pk, at=timezone.now())
        later = timezone.now() + timedelta(days=settings.RETENTION_DAYS, minutes=1)
        housekeeping.sweep(at=later)
        with time_machine.travel(later):
            client.post(CHECK, {"consent": "on", "website": "", "copy": read})
        assert not ConsultationRequest.objects.exists()
        assert not Draft.objects.exists()

    def test_answers_changed_before_the_cookie_was_lost_are_read_again(self, client: Client) -> None:
        fill(client)
        read = copy_on_page(client)
        answer(client, "name", {"name": "Tab Two"})
        del client.cookies["draft"]
        page = client.post(CHECK, {"consent": "on", "website": "", "copy": read})
        assert page.status_code == 422
        assert "Tab Two" in page.content.decode()

    def test_the_copy_is_sealed(self, client: Client) -> None:
        fill(client)
        assert not any(word in copy_on_page(client) for word in ("Zzyx", "quokka", "example"))

    @staticmethod
    def lose(client: Client, lost: str) -> None:
        if lost == "cookie":
            del client.cookies["draft"]
        else:
            Draft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        if lost == "draft swept":
            housekeeping.sweep(at=timezone.now())


def test_two_who_draw_the_same_reference_both_get_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(client)
    drawn = iter([first.reference, "K7M29QXD"])
    field = ConsultationRequest._meta.get_field("reference")
    monkeypatch.setattr(field, "_get_default", lambda: next(drawn))
    client.post(reverse("booking:start"))
    assert ask(client).reference == "K7M29QXD"


def test_the_confirmation_is_the_proof(client: Client) -> None:
    request = ask(client)
    text = client.get(reverse("booking:done")).content.decode()
    for words in (str(request), request.get_private_url(), "A person will contact you by", ZZYX["message"]):
        assert words in text


def test_without_a_request_there_is_no_confirmation(client: Client) -> None:
    assert client.get(reverse("booking:done"))["Location"] == reverse("booking:start")
    answer(client, "safety", {})
    assert client.get(reverse("booking:done"))["Location"] == CHECK


class TestUrgentSigns:
    """The check never blocks and is never silent."""

    def test_going_on_after_the_advice_stands_first_in_the_queue(self, client: Client) -> None:
        ask(Client())
        client.post(reverse("booking:safety_help"), {"urgent_signs": "still_asking", "shown_for": ""})
        request = self.rest(client)
        assert request.priority == ConsultationRequest.Priority.TODAY
        assert request.urgent_signs == "still_asking"
        assert ConsultationRequest.objects.order_by(*QUEUE_ORDER).first() == request

    def test_a_sign_of_ones_area_counts_too(self, client: Client) -> None:
        fill(client, area="neck")
        page = client.post(reverse("booking:safety_help"), {"urgent_signs": "checked", "shown_for": "neck"})
        assert page["Location"] == reverse("booking:name")
        send(client)
        assert ConsultationRequest.objects.get().has_urgent_signs

    def test_a_sign_of_an_area_that_was_changed_does_not(self, client: Client) -> None:
        fill(client, area="neck")
        client.post(reverse("booking:safety_help"), {"urgent_signs": "checked", "shown_for": "neck"})
        answer(client, "about", {"area": "hand"})
        send(client)
        assert not ConsultationRequest.objects.get().has_urgent_signs

    def test_the_advice_is_for_the_list_that_was_shown(self, client: Client) -> None:
        fill(client, area="neck")
        text = client.get(reverse("booking:safety_help") + "?area=1").content.decode()
        assert 'name="shown_for" value="neck"' in text

    @staticmethod
    def rest(client: Client) -> ConsultationRequest:
        for step, given in (
            ("who", {"who_for": "me"}),
            ("about", {"area": "hand"}),
            ("name", {"name": "Zzyx"}),
            ("contact", {"channel": "email"}),
            ("email", {"email": "zzyx@example.org"}),
            ("times", {"days": ["any"]}),
            ("needs", {}),
            ("message", {}),
        ):
            assert answer(client, step, given).status_code == 303
        send(client)
        request = draft_of(client).request
        assert request is not None
        return request


@pytest.mark.parametrize(
    "typed",
    ["zzyx", "TESTPERSON", "testperson zzyx", "Zzyx@Example.org", "zzyx zzyx@example.org"],
)
def test_a_request_is_found_by_its_words_however_they_are_written(client: Client, typed: str) -> None:
    request = ask(client)
    assert list(ConsultationRequest.objects.found_by(search_keys.for_query(typed))) == [request]


@pytest.mark.parametrize("typed", ["020 7946 0958", "+44 20 7946 0958", "(020) 79460958", "Zzyx 02079460958"])
def test_a_request_is_found_by_its_number_with_and_without_the_country(client: Client, typed: str) -> None:
    request = ask(client, channel="phone")
    assert list(ConsultationRequest.objects.found_by(search_keys.for_query(typed))) == [request]


def test_a_name_is_found_without_its_accents_and_apostrophes(client: Client) -> None:
    request = ask(client, name="Zoë O’Testperson-Żółw")
    for typed in ("zoe", "otestperson", "o'testperson", "Zoë"):
        assert list(ConsultationRequest.objects.found_by(search_keys.for_query(typed))) == [request]


@pytest.mark.parametrize("typed", ["zzy", "nobody", "zzyx nobody", "x@example.org", "0207946095"])
def test_other_words_do_not_find_it(client: Client, typed: str) -> None:
    ask(client)
    assert not ConsultationRequest.objects.found_by(search_keys.for_query(typed)).exists()


def test_no_column_holds_what_was_typed(client: Client) -> None:
    fill(client, channel="phone")
    answer(client, "name", {"name": "Zzyx Testperson"})
    columns = dump()
    ask(Client(), channel="phone")
    ask(Client())
    columns += dump()
    for typed in ("Zzyx", "zzyx@example.org", "7946 0958", "79460958", "quokka", "shoulder", "tuesday"):
        assert typed.lower() not in columns.lower()


def dump() -> str:
    """Return every column of every table of ours, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for model in (ConsultationRequest, Draft, Event, OutboxMessage, SearchKey):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)
