"""Four roles, made by migration, and managers who cannot rise above themselves."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from clinic_site.roles import ROLES, create_roles

pytestmark = pytest.mark.django_db
NEW = {"username": "eve", "first_name": "Eve", "password1": "a-long-invented-one", "password2": "a-long-invented-one"}


@pytest.fixture
def in_role() -> Callable[[str], User]:
    """Return a function that makes an account in a role."""
    create_roles(apps)

    def make(role: str) -> User:
        person = User.objects.create_user(role.lower().replace(" ", "-"), password="invented", is_staff=True)
        person.groups.add(Group.objects.get(name=role))
        return person

    return make


@pytest.fixture
def mia(in_role: Callable[[str], User]) -> Client:
    """Mia, a manager, has signed in."""
    browser = Client()
    browser.force_login(in_role("Manager"))
    return browser


def rights(role: str) -> set[str]:
    found = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_holds_its_rights_and_no_other(role: str) -> None:
    create_roles(apps)
    assert rights(role) == set(ROLES[role])


def test_making_the_roles_again_changes_nothing_and_takes_nothing_away() -> None:
    create_roles(apps)
    extra = Permission.objects.get(codename="view_event")
    Group.objects.get(name="Author").permissions.add(extra)
    create_roles(apps)
    assert Group.objects.filter(name__in=ROLES).count() == len(ROLES)
    assert "booking.view_event" in rights("Author")


def test_nobody_may_add_or_delete_a_request() -> None:
    held = {right for right_set in ROLES.values() for right in right_set}
    assert not {right for right in held if right.startswith("booking.") and ("add_" in right or "delete_" in right)}


@pytest.mark.parametrize(
    ("role", "right", "has"),
    [
        ("Front desk", "booking.change_consultationrequest", True),
        ("Front desk", "education.view_page", False),
        ("Author", "education.change_page", True),
        ("Author", "education.publish_page", False),
        ("Author", "booking.view_consultationrequest", False),
        ("Clinician", "education.publish_page", True),
        ("Clinician", "booking.lead_queue", False),
        ("Manager", "booking.lead_queue", True),
        ("Manager", "auth.add_user", True),
    ],
)
def test_a_role_may_do_its_part(in_role: Callable[[str], User], role: str, right: str, has: bool) -> None:
    assert in_role(role).has_perm(right) is has


@pytest.mark.parametrize(
    ("role", "status"), [("Front desk", 403), ("Author", 403), ("Clinician", 403), ("Manager", 200)]
)
def test_only_managers_see_the_staff(in_role: Callable[[str], User], role: str, status: int) -> None:
    browser = Client()
    browser.force_login(in_role(role))
    assert browser.get(reverse("admin:auth_user_changelist")).status_code == status


def test_a_manager_makes_an_account_that_can_sign_in_to_its_role(mia: Client) -> None:
    desk = Group.objects.get(name="Front desk")
    answer = mia.post(reverse("admin:auth_user_add"), NEW | {"groups": [desk.pk], "usable_password": "true"})
    assert answer.status_code == 302, answer.context["errors"]
    eve = User.objects.get(username="eve")
    assert (eve.is_staff, eve.is_superuser, [*eve.groups.all()]) == (True, False, [desk])


def test_an_address_to_which_no_mail_can_be_sent_is_refused_for_a_colleague(mia: Client) -> None:
    answer = mia.post(
        reverse("admin:auth_user_add"), NEW | {"email": "=?utf-8?q??=@example.com", "usable_password": "true"}
    )
    assert "No mail can be sent to this address" in answer.content.decode()
    assert not User.objects.filter(username="eve").exists()


def test_a_manager_makes_no_superuser_and_touches_none(mia: Client) -> None:
    boss = User.objects.create_superuser("boss", password="invented")
    manager = User.objects.get(username="manager")
    mia.post(
        reverse("admin:auth_user_change", args=[manager.pk]),
        {"username": "manager", "is_active": "on", "is_superuser": "on", "user_permissions": ["1"], "is_staff": "on"},
    )
    manager.refresh_from_db()
    assert (manager.is_superuser, manager.user_permissions.count()) == (False, 0)
    page = reverse("admin:auth_user_change", args=[boss.pk])
    assert mia.post(page, {"username": "owned", "is_active": ""}).status_code == 403
    assert mia.post(reverse("admin:auth_user_password_change", args=[boss.pk]), NEW).status_code == 403
    boss.refresh_from_db()
    assert (boss.username, boss.check_password("invented")) == ("boss", True)


def test_no_account_is_deleted_because_its_name_stands_in_histories(mia: Client) -> None:
    person = User.objects.create_user("gus")
    assert mia.post(reverse("admin:auth_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
