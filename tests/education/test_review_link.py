"""Somebody from outside signs or marks exact words through one link, once; nothing counts until one of us vouches."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.logs import NoPatientData
from clinic_site.roles import ROLES
from education import navigation, review_link
from education.exchange import import_folder
from education.invitations import answer, confirm, invite, revoke
from education.models import Edition, Page, PageEvent, ReviewLink, Revision, SignOff
from education.signing import SigningError
from tests.education.conftest import NOW, Folder
from tests.education.signers import clinician, draft, newest, person

pytestmark = pytest.mark.django_db
GUEST = {
    "verdict": "sign",
    "name": "Gus Testguest",
    "role": "test rheumatologist",
    "registration": "Zzyx Register 111",
    "register_url": "https://example.org/111",
    "interests": "none",
}


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()
    review_link.tries.forget()


@pytest.fixture
def ann() -> User:
    return person("ann", "Author")


@pytest.fixture
def words(ann: User) -> Revision:
    """Ann's draft."""
    return draft(Page.objects.get(path="conditions/knee"), "It may sting. It may bruise.", ann)


@pytest.fixture
def token(words: Revision, ann: User) -> str:
    return invite(words, invited="Gus", days=14, by=ann, at=timezone.now())[1]


def say(client: Client, token: str, **more: str) -> Any:
    day = timezone.localdate() + timedelta(days=300)
    return client.post(f"/review/{token}/answer/", GUEST | {"next_review": day.isoformat()} | more)


def box(client: Client, token: str, sentence: str) -> str:
    """Return the name of the field beside a sentence."""
    page = client.get(f"/review/{token}/answer/").content.decode()
    found = re.search(rf'<label for="id_(mark-\d+)">{re.escape(sentence)}', page)
    assert found, page
    return found[1]


def test_a_guest_reads_the_page_exactly_as_patients_would_see_it(client: Client, token: str, words: Revision) -> None:
    page = client.get(f"/review/{token}/")
    assert page.status_code == 200
    written = re.split("<!--show:[a-z-]+-->", words.html.partition("<!--body-->")[2].strip())
    assert len(written) > 1, "what is drawn from the studies stands among the words"
    assert [part for part in written if part and part not in page.content.decode()] == []
    assert "<h4>The studies that we found</h4>" in page.content.decode()
    assert "Not yet checked by a clinician" in page.content.decode()
    assert not ReviewLink.objects.get().answered_at, "looking changes nothing"


@pytest.mark.parametrize(("place", "policy"), [("", "no-referrer"), ("answer/", "strict-origin")])
def test_the_link_is_kept_from_caches_search_engines_logs_and_other_sites(
    client: Client, token: str, place: str, policy: str
) -> None:
    page = client.get(f"/review/{token}/{place}")
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == (policy, "noindex")
    assert "no-store" in page["Cache-Control"]
    assert "canonical" not in page.content.decode()
    assert 'name="robots" content="noindex"' in page.content.decode()
    record = logging.LogRecord("x", logging.ERROR, "", 1, "Not Found: %s", (f"/review/{token}/{place}",), None)
    NoPatientData().filter(record)
    assert token not in record.getMessage()


def test_only_a_keyed_fingerprint_of_the_secret_is_kept(token: str, words: Revision) -> None:
    link = ReviewLink.objects.get()
    assert len(token) >= 43
    assert token not in str(vars(link)) + str(list(PageEvent.objects.values()))


def test_a_signature_counts_only_once_somebody_who_did_not_write_the_words_vouches(
    client: Client, token: str, words: Revision, ann: User
) -> None:
    assert say(client, token).status_code == 303
    link = ReviewLink.objects.get()
    assert not SignOff.objects.exists()
    with pytest.raises(SigningError, match="A clinician or a manager"):
        confirm(link, by=ann, at=timezone.now())
    ann.groups.set(Group.objects.filter(name="Manager"))
    with pytest.raises(SigningError, match="You wrote"):
        confirm(link, by=User.objects.get(pk=ann.pk), at=timezone.now())
    with pytest.raises(SigningError, match="A clinician or a manager"):
        confirm(link, by=person("fay", "Front desk"), at=timezone.now())
    with pytest.raises(SigningError, match="A clinician or a manager"):
        confirm(link, by=person("abe", "Author"), at=timezone.now())
    amy = person("amy", "Manager")
    own, _secret = invite(newest(Page.objects.get(path="conditions/elbow")), invited="I", days=1, by=amy, at=NOW)
    ReviewLink.objects.filter(pk=own.pk).update(answered_at=NOW, approves=True)
    with pytest.raises(SigningError, match="You made this link"):
        confirm(own, by=amy, at=timezone.now())
    kept = confirm(link, by=amy, at=timezone.now())
    assert (kept.name, kept.registration, kept.digest) == ("Gus Testguest", "Zzyx Register 111", words.digest)
    assert (kept.signer, str(kept.confirmed_by)) == (None, "amy")
    with pytest.raises(SigningError, match="nothing to confirm"):
        confirm(link, by=amy, at=timezone.now())


