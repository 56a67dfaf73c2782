"""The writer's desk: typed words outlive the window, and nobody covers the words of somebody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import navigation
from education.exchange import import_folder
from education.models import Page, WorkingCopy
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
ADD = "admin:education_page_add"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture
def knee() -> Page:
    return Page.objects.get(path="conditions/knee")


def url(page: Page | None, name: str) -> str:
    if page is None:
        return reverse(f"admin:education_page_{name}_new")
    return reverse(f"admin:education_page_{name}", args=[page.pk])


def typed(page: Page | None, body: str, **more: str) -> dict[str, str]:
    seen = str(page.newest().pk) if page else ""  # type: ignore[union-attr]
    return {"typed": "yes", "title": "Sore knee", "text": body, "seen": seen, "copy": ""} | more


def colleague() -> Client:
    user = User.objects.create_user("ben-testperson", first_name="Ben", last_name="Example", is_staff=True)
    user.groups.set(Group.objects.filter(name="Author"))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("new", [False, True])
def test_typed_words_wait_until_they_are_used(sign_in: SignIn, knee: Page, new: bool) -> None:
    client, page = sign_in("Author"), None if new else knee
    form = reverse(ADD) if new else url(knee, "change")
    assert client.post(url(page, "desk"), typed(page, "Half a sent", path="conditions/hip")).json()["kept"]
    seen = client.get(form).content.decode()
    assert "You have unsaved words from" in seen
    assert "Half a sent" not in seen
    again = client.get(f"{form}?words=kept").content.decode()
    assert "Half a sent" in again
    assert 'value="Sore knee"' in again
    assert "You have unsaved words from" not in again
    client.post(url(page, "desk_throw"))
    assert "You have unsaved words from" not in client.get(form).content.decode()


def test_unsaved_words_of_another_day_say_which(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    client.post(url(knee, "desk"), typed(knee, "Half a sent"))
    WorkingCopy.objects.update(typed_at=NOW)
    assert "You have unsaved words from 22 November, 1" in client.get(url(knee, "change")).content.decode()


def test_an_author_learns_while_writing_that_readers_are_to_be_told(sign_in: SignIn, knee: Page) -> None:
    client, look_at = sign_in("Author"), reverse("markdownx_markdownify")
    missing = "Say what changed for readers"
    now = typed(knee, "Other words.\n", kind="condition", area="knee", order="1") | {"page": str(knee.pk)}
    assert missing in client.post(look_at, now).content.decode()
    told = now | {"change_kind": "wording", "change_reason": "Plainer."}
    assert missing not in client.post(look_at, told).content.decode()


def test_a_new_page_without_a_day_has_none_in_its_preview(sign_in: SignIn) -> None:
    client = sign_in("Author")
    client.post(url(None, "desk"), typed(None, "Words.\n", path="conditions/hip"))
    assert b"Last changed" not in client.get(url(None, "desk_preview")).content


def test_words_of_another_window_are_never_covered(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    first = client.post(url(knee, "desk"), typed(knee, "First window")).json()
    answer = client.post(url(knee, "desk"), typed(knee, "Second window")).json()
    assert not answer["kept"]
    assert "other unsaved words" in answer["said"]
    assert WorkingCopy.objects.get().fields["text"] == ["First window"]
    assert client.post(url(knee, "desk"), typed(knee, "First goes on", copy=first["copy"])).json()["kept"]


def test_saving_clears_what_was_kept_and_a_late_packet_does_not_bring_it_back(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    copy = client.post(url(knee, "desk"), typed(knee, "Words.\n")).json()["copy"]
    text = knee.newest().text + "\nMore.\n"  # type: ignore[union-attr]
    seen = str(knee.newest().pk)  # type: ignore[union-attr]
    answer = client.post(url(knee, "change"), {"text": text, "note": "More", "seen": seen, "copy": copy})
    assert answer.status_code == 302
    assert not client.post(url(knee, "desk"), typed(knee, "Late", copy=copy)).json()["kept"]
    assert "You have unsaved words" not in client.get(url(knee, "change")).content.decode()


def test_two_people_on_one_page_see_each_other(sign_in: SignIn, knee: Page) -> None:
    ana, ben = sign_in("Author"), colleague()
    ben.get(url(knee, "change"))
    assert "Ben Example has this page open, too" in ana.get(url(knee, "change")).content.decode()
    ana.post(url(knee, "desk"), typed(knee, "Words"))
    (sentence,) = ben.post(url(knee, "desk")).json()["others"]
    assert "author-testperson has this page open, too, with unsaved words from" in sentence
    ben.post(url(knee, "desk"), {"left": "yes"})
    assert ana.post(url(knee, "desk")).json()["others"] == []


def test_who_was_not_heard_of_for_a_while_is_gone(sign_in: SignIn, knee: Page) -> None:
    ana, ben = sign_in("Author"), colleague()
    ben.get(url(knee, "change"))
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert ana.post(url(knee, "desk")).json()["others"] == []


def test_nobody_reads_the_unsaved_words_of_somebody_else(sign_in: SignIn, knee: Page) -> None:
    sign_in("Author").post(url(knee, "desk"), typed(knee, "My secret half sentence"))
    ben = colleague()
    for name in ("change", "desk_preview", "desk_tint"):
        answer = ben.get(url(knee, name))
        assert answer.status_code == 200
        assert "My secret half" not in answer.content.decode()


@pytest.mark.parametrize("name", ["desk", "desk_throw", "desk_preview", "desk_tint"])
@pytest.mark.parametrize(("role", "status"), [("visitor", {302, 403}), ("Front desk", {403}), ("Clinician", {403})])
def test_the_desk_is_for_those_who_may_write(
    sign_in: SignIn, knee: Page, name: str, role: str, status: set[int]
) -> None:
    client = sign_in(role)
    for page in (knee, None):
        ask = client.get if name in ("desk_preview", "desk_tint") else client.post
        assert ask(url(page, name)).status_code in status


def test_the_frame_shows_the_patients_page_with_the_kept_words(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    client.post(url(knee, "desk"), typed(knee, "## What it is\n\nNew **words**.\n"))
    frame = client.get(url(knee, "desk_preview"))
    public = client.get("/conditions/knee/").content.decode()
    assert "<h1>Sore knee</h1>" in frame.content.decode()
    assert "New <strong>words</strong>." in frame.content.decode()
    assert (
        frame.content.decode()
        .partition("<main")[0]
        .replace("Sore knee", "Knee pain")
        .replace(url(knee, "desk_preview"), "/conditions/knee/")
        == public.partition("<main")[0]
    )


def test_only_the_frame_and_the_page_around_it_loosen_the_policy(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Manager")
    policies = {}
    for name in ("change", "desk_preview", "desk_tint", "preview"):
        answer = client.get(url(knee, name))
        policies[name] = answer["Content-Security-Policy"].replace("; frame-src 'self'", " +frame")
        assert (answer["X-Frame-Options"] == "SAMEORIGIN") == name.startswith("desk_"), name
    usual = policies["preview"]
    assert "frame-ancestors 'none'" in usual
    assert policies["change"] == usual + " +frame"
    framed = usual.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    assert policies["desk_preview"] == policies["desk_tint"] == framed


def test_a_text_can_be_previewed_without_script_and_with_its_faults(sign_in: SignIn, knee: Page) -> None:
    page = sign_in("Author").post(url(knee, "desk_preview"), {"text": write("Knee", "Unsaved.\n\n# Big\n")})
    assert b"Unsaved." in page.content
    assert b"headings begin at ##" in page.content
    assert knee.revisions.count() == 1


JUNK = [
    {"text": "\x00", "title": "\ue000"},
    {"text": "---\ntitle: [\n---\n", "seen": "x"},
    {"text": "::: evidence\n", "kind": "condition", "evidence_grade": "nonsense", "updated": "never"},
    {"text": "x", "kind": "home", "path": "\x00//", "other": "sections: 1\nclosing: []\ncauses: 5"},
    {"text": "[" * 5_000, "kind": "glossary", "order": "1e9", "related": "nowhere"},
    {"text": "x", "review": "0001-01-01", "updated": "0001-01-01"},
    {"text": "---\nreview: never\n---\nx"},
    {"text": '---\ntitle: "\\ud800"\nlede: "\\0"\n---\nx', "other": 'ask: "\\ud800"'},
]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("new", [False, True])
def test_whatever_was_typed_is_kept_and_shown_without_failing(
    sign_in: SignIn, knee: Page, junk: dict[str, str], new: bool
) -> None:
    client, page = sign_in("Author"), None if new else knee
    assert client.post(url(page, "desk"), typed(page, "", **junk)).status_code == 200
    form = reverse(ADD) if new else url(knee, "change")
    for address in (url(page, "desk_preview"), url(page, "desk_tint"), f"{form}?words=kept"):
        assert client.get(address).status_code == 200, address


def test_a_nul_is_left_out_of_what_is_kept(sign_in: SignIn, knee: Page) -> None:
    sign_in("Author").post(url(knee, "desk"), typed(knee, "a\0b", **{"answer-\0": "c\0"}))
    assert "\0" not in str(WorkingCopy.objects.get().fields)
    assert WorkingCopy.objects.get().fields["text"] == ["ab"]


def test_a_save_against_older_words_shows_what_differs_and_loses_neither(sign_in: SignIn, knee: Page) -> None:
    client, text = sign_in("Author"), knee.newest().text  # type: ignore[union-attr]
    seen = str(knee.newest().pk)  # type: ignore[union-attr]
    theirs = save_text(knee, text + "\nTheirs indeed.\n", author=None, note="Other", at=NOW)
    page = client.post(url(knee, "change"), {"text": text + "\nMine alone.\n", "note": "Mine", "seen": seen})
    shown = page.content.decode()
    assert knee.newest() == theirs
    assert "Mine alone." in shown
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "Their whole text" in shown


def test_a_second_author_on_the_same_page_saves_after_a_decision(sign_in: SignIn, knee: Page) -> None:
    client, text = sign_in("Author"), knee.newest().text  # type: ignore[union-attr]
    theirs = save_text(knee, text + "\nTheirs.\n", author=None, note="Other", at=NOW)
    words = {"text": text + "\nTheirs.\n\nMine.\n", "note": "Both", "seen": str(theirs.pk)}
    assert client.post(url(knee, "change"), words).status_code == 302
    assert knee.newest().text.endswith("Theirs.\n\nMine.\n")  # type: ignore[union-attr]


def test_too_much_to_keep_is_refused_in_words(sign_in: SignIn, knee: Page) -> None:
    answer = sign_in("Author").post(url(knee, "desk"), typed(knee, "x" * 400_001)).json()
    assert not answer["kept"]
    assert "too long" in answer["said"]
