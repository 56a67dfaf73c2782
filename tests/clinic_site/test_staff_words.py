"""The stock pages in the clinic's words: dates, names, and what a colleague leaves behind."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking import workflow
from clinic_site.roles import create_roles
from tests.booking.staff.conftest import new_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(django_user_model: Any) -> Client:
    """Mia, a manager, has signed in; Olga works at the front desk."""
    from django.apps import apps

    create_roles(apps)
    browser = Client()
    for name, role in (("mia", "Manager"), ("olga", "Front desk")):
        person = django_user_model.objects.create_user(name, first_name=name.title(), is_staff=True)
        person.groups.add(Group.objects.get(name=role))
        if name == "mia":
            browser.force_login(person)
    return browser


def test_dates_are_not_american_and_lists_have_names(mia: Client) -> None:
    html = mia.get(reverse("admin:auth_user_changelist")).content.decode()
    assert f"{timezone.localtime():%Y}, " in html
    assert "a.m." not in html
    assert "p.m." not in html
    assert "Never" in html
    for text in ("Select", "Add user", "Show all"):
        assert text not in html
    pages = mia.get(reverse("admin:education_page_changelist")).content.decode()
    assert "<h1>Pages</h1>" in pages


def test_no_digest_of_a_password_is_shown(mia: Client, django_user_model: Any) -> None:
    olga = django_user_model.objects.get(username="olga")
    html = mia.get(reverse("admin:auth_user_change", args=[olga.pk])).content.decode()
    assert "<h1>Olga</h1>" in html
    assert "Set a new password" in html
    assert "algorithm" not in html


def test_a_manager_learns_what_a_colleague_who_leaves_still_holds(mia: Client, django_user_model: Any) -> None:
    olga = django_user_model.objects.get(username="olga")
    workflow.take(new_request().pk, by=olga, at=timezone.now())
    leaving = {"username": "olga", "first_name": "Olga", "groups": [group.pk for group in olga.groups.all()]}
    answer = mia.post(reverse("admin:auth_user_change", args=[olga.pk]), leaving, follow=True)
    assert "Olga still has 1 open request. Hand it over in the queue." in answer.content.decode()
