"""Patients spell their names and numbers in one way, and say them on the telephone in another."""

from importlib import import_module

import pytest
from django.apps import apps

from booking import search_keys
from booking.models import ConsultationRequest, SearchKey
from tests.booking.staff.conftest import MakeRequest

pytestmark = pytest.mark.django_db


def finds(row: ConsultationRequest, typed: str) -> bool:
    digests = search_keys.for_query(typed)
    return bool(digests) and row in ConsultationRequest.objects.found_by(digests)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jürgen Müller", "mueller"), ("Jürgen Müller", "Juergen Muller"), ("Amélie O’Connor", "connor"),
        ("Amélie O’Connor", "O Connor"), ("Amélie O’Connor", "oconnor"), ("D'Arcy Smith", "d’arcy"),
        ("Øyvind Ångström", "oyvind angstrom"), ("Øyvind Ångström", "oeyvind"), ("Łukasz Straße", "lukasz strasse"),
        ("Nguyễn Thị Hương", "nguyen huong"), ("Mary-Anne Smyth", "mary anne"),
        ("علی\u200cرضا", "علیرضا"), ("Zoë \U00031350", "\U00031350"), ("हिन्दी शर्मा", "शर्मा"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_the_spellings_people_use(make_request: MakeRequest, name: str, typed: str) -> None:
    row = make_request(name=name)
    SearchKey.objects.bulk_create(search_keys.rows(row))
    assert finds(row, typed)
    assert not finds(row, f"{typed} zebra")


@pytest.mark.parametrize(
    ("phone", "typed"),
    [
        ("+1 212 555 0100", "555-0100"), ("+1 212 555 0100", "(212) 555 0100"), ("+44 1632 960 102", "960102"),
        ("01632 960102", "+44 1632 960 102"), ("020 7946 0101", "7946 0101"),
    ],
)  # fmt: skip
def test_a_number_is_found_without_its_area(make_request: MakeRequest, phone: str, typed: str) -> None:
    row = make_request(phone=phone)
    SearchKey.objects.bulk_create(search_keys.rows(row))
    assert finds(row, typed)


def test_requests_of_before_are_found_by_whole_words_too(make_request: MakeRequest) -> None:
    row = make_request(name="हिन्दी शर्मा")
    assert not finds(row, "शर्मा")
    again = import_module("booking.migrations.0007_search_keys_by_whole_words")
    for _time in range(2):
        again.add_missing_keys(apps, None)
    assert finds(row, "शर्मा")
