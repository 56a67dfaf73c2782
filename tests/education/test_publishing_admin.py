"""The admin's way from a draft to patients: what each person sees and may press, and what a refusal keeps."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education import checks, navigation, publishing
from education.checks.finding import Rule
from education.exchange import import_folder
from education.models import Page, Revision, SignOff, StaffRecord
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LIST = "admin:education_page_changelist"
CHANGES = "changes:\n  - {date: 2026-11-20, kind: wording, reason: We said it more plainly., act: no}\n"
NEXT = "  - {date: 2026-11-21, kind: wording, reason: Plainer still., act: no}\n"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("about", write("About us", "## One\n\nOld words.\n", order=7))
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture(autouse=True)
def warnings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[checks.Finding]]:
    """Let the checks find nothing but what a test puts here."""
    found: list[checks.Finding] = []
    for slug in ("warning", "error"):
        monkeypatch.setitem(checks.RULES, f"zz-{slug}", Rule(f"zz-{slug}", slug, "Zz", "Because.", "Mend.", "invented"))
    monkeypatch.setattr(checks, "check", lambda *_, **__: [replace(each) for each in found])
    return found


@pytest.fixture
def about() -> Page:
    return Page.objects.get(path="about")


def url(page: Page, name: str = "change", *more: int) -> str:
    return reverse(f"admin:education_page_{name}", args=[page.pk, *more])


def draft(
    page: Page, words: str = "New words.", *, by: User | None = None, note: str = "Clearer", changes: str = CHANGES
) -> Revision:
    text = write("About us", f"## One\n\n{words}\n", order=7, more=changes)
    return save_text(page, text, author=by, note=note, at=timezone.now())


def signed(revision: Revision) -> None:
    signer = User.objects.create_user("signer-testperson", is_staff=True)
    SignOff.objects.create(
        page=revision.page, revision=revision, digest=revision.digest, written_by=revision.author, signer=signer,
        name="Z. Testperson", role="Invented", registration="None 0", interests="none", signed_at=NOW,
        next_review=NOW.date() + timedelta(days=400),
    )  # fmt: skip


def patients_see(page: Page) -> Revision | None:
    return Page.objects.get(pk=page.pk).published


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


ADDRESSES = ("review", "compare", "history", "submit", "publish", "schedule", "unschedule", "send_back", "withdraw")


@pytest.mark.parametrize("role", ["visitor", "no role", "Front desk"])
def test_nobody_else_reaches_anything(sign_in: SignIn, about: Page, role: str) -> None:
    new, client = draft(about), sign_in(role)
    words = {"revision": new.pk, "note": "x", "reason": "x", "day": "2030-01-01", "time": "10:00"}
    for address in [*(url(about, name) for name in ADDRESSES), url(about, "restore", about.words().pk)]:
        for answer in (client.get(address), client.post(address, words)):
            assert answer.status_code in ({403, 405} if role == "Front desk" else {302, 403}), address
    assert about.revisions.count() == 2
    assert about.events.exclude(by=None).count() == 0


def test_what_changes_something_asks_for_the_form_token(sign_in: SignIn, about: Page) -> None:
    new = draft(about)
    sign_in("Manager")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    for name in ("submit", "publish", "schedule", "unschedule", "send_back", "withdraw"):
        assert strict.post(url(about, name), {"revision": new.pk}).status_code == 403, name
        assert name == "withdraw" or strict.get(url(about, name)).status_code == 405, name


def test_an_author_sends_words_for_review_but_cannot_publish_them_unsigned(sign_in: SignIn, about: Page) -> None:
    client = sign_in("Author")
    new = draft(about, by=User.objects.get())
    page = client.get(url(about)).content.decode()
    assert "Send for review" in page
    assert "Publish now" not in client.get(url(about, "review")).content.decode()
    client.post(url(about, "submit"), {"revision": new.pk})
    assert "In review" in text_of(client.get(url(about)))
    crafted = {"revision": new.pk, "reason-x": "I say so", "day": "2030-01-01", "time": "10:00"}
    for name in ("publish", "schedule"):
        answer = client.post(url(about, name), crafted)
        assert answer.status_code == 403
        assert "not signed by a clinician" in text_of(answer)
    assert client.post(url(about, "withdraw"), {"revision": about.published_id, "reason": "x"}).status_code == 403
    assert patients_see(about) == about.published


def test_an_author_publishes_words_that_are_signed(sign_in: SignIn, about: Page) -> None:
    client = sign_in("Author")
    new = draft(about, by=User.objects.get())
    signed(new)
    assert "Signed off" in text_of(client.get(url(about)))
    assert "Publish now" in client.get(url(about, "review")).content.decode()
    client.post(url(about, "publish"), {"revision": new.pk})
    assert patients_see(about) == new


@pytest.mark.parametrize("role", ["Clinician", "Manager"])
def test_whoever_may_publish_reads_the_changes_and_publishes(sign_in: SignIn, about: Page, role: str) -> None:
    new, client = draft(about), sign_in(role)
    page = client.get(url(about, "review")).content.decode()
    assert re.search(r"<del>.*Old.*</del>.*<ins>.*New.*</ins> words", page)
    client.post(url(about, "publish"), {"revision": new.pk})
    assert patients_see(about) == new
    assert b"New words." in client.get("/about/").content


def test_somebody_who_may_only_read_sees_everything_but_buttons(sign_in: SignIn, about: Page) -> None:
    draft(about)
    client = sign_in("Clinician")
    User.objects.get().groups.get().permissions.remove(
        *User.objects.get().groups.get().permissions.filter(codename__in=["publish_page", "sign_page"])
    )
    review, page = client.get(url(about, "review")), client.get(url(about))
    assert "New words." in text_of(review).replace("taken out: Old – end. added: New – end.", "New")
    assert "Clearer" in text_of(page)
    for answer in (review, page):
        buttons = re.findall(r"<button[^>]*>(.*?)</button>", answer.content.decode())
        assert {re.sub("<[^>]+>", "", words) for words in buttons} <= {"Sign out", "Compare the two chosen", ""}


def test_publishing_asks_a_reason_for_each_warning_and_keeps_what_was_typed(
    sign_in: SignIn, about: Page, warnings: list[checks.Finding]
) -> None:
    warnings += [checks.Finding(9, "zz-warning", "Hard words."), checks.Finding(11, "zz-warning", "Long words.")]
    hard, long = (f"reason-{finding.fingerprint}" for finding in warnings)
    new, client = draft(about), sign_in("Manager")
    answer = client.post(url(about, "publish"), {"revision": new.pk, hard: "It is a name."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It is a name." in page
    assert f'<a href="#id_{long}">Line 11: give a reason, or mend the sentence</a>' in page
    client.post(url(about, "publish"), {"revision": new.pk, hard: "It is a name.", long: "So it is called."})
    assert patients_see(about) == new
    assert "So it is called." in text_of(client.get(url(about)))
    draft(about, "Newest words.", changes=CHANGES + NEXT)
    assert "It is a name." in client.get(url(about, "review")).content.decode()


def test_errors_are_listed_and_stop_every_way_to_patients(
    sign_in: SignIn, about: Page, warnings: list[checks.Finding]
) -> None:
    warnings.append(checks.Finding(9, "zz-error", "It cures."))
    new, client = draft(about), sign_in("Manager")
    assert "Publish now" not in text_of(client.get(url(about, "review")))
    for name in ("submit", "publish", "schedule"):
        answer = client.post(url(about, name), {"revision": new.pk, "day": "2030-01-01", "time": "10:00"})
        assert answer.status_code == 409
        assert "Line 9: “It cures.”. Because. Mend." in text_of(answer)
    assert patients_see(about) == about.published


def test_nobody_is_asked_to_sign_words_that_have_to_be_mended(
    sign_in: SignIn, about: Page, warnings: list[checks.Finding]
) -> None:
    new, client = draft(about), sign_in("Clinician")
    StaffRecord.objects.create(
        user=User.objects.get(), name="Z. Testperson", role="Invented", registration="None 0", interests="none"
    )
    assert "Sign these words" in text_of(client.get(url(about, "review")))
    warnings.append(checks.Finding(9, "zz-error", "It cures."))
    assert "Sign these words" not in text_of(client.get(url(about, "review")))
    assert "It cures." in text_of(client.get(url(about, "sign", new.pk)))


def test_words_that_nobody_looked_at_are_not_published(sign_in: SignIn, about: Page) -> None:
    seen, client = draft(about), sign_in("Manager")
    draft(about, "Newer words.")
    answer = client.post(url(about, "publish"), {"revision": seen.pk})
    assert answer.status_code == 409
    assert "Someone saved newer words meanwhile." in text_of(answer)
    assert patients_see(about) == about.published


@pytest.mark.parametrize("revision", ["", "x", "0", "99999999", "9" * 20, "9" * 5_000, "²"])
def test_a_crafted_number_is_no_revision(sign_in: SignIn, about: Page, revision: str) -> None:
    assert sign_in("Manager").post(url(about, "publish"), {"revision": revision}).status_code == 404


def test_a_revision_of_another_page_is_not_published_here(sign_in: SignIn, about: Page) -> None:
    other = Page.objects.get(path="conditions/knee")
    assert sign_in("Manager").post(url(about, "publish"), {"revision": other.published_id}).status_code == 404


def test_a_time_is_taken_by_the_clinics_clock(sign_in: SignIn, about: Page, settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    new, client = draft(about), sign_in("Manager")
    assert "America/New_York" in text_of(client.get(url(about, "review")))
    client.post(url(about, "schedule"), {"revision": new.pk, "day": "2030-01-01", "time": "10:00"})
    planned = Revision.objects.get(pk=new.pk)
    assert str(planned.publish_at) == "2030-01-01 15:00:00+00:00"
    assert "To be published on 1 January 2030, 10:00" in text_of(client.get(reverse(LIST)))
    client.post(url(about, "unschedule"), {"revision": new.pk})
    assert Revision.objects.get(pk=new.pk).state == Revision.State.REVIEW


@pytest.mark.parametrize(
    ("day", "time", "status"), [("", "", 422), ("soon", "10:00", 422), ("2020-01-01", "10:00", 409)]
)
def test_a_plan_needs_a_time_to_come(sign_in: SignIn, about: Page, day: str, time: str, status: int) -> None:
    new = draft(about)
    answer = sign_in("Manager").post(url(about, "schedule"), {"revision": new.pk, "day": day, "time": time})
    assert answer.status_code == status
    assert Revision.objects.get(pk=new.pk).state == Revision.State.DRAFT


def test_a_plan_that_was_called_off_shows_why(sign_in: SignIn, about: Page, warnings: list[checks.Finding]) -> None:
    new, client = draft(about), sign_in("Manager")
    client.post(url(about, "schedule"), {"revision": new.pk, "day": "2030-01-01", "time": "10:00"})
    warnings.append(checks.Finding(9, "zz-error", "Out of date."))
    publishing.publish_due(at=NOW + timedelta(days=3000))
    assert "In review" in text_of(client.get(reverse(LIST)))
    assert "Not to be published after all Line 9: “Out of date.”" in text_of(client.get(url(about)))


def test_a_reviewer_sends_words_back_with_a_note(sign_in: SignIn, about: Page) -> None:
    new = draft(about)
    client = sign_in("Clinician")
    publishing.submit(new, by=User.objects.create_superuser("root-testperson"), at=NOW)
    assert client.post(url(about, "send_back"), {"revision": new.pk}).status_code == 422
    client.post(url(about, "send_back"), {"revision": new.pk, "note": "Say how long."})
    page = text_of(client.get(url(about)))
    assert "Draft" in page
    assert "sent it back: “Say how long.”" in page


def test_a_page_is_withdrawn_with_a_reason(sign_in: SignIn, about: Page) -> None:
    client = sign_in("Manager")
    assert client.post(url(about, "withdraw"), {"revision": about.published_id}).status_code == 422
    long = client.post(url(about, "withdraw"), {"revision": about.published_id, "reason": "y" * 301})
    assert "Shorten this to 300 letters; it has 301" in text_of(long)
    client.post(url(about, "withdraw"), {"revision": about.published_id, "reason": "The trial was retracted."})
    assert patients_see(about) is None
    assert "We took “About us” off the site" in text_of(client.get("/about/"))
    page = text_of(client.get(url(about)))
    assert "Patients read at its address: “The trial was retracted.”" in page
    client.post(url(about, "publish"), {"revision": about.published_id})
    assert patients_see(about) == about.published


def test_any_two_texts_are_compared_the_earlier_first(sign_in: SignIn, about: Page) -> None:
    client, first = sign_in("Author"), about.words()
    second, third = draft(about), draft(about, "Third words.")
    for a, b in ((second, third), (third, second)):
        page = client.get(url(about, "compare"), {"a": a.pk, "b": b.pk}).content.decode()
        assert re.search(r"<del>.*New.*</del><ins>.*Third.*</ins> words", page)
    assert "Old" in client.get(url(about, "compare"), {"a": first.pk, "b": third.pk}).content.decode()
    same = client.get(url(about, "compare"), {"a": third.pk, "b": third.pk})
    assert "The words are the same." in text_of(same)
    other = Page.objects.get(path="conditions/knee")
    for a, b in (("x", "y"), (third.pk, other.published_id), ("", ""), ("9" * 20, first.pk), ("9" * 5_000, first.pk)):
        assert client.get(url(about, "compare"), {"a": a, "b": b}).status_code == 302


@pytest.mark.parametrize("place", ["1/sign/{}/", "{}/sign/1/", "{}/review/", "{}/history/", "{}/reviews/", "{}/desk/"])
def test_a_number_that_no_row_can_have_leads_nowhere(sign_in: SignIn, place: str) -> None:
    client = sign_in("Clinician")
    for digits in (20, 3_000):
        answer = client.get(f"/staff/education/page/{place.format('9' * digits)}")
        assert answer.status_code in {302, 404}


def test_an_old_text_is_brought_back_as_a_draft(sign_in: SignIn, about: Page) -> None:
    client, old = sign_in("Author"), about.words()
    draft(about)
    assert f'formaction="{url(about, "restore", old.pk)}"' in client.get(url(about)).content.decode()
    page = client.post(url(about, "restore", old.pk), follow=True)
    newest = about.newest()
    assert newest is not None
    assert newest.text == old.text
    assert newest.note.startswith("Restored from")
    assert "is the newest draft now" in text_of(page)
    again = client.post(url(about, "restore", old.pk), follow=True)
    assert "these very words" in text_of(again)
    assert client.get(url(about, "restore", old.pk)).status_code == 405


def test_the_history_names_every_text_and_event(sign_in: SignIn, about: Page) -> None:
    client = sign_in("Author")
    author = User.objects.get()
    texts = [draft(about, f"Text {number}.", by=author) for number in range(12)]
    publishing.submit(texts[-1], by=author, at=NOW)
    short, whole = (text_of(client.get(url(about, name))) for name in ("change", "history"))
    assert "from a file" in whole
    assert "from a file" not in short
    assert "The whole history" in short
    assert whole.count("Clearer") == 12
    assert "Sent for review author-testperson" in whole


def stand(page: Page, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring a page to a state."""
    root = User.objects.create_superuser("root-testperson")
    if state == "withdrawn":
        publishing.withdraw(page.words(), by=root, at=NOW, reason="Old.")
    elif state == "due":
        soon = timezone.localdate() + timedelta(days=20)
        text = write("About us", order=7, more=f"review: {soon}\n{CHANGES}")
        new = save_text(page, text, author=None, note="", at=NOW)
        publishing.publish_words(new, by=root, at=NOW, reasons={})
    elif state != "published":
        new = draft(page)
        moves: dict[str, Callable[[], None]] = {
            "review": lambda: publishing.submit(new, by=root, at=NOW),
            "signed": lambda: signed(new),
            "scheduled": lambda: publishing.schedule(
                new, when=timezone.now() + timedelta(days=1), by=root, at=timezone.now(), reasons={}
            ),
        }
        moves.get(state, lambda: None)()


