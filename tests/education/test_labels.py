"""What the list and a page's head call things: only what is so, and no button that leads to none."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.exchange import import_folder
from education.models import Page
from education.publishing import restore, withdraw
from tests.education.conftest import NOW, Folder
from tests.education.exchanging import change_on_site, knee
from tests.education.signers import clinician, draft, newest, person, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)


def head(user: User, page: Page) -> str:
    client = Client()
    client.force_login(user)
    shown = client.get(reverse("admin:education_page_change", args=[page.pk])).content.decode()
    return shown.partition("page-stand")[2].partition("</header>")[0]


def test_a_withdrawn_page_is_not_called_signed_off() -> None:
    page, boss = knee(), User.objects.create_superuser("boss")
    signed(newest(page), clinician())
    withdraw(newest(page), by=boss, at=timezone.now(), reason="It was not safe.")
    mine = draft(page, "Meanwhile.", None)
    restore(page.revisions.exclude(pk=mine.pk).get(), by=boss, at=timezone.now())
    assert "Signed off" not in head(boss, page)


def test_words_that_patients_read_are_no_earlier_text_and_offer_nothing_to_publish() -> None:
    page, boss = knee(), User.objects.create_superuser("boss")
    public = newest(page)
    change_on_site(public.text + "\nMore.\n")
    restore(public, by=boss, at=timezone.now())
    shown = head(boss, page)
    assert "Patients see an earlier text" not in shown
    assert "is-published" in shown
    assert ">Publish<" not in shown


def test_no_publish_button_leads_to_a_page_without_one() -> None:
    page = knee()
    words = draft(page, "More.", None)
    signed(words, clinician())
    assert ">Publish<" not in head(person("amy", "Author"), page), "no note of the change: nobody can publish it"
