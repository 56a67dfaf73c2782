"""Names, numbers and addresses as people really type them."""

import time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from booking import mailbox, phone, reference
from booking.clean import visible


@pytest.mark.parametrize(
    "typed",
    [
        "020 7946 0958",
        "(020) 7946-0958",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "0044 20 7946 0958",
        "０２０ ７９４６ ０９５８",
        "\u202a020\u00a07946\u200b0958\u202c",
        "020.7946.0958 ext 12",
        "٠٢٠ ٧٩٤٦ ٠٩٥٨",
    ],
)
def test_one_number_written_in_many_ways_is_one_number(typed: str) -> None:
    assert phone.read(typed, "GB") == "442079460958"


@pytest.mark.parametrize("typed", ["", "12", "01632", "call me", "zzyx@example.org", "1" * 30, "020 7946 O958"])
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    assert phone.read(typed, "GB") is None


@pytest.mark.parametrize(
    ("typed", "is_one"), [("555 0123", True), ("123456", False), ("1" * 15, True), ("1" * 16, False)]
)
def test_without_a_country_seven_to_fifteen_digits_are_a_number(typed: str, is_one: bool) -> None:
    assert (phone.read(typed, "") is not None) == is_one


def test_a_number_from_abroad_is_taken_too() -> None:
    assert phone.read("+1 212 555 0123", "GB") == "12125550123"


@given(some.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    phone.read(text, "GB")
    phone.read(text, "")
    mailbox.read(text)
    mailbox.did_you_mean(text)
    assert "\x00" not in visible(text)
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "typed", [" Zzyx@example.org ", "<zzyx@example.org>", "mailto:zzyx@example.org", "zzyx＠example.org"]
)
def test_an_address_is_taken_with_what_copying_drags_along(typed: str) -> None:
    assert str(mailbox.read(typed)).lower() == "zzyx@example.org"


@pytest.mark.parametrize(
    "typed",
    ["zzyx", "zzyx@", "@example.org", "zzyx@example", "a@b@example.org", "zzyx@example.org\nBcc: x@example.com,y"],
)
def test_what_cannot_be_an_address_is_refused(typed: str) -> None:
    assert mailbox.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zzyx@gmial.com", "zzyx@gmail.com"),
        ("zzyx@hotmail.con", "zzyx@hotmail.com"),
        ("zzyx@gmail.com", ""),
        ("zzyx@example.org", ""),
    ],
)
def test_likely_slips_are_pointed_out_and_others_are_not(typed: str, meant: str) -> None:
    assert mailbox.did_you_mean(typed) == meant


def test_a_persian_name_keeps_its_invisible_letter_and_a_pasted_one_loses_its_rubbish() -> None:
    assert visible("علی\u200cرضا") == "علی\u200cرضا"
    assert visible("\ufeffZzyx\u00a0\u200bTest\u202eperson\x00 ") == "Zzyx Testperson"


def test_references_use_no_letter_that_is_mixed_up() -> None:
    drawn = {reference.new_reference() for _ in range(2000)}
    assert len(drawn) == 2000
    assert not set("".join(drawn)) & set("01OILU")


@pytest.mark.parametrize("typed", ["k7m2-9qxd", " K7M2 9QXD ", "K7M29QXD", "k7m2–9qxd"])
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert reference.typed(typed) == "K7M29QXD"


@pytest.mark.parametrize("typed", ["K7M2", "K7M2-9QX0", "Zzyx Testperson"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert reference.typed(typed) is None


@pytest.mark.django_db
def test_a_flood_of_marks_on_a_letter_is_refused_unread(client: Client) -> None:
    started = time.process_time()
    answer = client.post("/consultation/name/", {"name": "a" + "\u0301\u0327" * 60_000})
    assert time.process_time() - started < 2, "a tenth of it on a quiet machine"
    assert "Name must be 100 characters or fewer" in answer.content.decode()