@pytest.mark.parametrize(
    ("state", "words", "more"),
    [
        ("draft", "Draft", "Patients see an earlier text"),
        ("review", "In review", "Patients see an earlier text"),
        ("signed", "Signed off", "Patients see an earlier text"),
        ("scheduled", "To be published on", "Patients see an earlier text"),
        ("published", "Published", ""),
        ("withdrawn", "Withdrawn", "Withdrawn on 22 November 2026"),
        ("due", "Review due", ""),
    ],
)
def test_the_list_says_where_a_page_stands_and_finds_it_so(
    sign_in: SignIn, about: Page, state: str, words: str, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("Author")
    stand(about, state, monkeypatch)
    page = client.get(reverse(LIST), {"state": state}).content.decode()
    rows = [row for row in page.split("<tr>") if "/about/" in row]
    assert len(rows) == 1
    assert words in rows[0]
    assert more in rows[0]
    empty = "withdrawn" if state != "withdrawn" else "published"
    assert not [
        row for row in client.get(reverse(LIST), {"state": empty}).content.decode().split("<tr>") if "/about/" in row
    ]


def test_the_list_asks_as_little_for_fifty_pages_as_for_one(sign_in: SignIn, about: Page) -> None:
    client = sign_in("Author")
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for number in range(50):
        page = Page.objects.create(language="en", path=f"more-{number}")
        Revision.objects.create(page=page, text=f"More {number}", saved_at=NOW, front={"title": f"More {number}"})
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse(LIST)).content.count(b"<tr>") > 50
    assert len(few) == len(many) <= 8


