"""No manager alone makes a clinician or a manager, or takes over the account of one: a second person confirms it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.history import person_name
from clinic_site import second_pair
from clinic_site.models import AccountChange
from education.models import Page, StaffRecord
from education.revisions import save_text
from tests.education.conftest import write
from tests.education.signers import clinician, person, signed

pytestmark = pytest.mark.django_db
SECRET = "a-long-invented-one"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def mia() -> User:
    return person("mia", "Manager")


@pytest.fixture
def zoe() -> User:
    return clinician("zoe")


def role(name: str = "Clinician") -> Group:
    return Group.objects.get(name=name)


def save(by: User, whom: User, **more: Any) -> Any:
    """Save the form of an account as it stands, but for what is said."""
    kept = {"username": whom.username, "first_name": whom.first_name, "email": whom.email}
    groups = more.pop("groups", [group.pk for group in whom.groups.all()])
    active = {"is_active": "on"} if more.pop("is_active", whom.is_active) else {}
    form = kept | active | {"groups": groups} | more
    return browser(by).post(reverse("admin:auth_user_change", args=[whom.pk]), form, follow=True)


def set_password(by: User, whom: User) -> Any:
    form = {"password1": SECRET, "password2": SECRET, "usable_password": "true"}
    return browser(by).post(reverse("admin:auth_user_password_change", args=[whom.pk]), form, follow=True)


def press(by: User, button: str = "_confirm") -> Any:
    change = AccountChange.objects.latest("pk")
    return browser(by).post(reverse("admin:clinic_site_accountchange_change", args=[change.pk]), {button: "x"})


def came_true(kind: str, whom: User) -> bool:
    now = User.objects.get(pk=whom.pk)
    return {
        "role": now.groups.filter(name="Clinician").exists(),
        "manager": now.groups.filter(name="Manager").exists(),
        "password": now.check_password(SECRET),
        "email": now.email == "new@example.org",
        "active": now.is_active,
    }[kind]


def asked(kind: str, by: User, whom: User) -> Any:
    """Try a change of one kind as a manager."""
    if kind == "role":
        whom.groups.clear()
        return save(by, whom, groups=[role().pk])
    if kind == "manager":
        return save(by, whom, groups=[role().pk, role("Manager").pk])
    if kind == "password":
        return set_password(by, whom)
    if kind == "email":
        return save(by, whom, email="new@example.org")
    User.objects.filter(pk=whom.pk).update(is_active=False)
    return save(by, User.objects.get(pk=whom.pk), is_active=True)


@pytest.mark.parametrize("kind", AccountChange.Kind.values)
def test_a_change_waits_until_another_manager_confirms_it(kind: str, mia: User, zoe: User) -> None:
    page = asked(kind, mia, zoe)
    assert "once another manager" in page.content.decode()
    assert not came_true(kind, zoe)
    assert AccountChange.objects.get().kind == kind
    press(mia)
    assert not came_true(kind, zoe), "not by whoever asked"
    press(person("fay", "Front desk"))
    press(person("abe", "Author"))
    assert not came_true(kind, zoe), "not without the right"
    press(person("max", "Manager"))
    assert came_true(kind, zoe)
    change = AccountChange.objects.get()
    assert (change.confirmed, str(change.decided_by), change.value) == (True, "max", "")


@pytest.mark.parametrize("kind", AccountChange.Kind.values)
def test_a_refused_change_never_takes_effect(kind: str, mia: User, zoe: User) -> None:
    asked(kind, mia, zoe)
    press(person("max", "Manager"), "_refuse")
    press(person("moe", "Manager"))
    assert not came_true(kind, zoe)


@pytest.mark.parametrize("kind", AccountChange.Kind.values)
def test_whoever_runs_the_site_needs_nobody(kind: str, zoe: User) -> None:
    asked(kind, User.objects.create_superuser("boss"), zoe)
    assert came_true(kind, zoe)
    assert not AccountChange.objects.exists()


def test_a_manager_does_not_make_herself_a_clinician(mia: User) -> None:
    save(mia, mia, groups=[role("Manager").pk, role().pk])
    press(mia)
    assert [*mia.groups.all()] == [role("Manager")]
    press(person("max", "Manager"))
    assert came_true("role", mia)


def test_nobody_confirms_what_concerns_themselves(mia: User) -> None:
    max_ = person("max", "Manager")
    save(max_, mia, groups=[role("Manager").pk, role().pk])
    press(mia)
    assert not came_true("role", mia)


def test_taking_the_role_away_first_opens_no_account(mia: User, zoe: User) -> None:
    save(mia, zoe, groups=[])
    set_password(mia, zoe)
    assert not came_true("password", zoe)


def test_whoever_signed_once_keeps_their_account_for_ever(mia: User) -> None:
    yan, page = clinician("yan"), Page.objects.create(language="en", path="about")
    signed(save_text(page, write("About us"), author=None, note="", at=timezone.now()), yan)
    StaffRecord.objects.filter(user=yan).delete()
    yan.groups.clear()
    set_password(mia, yan)
    assert not came_true("password", yan)


def test_what_is_decided_stays_decided(mia: User, zoe: User) -> None:
    set_password(mia, zoe)
    press(person("max", "Manager"))
    press(person("moe", "Manager"), "_refuse")
    assert (AccountChange.objects.get().confirmed, str(AccountChange.objects.get().decided_by)) == (True, "max")


def test_a_new_account_is_a_clinicians_only_once_confirmed(mia: User) -> None:
    form = {"username": "eve", "password1": SECRET, "password2": SECRET, "usable_password": "true"}
    browser(mia).post(reverse("admin:auth_user_add"), form | {"groups": [role().pk, role("Author").pk]})
    eve = User.objects.get(username="eve")
    assert [*eve.groups.all()] == [role("Author")]
    press(person("max", "Manager"))
    assert came_true("role", eve)


def test_somebody_who_leaves_is_locked_out_at_once_and_other_accounts_wait_for_nobody(mia: User, zoe: User) -> None:
    save(mia, zoe, is_active=False)
    assert not came_true("active", zoe)
    desk = person("fay", "Front desk")
    set_password(mia, desk)
    assert came_true("password", desk)


def test_asking_again_sets_the_earlier_change_aside(mia: User, zoe: User) -> None:
    save(mia, zoe, email="old@example.org")
    save(mia, zoe, email="new@example.org")
    assert AccountChange.objects.open().count() == 1
    press(person("max", "Manager"))
    assert came_true("email", zoe)


def test_the_hash_of_a_password_is_shown_to_nobody_and_the_list_of_staff_says_what_waits(mia: User, zoe: User) -> None:
    set_password(mia, zoe)
    change = AccountChange.objects.get()
    assert change.value
    max_ = browser(person("max", "Manager"))
    assert "1 change waits for you." in max_.get(reverse("admin:auth_user_changelist")).content.decode()
    page = max_.get(reverse("admin:clinic_site_accountchange_change", args=[change.pk])).content.decode()
    assert "Zoe gets a new password" in page
    assert change.value not in page
    assert "waits for you" not in browser(mia).get(reverse("admin:auth_user_changelist")).content.decode()


def test_the_list_of_changes_cannot_be_asked_how_a_hash_begins(mia: User, zoe: User) -> None:
    set_password(mia, zoe)
    page = reverse("admin:clinic_site_accountchange_changelist")
    begins = {"value__startswith": AccountChange.objects.get().value[:9]}
    assert browser(person("nora", "Manager")).get(page, begins).status_code == 400


def test_the_database_refuses_a_change_confirmed_by_whoever_asked(mia: User, zoe: User) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        AccountChange.objects.create(
            person=zoe, kind="role", asked_by=mia, asked_at=now, decided_by=mia, decided_at=now, confirmed=True
        )


def test_whose_account_it_is_learns_of_it_at_the_next_sign_in_and_once(mia: User, zoe: User) -> None:
    zoe.set_password(SECRET)
    zoe.save()
    set_password(mia, zoe)

    def told() -> bool:
        form = {"username": zoe.username, "password": SECRET}
        page = Client().post(reverse("admin:login"), form | {"next": "/staff/"}, follow=True).content.decode()
        return "gets a new password. Waits for a second person. If you did not expect this" in page

    assert [told(), told()] == [True, False]


def test_what_was_decided_since_is_told_with_the_name_of_who_did(mia: User, zoe: User) -> None:
    zoe.last_login = timezone.now()
    save(mia, zoe, email="another@example.org")
    max_ = person("max", "Manager")
    press(max_)
    (told,) = second_pair.news(zoe)
    assert f"Confirmed by {person_name(max_)}." in told
    assert "another@example.org" not in told


def test_the_page_of_a_change_says_in_words_where_it_stands(mia: User, zoe: User) -> None:
    save(mia, zoe, email="another@example.org")
    list_ = browser(mia).get(reverse("admin:clinic_site_accountchange_changelist")).content.decode()
    assert "<h1>Changes to confirm</h1>" in list_
    assert "Waits for a second person." in list_
    change = AccountChange.objects.get()
    page = browser(mia).get(reverse("admin:clinic_site_accountchange_change", args=[change.pk])).content.decode()
    assert page.count(f"{change}</h") == 1  # said once, as the heading
    assert "another@example.org" in page


def test_nobody_confirms_by_an_account_that_they_hold(mia: User, zoe: User) -> None:
    """A manager makes another, or sets a colleague's password, signs in with it and confirms what they asked for."""
    form = {"username": "puppet", "groups": [role("Manager").pk], "password1": SECRET, "password2": SECRET}
    browser(mia).post(reverse("admin:auth_user_add"), form | {"usable_password": "true"})
    max_ = person("max", "Manager")
    set_password(mia, max_)
    set_password(mia, zoe)
    hers = [each for each in User.objects.exclude(pk=mia.pk) if each.check_password(SECRET)]
    assert [each.username for each in hers] == ["puppet"]
    zoes = AccountChange.objects.get(person=zoe)
    for account in hers:
        browser(account).post(reverse("admin:clinic_site_accountchange_change", args=[zoes.pk]), {"_confirm": "x"})
    assert not came_true("password", zoe)
