"""Nobody can guess passwords for ever, and nobody who knows theirs is counted."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from booking import limits

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a-long-invented-one", "not-the-right-one"


@pytest.fixture(autouse=True)
def ben(settings: Any) -> User:
    """Ben has an account."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("ben", password=RIGHT, is_staff=True)


def sign_in(name: str, password: str, address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post("/staff/login/", {"username": name, "password": password})


def test_an_account_is_guessed_at_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_AS_ACCOUNT", 3)
    for number in range(3):
        assert "correct username" in sign_in("ben", WRONG, f"192.0.2.{number}").content.decode()
    answer = sign_in("ben", RIGHT, "192.0.2.9")
    assert answer.status_code == 200
    assert "Too many sign-ins have failed. Please try again after" in answer.content.decode()


def test_an_address_guesses_only_so_often_and_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_FROM_ADDRESS", 3)
    for number in range(3):
        sign_in(f"somebody-{number}", WRONG)
    assert "Too many" in sign_in("ben", RIGHT).content.decode()
    assert sign_in("ben", RIGHT, "192.0.2.2").status_code == 302


def test_whoever_is_right_is_never_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_AS_ACCOUNT", 2)
    monkeypatch.setattr(limits, "SIGN_INS_FROM_ADDRESS", 2)
    assert [sign_in("ben", RIGHT).status_code for _ in range(4)] == [302] * 4


def test_a_sign_in_that_should_lead_elsewhere_leads_to_the_staff_pages() -> None:
    answer = Client().post("/staff/login/", {"username": "ben", "password": RIGHT, "next": "//example.org/"})
    assert answer["Location"] == "/staff/"