def test_a_page_without_words_and_a_new_page_open(sign_in: SignIn) -> None:
    empty, client = Page.objects.create(language="en", path="empty"), sign_in("Manager")
    assert client.get(url(empty)).status_code == 200
    assert client.get(url(empty, "history")).status_code == 200
    assert client.get(url(empty, "review")).status_code == 302
    assert client.get(reverse("admin:education_page_delete", args=[empty.pk])).status_code == 403


def test_a_second_page_at_an_address_is_refused_in_words(sign_in: SignIn, about: Page) -> None:
    typed = {"language": "en", "path": "about", "title": "About", "text": "Words.", "note": "New"}
    assert "There is a page at this address already." in text_of(
        sign_in("Author").post(reverse("admin:education_page_add"), typed)
    )


def test_only_words_that_patients_do_not_see_are_called_a_draft(sign_in: SignIn, about: Page) -> None:
    client, public = sign_in("Clinician"), about.words()
    shown = [url(about, "preview_one", public.pk), url(about, "sign_words", public.pk)]
    assert not any("This is a draft" in text_of(client.get(each)) for each in shown)
    new = draft(about)
    shown = [url(about, "preview_one", new.pk), url(about, "sign_words", new.pk)]
    assert all("This is a draft" in text_of(client.get(each)) for each in shown)


def test_nothing_of_it_is_inline(sign_in: SignIn, about: Page, warnings: list[checks.Finding]) -> None:
    warnings.append(checks.Finding(9, "zz-warning", "<b>Hard</b> words."))
    draft(about, note="<b>Bold</b>")
    client = sign_in("Manager")
    addresses = [reverse(LIST), *(url(about, name) for name in ("change", "review", "history", "withdraw"))]
    for address in addresses:
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|<style", page), address
        assert "<b>" not in page, address
