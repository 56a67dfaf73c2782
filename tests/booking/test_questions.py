"""Every question's errors: their words, their status, and nothing typed lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking import safety, search_keys
from booking.answers import AREA
from booking.models import ConsultationRequest
from booking.steps import STEPS, Step
from tests.booking.people import ZZYX, answer, draft_of, fill, send

pytestmark = pytest.mark.django_db

NO_EMAIL = "Enter an e-mail address, like name@example.com"
WHEN = "Choose at least one day and one part of the day, or “Any time”"
NEED = "Choose what you need, or “None of these”"

WRONG = [
    ("who", {}, "Choose who the consultation is for"),
    ("who", {"who_for": "dog"}, "Choose who the consultation is for"),
    ("about", {}, "Choose what you would like to talk about"),
    ("about", {"area": "elbow"}, "Choose what you would like to talk about"),
    ("name", {"name": " \u200b "}, "Enter a name"),
    ("name", {"name": "Z" * 101}, "Name must be 100 characters or fewer"),
    ("helper", {"contact_whom": "person"}, "Enter your name"),
    ("helper", {"helper_name": "Q" * 101}, "Your name must be 100 characters or fewer"),
    ("helper", {"helper_name": "Qwerty"}, "Choose who we should contact"),
    ("contact", {}, "Choose how we should contact you"),
    ("phone", {"voicemail": "no"}, "Enter a phone number, with its area code"),
    ("phone", {"phone": "12", "voicemail": "no"}, "Enter a phone number, with its area code"),
    ("phone", {"phone": "020 7946 0958"}, "Choose if we may leave a message"),
    ("email", {}, NO_EMAIL),
    ("email", {"email": "zzyx.example.org"}, NO_EMAIL),
    ("times", {}, WHEN),
    ("times", {"days": ["monday"]}, WHEN),
    ("times", {"dayparts": ["morning"]}, WHEN),
    ("times", {"days": ["doomsday"], "dayparts": ["morning"]}, WHEN),
    ("needs", {"needs": ["quiet", "none"]}, NEED),
    ("language", {"interpreter_language": ""}, "Enter a language"),
    ("message", {"message": "m" * 501}, "Your message must be 500 characters or fewer"),
]


@pytest.mark.parametrize(("step", "typed", "words"), WRONG)
def test_a_wrong_answer_says_what_to_do(client: Client, step: str, typed: dict[str, Any], words: str) -> None:
    who = "adult" if step == "helper" else "me"
    fill(client, who_for=who, needs=["interpreter"], channel="phone" if step == "phone" else "email")
    before = draft_of(client).answers
    page = answer(client, step, typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: " in text
    assert text.count(words) == 2, "once in the summary, once at the field"
    assert 'tabindex="-1" autofocus><div role="alert">' in text
    assert draft_of(client).answers == before


@pytest.mark.parametrize(("step", "typed", "words"), WRONG)
def test_each_error_leads_to_its_field_and_the_field_names_its_error(
    client: Client, step: str, typed: dict[str, Any], words: str
) -> None:
    who = "adult" if step == "helper" else "me"
    fill(client, who_for=who, needs=["interpreter"], channel="phone" if step == "phone" else "email")
    text = answer(client, step, typed).content.decode()
    target = text.split('<a href="#', 1)[1].split('"', 1)[0]
    assert f'id="{target}"' in text
    described = [part.split('"', 1)[0] for part in text.split('aria-describedby="')[1:]]
    assert described
    assert all(f'id="{name}"' in text for names in described for name in names.split())


def test_an_error_of_choices_stands_on_their_group_and_not_on_each(client: Client) -> None:
    for step, is_radio in (("who", True), ("times", False)):
        fill(client)
        text = answer(client, step, {}).content.decode()
        assert not re.search(r"<input[^>]+aria-invalid", text)
        group = re.search(r"<fieldset[^>]*aria-invalid=\"true\"[^>]*>", text)
        assert group is not None
        assert ("radiogroup" in group[0]) is is_radio
    assert re.search(r"<input[^>]+aria-invalid", answer(client, "name", {}).content.decode())


def test_what_was_typed_stands_on_the_page_with_its_error(client: Client) -> None:
    fill(client, channel="phone")
    text = answer(client, "phone", {"phone": "12", "voicemail": "plain", "call_times": ["afternoon"]}).content.decode()
    assert 'value="12"' in text
    assert [part.rsplit('value="', 1)[1].split('"')[0] for part in text.split(" checked")[:-1]] == [
        "plain",
        "afternoon",
    ]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_no_question_is_marked_required_or_answered_beforehand(step: Step) -> None:
    text = str(step.form(given={}))
    assert " required" not in text
    assert " checked" not in text


def test_the_caption_counts_the_questions(client: Client) -> None:
    fill(client, channel="email")
    assert "Question 1 of 9" in client.get(reverse("booking:safety")).content.decode()
    assert "Question 6 of 9" in client.get(reverse("booking:email")).content.decode()
    assert "Question 9 of 9" in client.get(reverse("booking:message")).content.decode()


def test_a_clinic_may_leave_questions_out(client: Client, settings: Any, clinic: Any) -> None:
    settings.ASK_TOPIC = settings.ASK_MESSAGE = False
    clinic(channels=("phone",))
    fill(client)
    assert draft_of(client).answers["phone"] == ZZYX["phone"]
    assert "Question 6 of 7" in client.get(reverse("booking:times")).content.decode()
    assert client.get(reverse("booking:check")).status_code == 200


def test_the_example_number_is_the_clinics_own_countrys(client: Client, clinic: Any) -> None:
    clinic(country={"code": "GB", "phone_example": "01632 960 001"})
    fill(client, channel="phone")
    assert "Enter a phone number, like 01632 960 001" in answer(client, "phone", {}).content.decode()


def test_any_time_beside_days_is_no_error(client: Client) -> None:
    fill(client)
    assert answer(client, "times", {"days": ["monday", "any"]}).status_code == 303
    assert draft_of(client).answers["days"] == ["any"]


def test_only_opening_days_are_offered(client: Client) -> None:
    fill(client)
    text = client.get(reverse("booking:times")).content.decode()
    assert "Friday" in text
    assert "Sunday" not in text
    assert "Evening" not in text


def test_nobody_elses_browser_fills_in_a_carers_own_name(client: Client) -> None:
    fill(client, who_for="adult")
    assert 'autocomplete="off"' in client.get(reverse("booking:name")).content.decode()
    answer(client, "who", {"who_for": "me"})
    assert 'autocomplete="name"' in client.get(reverse("booking:name")).content.decode()


def test_a_child_is_asked_for_by_telephone(client: Client, clinic: Any) -> None:
    clinic(telephone="020 7946 0000")
    answer(client, "safety", {})
    page = answer(client, "who", {"who_for": "child"})
    assert page["Location"] == reverse("booking:minors")
    assert "020 7946 0000" in client.get(page["Location"]).content.decode()
    assert client.get(reverse("booking:name"))["Location"].startswith(reverse("booking:who"))


def test_the_page_about_a_child_leads_back_and_on(client: Client) -> None:
    answer(client, "safety", {})
    answer(client, "who", {"who_for": "child"})
    text = client.get(reverse("booking:minors")).content.decode()
    assert text.count(f'href="{reverse("booking:who")}"') == 2, "Back, and Choose again"
    assert "/urgent-help/" in text
    assert 'href="/contact/"' in text, "no telephone is known to talk on"


def test_a_child_is_asked_for_by_a_number_that_can_be_tapped(client: Client, clinic: Any) -> None:
    clinic(telephone="020 7946 0000", email="desk@clinic.example", country={"code": "GB"})
    text = client.get(reverse("booking:minors")).content.decode()
    assert '<a class="tel" href="tel:02079460000">020 7946 0000</a>' in text
    assert '<a href="mailto:desk@clinic.example">' in text


def test_a_clinic_that_has_told_nothing_sends_nobody_to_talk_with_it(client: Client, clinic: Any) -> None:
    clinic(telephone="", email="", address=())
    text = client.get(reverse("booking:minors")).content.decode()
    assert "<h1>This form is for adults</h1>" in text
    assert "talk with us" not in text


def test_an_interpreter_is_for_the_person_who_comes(client: Client) -> None:
    fill(client, who_for="adult", needs=["interpreter"])
    assert "Which language do they need?" in client.get(reverse("booking:language")).content.decode()


def test_the_advice_speaks_of_a_second_list_only_where_there_is_one(client: Client) -> None:
    answer(client, "safety", {})
    answer(client, "who", {"who_for": "me"})
    help_page = reverse("booking:safety_help")
    assert "A sign from the second list?" in client.get(help_page).content.decode()
    for area, has_second in (("low-back", False), ("knee", True)):
        answer(client, "about", {"area": area})
        text = client.get(f"{help_page}?area=1").content.decode()
        assert ("A sign from the second list?" in text) is has_second


def test_a_clinic_may_take_children_too(client: Client, settings: Any) -> None:
    settings.MINORS = "accept"
    fill(client, who_for="child")
    assert client.get(reverse("booking:check")).status_code == 200


def test_lists_of_signs_stay_short() -> None:
    checks = [safety.GENERAL, *safety.BY_AREA.values()]
    parts = [part for check in checks for part in (*check.now, *check.soon)]
    assert all(1 <= len(part.signs) <= 7 for part in parts)
    assert all(part.heading for check in checks for part in check.now if len(check.now) > 1)
    assert all(part.heading for check in checks for part in check.soon)
    assert all(len(set(check.signs)) == len(check.signs) for check in checks), "one sign, one line"
    assert set(safety.BY_AREA) <= set(AREA)


@pytest.mark.parametrize("area", sorted(safety.BY_AREA))
def test_each_area_shows_its_own_signs(client: Client, area: str) -> None:
    fill(client, area=area)
    text = client.get(reverse("booking:about_check")).content.decode()
    for sign in safety.BY_AREA[area].signs:
        assert str(sign) in text


def test_an_area_without_own_signs_has_no_second_check(client: Client) -> None:
    answer(client, "safety", {})
    answer(client, "who", {"who_for": "me"})
    assert answer(client, "about", {"area": "hand"})["Location"] == reverse("booking:name")


class TestASlip:
    """A likely slip is asked about once, where it was typed."""

    @pytest.mark.parametrize("chosen", ["zzyx@gmail.com", "zzyx@gmial.com"])
    def test_an_address_is_asked_about_and_either_answer_is_taken(self, client: Client, chosen: str) -> None:
        fill(client)
        page = answer(client, "email", {"email": "zzyx@gmial.com"})
        text = page.content.decode()
        assert page.status_code == 422
        assert "Did you mean zzyx@gmail.com?" in text
        assert 'value="zzyx@gmial.com"' in text
        assert text.count("Choose which e-mail address is right") == 2
        assert draft_of(client).answers["email"] == ZZYX["email"]
        assert answer(client, "email", {"email": "zzyx@gmial.com", "sure": chosen}).status_code == 303
        assert draft_of(client).answers["email"] == chosen
        assert answer(client, "email", {"email": chosen}).status_code == 303, "it is asked once"

    def test_another_slip_is_another_question(self, client: Client) -> None:
        fill(client)
        page = answer(client, "email", {"email": "zzyx@hotmial.com", "sure": "zzyx@gmial.com"})
        assert "Did you mean zzyx@hotmail.com?" in page.content.decode()

    def test_an_address_typed_apart_is_an_error_of_its_own(self, client: Client) -> None:
        fill(client)
        text = answer(client, "email", {"email": "zz yx@example.org"}).content.decode()
        assert text.count("Write the e-mail address without a space in it") == 2
        assert "Did you mean" not in text
        assert 'value="zz yx@example.org"' in text

    @pytest.mark.parametrize("address", ["=?utf-8?q??=@example.com", '"zzyx"@example.com'])
    def test_an_address_that_would_stop_the_mail_is_an_error(self, client: Client, address: str) -> None:
        fill(client)
        assert answer(client, "email", {"email": address}).content.decode().count(NO_EMAIL) == 2

    def test_a_number_without_its_area_code_is_asked_about(self, client: Client, clinic: Any) -> None:
        clinic(country={"code": "CA", "phone_example": "416 555 0123"})
        typed = {"phone": "555 0199", "voicemail": "no"}
        fill(client, channel="phone", phone="416 555 0123")
        text = answer(client, "phone", typed).content.decode()
        assert "Is 555 0199 the whole number?" in text
        assert text.count("Add the area code to the phone number, or say that it needs none") == 2
        assert answer(client, "phone", {**typed, "sure": "555 0100"}).status_code == 422
        assert answer(client, "phone", {**typed, "sure": "555 0199"}).status_code == 303
        assert draft_of(client).answers["phone"] == "555 0199"
        assert answer(client, "phone", typed).status_code == 303, "it is asked once"


class TestAHelper:
    """Somebody asks for another person: staff must know both names, and whom to ask for."""

    def test_the_helper_says_who_they_are_and_whom_to_contact(self, client: Client) -> None:
        fill(client, who_for="adult")
        text = client.get(reverse("booking:helper")).content.decode()
        assert "Your name" in text
        assert "Who should we contact?" in text
        assert 'autocomplete="name"' in text
        assert send(client).status_code == 303
        request = ConsultationRequest.objects.get()
        assert (request.name, request.helper_name, request.contact_whom) == (ZZYX["name"], "Qwerty Helper", "helper")
        assert "Qwerty Helper" in client.get(reverse("booking:done")).content.decode()
        for typed in ("zzyx", "qwerty"):
            assert request in ConsultationRequest.objects.found_by(search_keys.for_query(typed))

    def test_who_asks_for_themself_is_not_asked(self, client: Client) -> None:
        fill(client)
        assert client.get(reverse("booking:helper")).status_code == 303
        send(client)
        assert ConsultationRequest.objects.get().helper_name == ""

    @pytest.mark.parametrize(("channel", "words"), [
        ("email", "What is their e-mail address?"), ("phone", "If they do not pick up, may we leave a message?"),
    ])  # fmt: skip
    def test_the_questions_speak_of_the_person_whom_we_contact(self, client: Client, channel: str, words: str) -> None:
        fill(client, who_for="adult", contact_whom="person", channel=channel)
        text = client.get(reverse(f"booking:{channel}")).content.decode()
        assert words in text
        assert 'autocomplete="off"' in text
        check = client.get(reverse("booking:check")).content.decode()
        assert "We both agree that" in check
        assert "The person I help" in check

    def test_a_number_of_ones_own_does_not_reach_the_person_one_helps(self, client: Client) -> None:
        fill(client, who_for="adult", channel="phone")
        page = answer(client, "helper", {"helper_name": "Q", "contact_whom": "person"}, query="?change=1")
        assert page["Location"] == reverse("booking:phone") + "?change=1"

    def test_for_a_child_it_is_the_helper_whom_we_contact(self, client: Client, settings: Any) -> None:
        settings.MINORS = "accept"
        fill(client, who_for="child")
        assert "Who should we contact?" not in client.get(reverse("booking:helper")).content.decode()
        send(client)
        assert ConsultationRequest.objects.get().contact_whom == "helper"
