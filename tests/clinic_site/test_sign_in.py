"""Nobody can guess passwords for ever, and nobody who knows theirs is counted."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from booking import limits
from clinic_site import devices

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a-long-invented-one", "not-the-right-one"


@pytest.fixture(autouse=True)
def ben(settings: Any) -> User:
    """Ben has an account."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("ben", password=RIGHT, is_staff=True)


def sign_in(name: str, password: str, address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post("/staff/login/", {"username": name, "password": password})


def test_wrong_passwords_from_elsewhere_never_shut_the_right_one_out() -> None:
    for number in range(200):
        sign_in("ben", WRONG, f"192.0.2.{number % 9}")
    assert "Too many sign-ins have failed" in sign_in("ben", WRONG, "192.0.2.1").content.decode()
    assert sign_in("ben", RIGHT, "198.51.100.1").status_code == 302


def test_one_network_guesses_at_an_account_only_so_often(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(limits.SIGN_INS_AS_ACCOUNT):
        assert "correct username" in sign_in("ben", WRONG).content.decode()
    assert "Please try again after" in sign_in("ben", RIGHT).content.decode()
    assert "Please try again after" in sign_in("BEN", RIGHT).content.decode()
    assert [line.message.partition(":")[0] for line in caplog.records if line.name == "booking.limits"] == [
        "too many tries to sign in as"
    ]
    assert "ben" not in caplog.text
    assert "192.0.2" not in caplog.text


def test_the_wait_is_over_after_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_AS_ACCOUNT", 1)
    with time_machine.travel("2026-11-23 10:01:00Z", tick=False):
        sign_in("ben", WRONG)
        assert sign_in("ben", RIGHT).status_code == 200
    with time_machine.travel("2026-11-23 10:15:01Z", tick=False):
        assert sign_in("ben", RIGHT).status_code == 302


@pytest.mark.parametrize("typed", ["ben", "ben "])
def test_a_device_that_signed_in_before_is_let_in_beside_a_flood_of_wrong_passwords(typed: str) -> None:
    own = Client(REMOTE_ADDR="192.0.2.1")
    assert own.post("/staff/login/", {"username": typed, "password": RIGHT}).status_code == 302
    cookie = own.cookies["device"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/staff/", "Strict")
    assert "ben" not in cookie.value
    own.post("/staff/logout/")
    for number in range(limits.SIGN_INS_FROM_NETWORK + 5):
        sign_in(f"ben{number % 6 or ''}", WRONG)
    assert "Too many" in sign_in("ben", RIGHT).content.decode()
    assert own.post("/staff/login/", {"username": "ben", "password": RIGHT}).status_code == 302


def test_a_known_device_guesses_no_more_often_and_a_forged_one_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_AS_ACCOUNT", 2)
    own = Client(REMOTE_ADDR="192.0.2.1")
    own.post("/staff/login/", {"username": "ben", "password": RIGHT})
    for _ in range(2):
        own.post("/staff/login/", {"username": "ben", "password": WRONG})
    assert "Too many" in own.post("/staff/login/", {"username": "ben", "password": RIGHT}).content.decode()
    forged = Client(REMOTE_ADDR="192.0.2.1")
    forged.cookies["device"] = own.cookies["device"].value[:-2] + "xx"
    for _ in range(2):
        forged.post("/staff/login/", {"username": "ben", "password": WRONG})
    assert "Too many" in forged.post("/staff/login/", {"username": "ben", "password": RIGHT}).content.decode()


def test_a_network_guesses_at_many_accounts_only_so_often_and_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_FROM_NETWORK", 3)
    for number in range(3):
        sign_in(f"somebody-{number}", WRONG)
    assert "Too many" in sign_in("ben", RIGHT).content.decode()
    assert sign_in("ben", RIGHT, "192.0.2.2").status_code == 302


def test_whoever_is_right_is_never_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_AS_ACCOUNT", 2)
    monkeypatch.setattr(limits, "SIGN_INS_FROM_NETWORK", 2)
    assert [sign_in("ben", RIGHT).status_code for _ in range(4)] == [302] * 4


def test_a_sign_in_that_should_lead_elsewhere_leads_to_the_staff_pages() -> None:
    answer = Client().post("/staff/login/", {"username": "ben", "password": RIGHT, "next": "//example.org/"})
    assert answer["Location"] == "/staff/"


def test_a_device_opens_nothing_for_an_account_that_never_signed_in_on_it_nor_after_its_time() -> None:
    User.objects.create_user("eve", password=RIGHT, is_staff=True)
    hers = Client(REMOTE_ADDR="192.0.2.1")
    with time_machine.travel("2026-11-23 10:01:00Z", tick=False) as clock:
        hers.post("/staff/login/", {"username": "eve", "password": RIGHT})
        for name in ("ben", "eve"):
            for _ in range(limits.SIGN_INS_AS_ACCOUNT):
                sign_in(name, WRONG)
        assert "Too many" in hers.post("/staff/login/", {"username": "ben", "password": RIGHT}).content.decode()
        clock.shift(devices.LIFE + 1)
        for _ in range(limits.SIGN_INS_AS_ACCOUNT):
            sign_in("eve", WRONG)
        hers.cookies["device"]["expires"] = hers.cookies["device"]["max-age"] = ""  # a browser that keeps it for ever
        assert "Too many" in hers.post("/staff/login/", {"username": "eve", "password": RIGHT}).content.decode()