def test_the_database_refuses_a_guest_whom_the_writer_confirms(client: Client, token: str, words: Revision) -> None:
    say(client, token)
    said = {"name": "G", "role": "r", "registration": "r", "interests": "none", "signed_at": NOW}
    with pytest.raises(IntegrityError, match="sign_off_never_by_the_writer"), transaction.atomic():
        SignOff.objects.create(
            page=words.page, revision=words, digest=words.digest, written_by=words.author, next_review="2027-01-01",
            link=ReviewLink.objects.get(), confirmed_by=words.author, **said,
        )  # fmt: skip


def test_confirming_a_guest_on_published_words_shows_their_name_at_once(client: Client, ann: User) -> None:
    published = newest(Page.objects.get(path="conditions/knee"))
    _link, token = invite(published, invited="Gus", days=1, by=ann, at=timezone.now())
    say(client, token)
    edition = Edition.now()
    staff = Client()
    staff.force_login(person("amy", "Manager"))
    address = reverse("admin:education_page_outside", args=[published.page_id, ReviewLink.objects.get().pk, "confirm"])
    assert staff.get(address).status_code == 405
    staff.post(address)
    assert Edition.now() == edition + 1
    assert "Checked by Gus Testguest, test rheumatologist" in client.get("/conditions/knee/").content.decode()


def test_a_guest_marks_sentences_and_authors_see_the_comments_beside_the_text(
    client: Client, token: str, words: Revision, ann: User
) -> None:
    mark = {box(client, token, "It may sting."): "Say for how long."}
    assert say(client, token, verdict="mark", role="", registration="", interests="", **mark).status_code == 303
    link = ReviewLink.objects.get()
    assert link.answer["marks"] == [{"sentence": "It may sting.", "comment": "Say for how long."}]
    assert PageEvent.objects.filter(kind=PageEvent.Kind.MARKED, page=words.page).count() == 1
    staff = Client()
    staff.force_login(ann)
    page = staff.get(reverse("admin:education_page_reviews", args=[words.page_id])).content.decode()
    assert "<td><mark>It may sting.</mark></td><td>Say for how long.</td>" in page
    assert "<td>It may bruise.</td><td></td>" in page
    with pytest.raises(SigningError):
        confirm(link, by=person("amy", "Manager"), at=timezone.now())


def test_a_crafted_address_ends_no_link(token: str, words: Revision, ann: User) -> None:
    staff, link = Client(), ReviewLink.objects.get()
    staff.force_login(ann)
    for verb, status in (("confrim", 404), ("end", 302)):
        place = reverse("admin:education_page_outside", args=[words.page_id, link.pk, verb])
        assert staff.post(place).status_code == status
    assert ReviewLink.objects.get().revoked_at


def test_a_link_is_answered_once_and_then_says_so(client: Client, token: str) -> None:
    say(client, token)
    assert say(client, token, name="Mal Testperson").status_code == 200
    for place in ("", "answer/"):
        assert "This link was answered. Thank you." in client.get(f"/review/{token}/{place}").content.decode()
    link = ReviewLink.objects.get()
    assert link.answer["name"] == "Gus Testguest"
    assert not answer(link, approves=False, said={"name": "Mal"}, at=timezone.now()), "two tabs at the same moment"


