"""A clinician's name stands under exact words: never under others, never under their own, and as it was then."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import navigation
from education.exchange import import_folder
from education.models import Edition, Page, PageEvent, SignOff, StaffRecord
from education.revisions import publish
from education.signing import SigningError, months_on
from tests.education.conftest import NOW, Folder, write
from tests.education.signers import RECORD, clinician, draft, newest, person, signed

pytestmark = pytest.mark.django_db
HOME = """kind: home
closing: {title: Ask us, text: We talk first.}
sections:
  causes: {title: Why, text: Some reasons.}
  conditions: {title: Where, text: Some places.}
  visit: {title: A visit}
"""
UNSIGNED = "Not yet checked by a clinician"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture
def knee() -> Page:
    return Page.objects.get(path="conditions/knee")


def shown(client: Client) -> str:
    navigation.forget()
    return client.get("/conditions/knee/").content.decode()


def post(user: User, page: Page, **more: Any) -> Any:
    """Sign in the admin, as the form would."""
    client = Client()
    client.force_login(user)
    revision = newest(page)
    address = reverse("admin:education_page_sign", args=[page.pk, more.pop("number", revision.pk)])
    day = timezone.localdate() + timedelta(days=300)
    return client.post(address, {"digest": revision.digest, "next_review": day.isoformat(), "read": "on"} | more)


def test_a_page_that_nobody_signed_says_so_kindly(client: Client) -> None:
    assert UNSIGNED in shown(client)
    assert "No clinician has signed this page yet" in shown(client)


def test_the_home_page_says_too_whether_anybody_signed_it(client: Client, folder: Folder) -> None:
    folder.put("index", write("Home", "Welcome.\n", more=HOME))
    import_folder(folder.root, at=NOW)
    assert "No clinician has signed this page yet" in client.get("/").content.decode()
    assert post(clinician(), Page.objects.get(path="")).status_code == 302
    assert "Zoe Testperson, test physiotherapist" in client.get("/").content.decode()


def test_a_signed_page_names_who_checked_it_with_register_day_next_check_and_interests(
    client: Client, knee: Page
) -> None:
    edition = Edition.now()
    assert post(clinician(), knee).status_code == 302
    assert Edition.now() == edition + 1
    page = shown(client)
    assert UNSIGNED not in page
    assert "Checked by Zoe Testperson, test physiotherapist, on" in page
    assert '<a href="https://example.org/register" rel="noopener">Zzyx Register 000</a>' in page
    next_check = timezone.localdate() + timedelta(days=300)
    assert f"by {next_check:%-d %B %Y}" in page
    assert "<dt>Interests</dt><dd>none</dd>" in page
    event = PageEvent.objects.get(page=knee, kind=PageEvent.Kind.SIGNED)
    assert (str(event.by), event.revision) == ("zoe", newest(knee))


def test_one_comma_more_is_unsigned_and_the_signed_words_are_signed_wherever_they_come_back(
    client: Client, knee: Page
) -> None:
    author, first = person("ann", "Author"), newest(knee)
    signed(first, clinician())
    publish(draft(knee, "A comma, more.", author), by=None, at=NOW)
    assert UNSIGNED in shown(client)
    again = draft(knee, "", author)
    again = type(again).objects.create(page=knee, text=first.text, saved_at=NOW, html=first.html, front=first.front)
    publish(again, by=None, at=NOW)
    assert "Checked by Zoe Testperson" in shown(client)


def test_signing_a_draft_changes_nothing_for_patients_until_it_is_published(client: Client, knee: Page) -> None:
    words = draft(knee, "Newer words.", person("ann", "Author"))
    edition = Edition.now()
    signed(words, clinician())
    assert (Edition.now(), UNSIGNED in shown(client)) == (edition, True)
    publish(words, by=None, at=NOW)
    assert "Checked by Zoe Testperson" in shown(client)


def test_a_signature_stays_as_it_was_when_the_staff_record_changes(client: Client, knee: Page) -> None:
    signed(newest(knee), clinician())
    StaffRecord.objects.update(name="Other Testperson", registration="Zzyx Register 999")
    assert "Zzyx Register 000" in shown(client)
    assert "Zzyx Register 999" not in shown(client)


def test_newer_words_saved_meanwhile_are_not_signed_unread(knee: Page) -> None:
    zoe, seen = clinician(), draft(knee, "One.", person("ann", "Author"))
    draft(knee, "Two.", person("amy", "Author"))
    answer = post(zoe, knee, number=seen.pk, digest=seen.digest)
    assert "Somebody saved newer words meanwhile. Read them first" in answer.content.decode()
    other = post(zoe, knee, digest=seen.digest)
    assert "Somebody saved newer words meanwhile" in other.content.decode()
    assert not SignOff.objects.exists()


def test_what_patients_see_can_be_signed_while_a_draft_waits(knee: Page) -> None:
    published = newest(knee)
    draft(knee, "One.", person("ann", "Author"))
    assert signed(published, clinician()).revision == published


def test_nobody_signs_words_that_they_wrote_or_helped_to_write(knee: Page) -> None:
    zoe, yan = clinician("zoe"), clinician("yan")
    draft(knee, "Zoe's words.", zoe)
    last = draft(knee, "A comma by Ann.", person("ann", "Author"))
    answer = post(zoe, knee)
    assert "You wrote some of these words." in answer.content.decode()
    with pytest.raises(SigningError, match="You wrote"):
        signed(last, zoe)
    assert signed(last, yan)
    later = draft(knee, "More by Ann.", User.objects.get(username="ann"))
    assert signed(later, zoe), "her own words were checked by somebody else since"


def test_words_brought_back_are_still_their_writers_own(knee: Page) -> None:
    zoe, ann = clinician(), person("ann", "Author")
    own = draft(knee, "Zoe's words.", zoe)
    signed(own, clinician("yan"))
    publish(draft(knee, "Ann's.", ann), by=None, at=NOW)
    again = type(own).objects.create(page=knee, text=own.text, saved_at=NOW, author=ann)
    with pytest.raises(SigningError, match="You wrote"):
        signed(again, zoe)


def test_the_database_refuses_a_writer_as_signer_and_as_confirmer(knee: Page) -> None:
    zoe = clinician()
    words = draft(knee, "Zoe's words.", zoe)
    day = date(2027, 1, 1)
    plain = {"page": knee, "revision": words, "digest": words.digest, "written_by": zoe, "next_review": day}
    plain |= {"name": "Z", "signed_at": NOW, **RECORD}
    for who in ({"signer": zoe}, {"confirmed_by": zoe}, {}):
        with pytest.raises(IntegrityError, match="sign_off_"), transaction.atomic():
            SignOff.objects.create(**plain, **who)
    assert SignOff.objects.create(**plain, signer=clinician("yan"))


def test_who_has_no_complete_staff_record_is_sent_to_the_manager(knee: Page) -> None:
    zoe = person("zoe")
    assert "Ask your manager to fill in your staff record" in post(zoe, knee).content.decode()
    StaffRecord.objects.create(user=zoe, name="Zoe Testperson", **RECORD | {"registration": " "})
    assert "Ask your manager to fill in your staff record" in post(zoe, knee).content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 36 * 31 + 5])
def test_the_next_check_is_after_today_and_within_three_years(knee: Page, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    answer = post(clinician(), knee, next_review=day.isoformat())
    assert "Choose a day for the next check" in answer.content.decode()
    assert f'value="{day.isoformat()}"' in answer.content.decode(), "what was typed is kept"
    assert not SignOff.objects.exists()


def test_the_next_check_is_offered_in_a_year_even_on_the_29th_of_february(knee: Page) -> None:
    assert months_on(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_on(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("role", "status"), [("visitor", 302), ("Front desk", 403), ("Author", 403), ("Manager", 403), ("Clinician", 200)]
)
def test_only_clinicians_reach_the_pen(sign_in: Callable[[str], Client], knee: Page, role: str, status: int) -> None:
    client = sign_in(role)
    address = reverse("admin:education_page_sign", args=[knee.pk, newest(knee).pk])
    assert client.get(address).status_code == status
    assert client.post(address, {"read": "on"}).status_code in {status, 403}
    assert not SignOff.objects.exists()


def test_managers_keep_the_records_and_nobody_writes_their_own(sign_in: Callable[[str], Client]) -> None:
    zoe = person("zoe")
    client = sign_in("Manager")
    manager = User.objects.get(username="manager-testperson")
    add = reverse("admin:education_staffrecord_add")
    record = {"name": "Zoe Testperson", "register_url": "", **RECORD}
    assert client.post(add, record | {"user": manager.pk}).status_code == 200
    assert not StaffRecord.objects.exists()
    assert client.post(add, record | {"user": zoe.pk}).status_code == 302
    own = StaffRecord.objects.create(user=manager, name="M Testperson", **RECORD)
    change = reverse("admin:education_staffrecord_change", args=[own.pk])
    assert client.post(change, record).status_code == 403
    assert sign_in("Author").post(change, record).status_code == 403
    assert sign_in("Clinician").get(reverse("admin:education_staffrecord_delete", args=[own.pk])).status_code == 403