def test_unknown_expired_and_ended_links_answer_alike(client: Client, token: str, words: Revision, ann: User) -> None:
    ended, secret = invite(words, invited="Eve", days=14, by=ann, at=timezone.now())
    revoke(ended, by=ann, at=timezone.now())
    answers = [client.get(f"/review/{each}/") for each in ("zzyx", secret)]
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        answers += [client.get(f"/review/{token}/"), say(client, token)]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert not ReviewLink.objects.filter(answered_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"verdict": ""}, "Choose whether you sign"),
        ({"name": ""}, "Write your name."),
        ({"registration": ""}, "number in it."),
        ({"interests": ""}, "or: none."),
        ({"next_review": "2020-01-01"}, "Choose a day for the next check"),
        ({"next_review": "soon"}, "Write a date"),
        ({"register_url": "x y"}, "whole address"),
        ({"mark-1": "Hm."}, "You wrote comments."),
        ({"verdict": "mark"}, "at least one comment"),
    ],
)
def test_a_form_with_a_fault_says_what_to_do_and_loses_nothing_typed(
    client: Client, token: str, more: dict[str, str], said: str
) -> None:
    page = say(client, token, **{"role": "typed role"} | more)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert 'value="typed role"' in page.content.decode()
    assert not ReviewLink.objects.get().answered_at


def test_a_stale_form_keeps_what_was_typed(token: str) -> None:
    careful = Client(enforce_csrf_checks=True)
    page = say(careful, token)
    assert page.status_code == 403
    assert 'value="Gus Testguest"' in page.content.decode()
    assert not ReviewLink.objects.get().answered_at


def test_a_hammered_link_asks_to_wait_and_keeps_what_was_typed(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_link.tries, "an_hour", 1)
    say(client, token, name="")
    page = say(client, token)
    assert page.status_code == 429
    assert 'value="Gus Testguest"' in page.content.decode()


def test_the_secret_is_shown_once(words: Revision, ann: User) -> None:
    staff = Client()
    staff.force_login(ann)
    address = reverse("admin:education_page_reviews", args=[words.page_id])
    page = staff.post(address, {"invited": "Gus", "revision": words.pk, "days": 14})
    found = re.search(r"http://testserver/review/([\w-]+)/", page.content.decode())
    assert found
    assert Client().get(f"/review/{found[1]}/").status_code == 200
    assert found[1] not in staff.get(address).content.decode()
    assert "no-store" in page["Cache-Control"]
    left = ReviewLink.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)


@pytest.mark.parametrize("days", ["0", "31", "x"])
def test_a_link_lives_one_to_thirty_days(words: Revision, ann: User, days: str) -> None:
    staff = Client()
    staff.force_login(ann)
    address = reverse("admin:education_page_reviews", args=[words.page_id])
    page = staff.post(address, {"invited": "Gus Typed", "revision": words.pk, "days": days})
    assert not ReviewLink.objects.exists()
    assert "Gus Typed" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "may"), [("visitor", False), ("Front desk", False), ("Author", True), ("Clinician", True)]
)
def test_authors_and_clinicians_ask_guests(
    sign_in: Callable[[str], Client], words: Revision, role: str, may: bool
) -> None:
    address = reverse("admin:education_page_reviews", args=[words.page_id])
    sign_in(role).post(address, {"invited": "Gus", "revision": words.pk, "days": 14})
    assert ReviewLink.objects.exists() is may


def test_an_answer_that_nobody_can_vouch_for_is_set_aside(client: Client, token: str) -> None:
    say(client, token)
    link = ReviewLink.objects.get()
    revoke(link, by=clinician(), at=timezone.now())
    with pytest.raises(SigningError, match="nothing to confirm"):
        confirm(ReviewLink.objects.get(), by=person("amy", "Manager"), at=timezone.now())


@pytest.mark.parametrize("verb", ["confirm", "end"])
@pytest.mark.parametrize("role", ROLES)
def test_only_clinicians_and_managers_say_whose_signature_it_was(
    client: Client, token: str, words: Revision, role: str, verb: str
) -> None:
    say(client, token)
    staff, may = Client(), role in {"Clinician", "Manager"}
    staff.force_login(person("zed", role))
    place = reverse("admin:education_page_outside", args=[words.page_id, ReviewLink.objects.get().pk, verb])
    page = staff.get(reverse("admin:education_page_reviews", args=[words.page_id])).content.decode()
    assert (place in page) is may, "no button that is refused"
    staff.post(place)
    done = SignOff.objects.exists() if verb == "confirm" else ReviewLink.objects.get().revoked_at is not None
    assert done is may
