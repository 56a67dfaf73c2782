"""Pages in the admin: who may do what, faults with their lines, nothing typed is lost, nothing goes live by itself."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from education import navigation
from education.exchange import import_folder
from education.models import Page
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LIST = "admin:education_page_changelist"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture
def knee() -> Page:
    return Page.objects.get(path="conditions/knee")


def url(page: Page, name: str = "change") -> str:
    return reverse(f"admin:education_page_{name}", args=[page.pk])


def form(page: Page, **more: str) -> dict[str, str]:
    newest = page.newest()
    assert newest is not None
    text = newest.text.replace("See [home]", "Visit [home]")
    return {"text": text, "note": "Clearer", "seen": str(newest.pk)} | more


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 302), ("no role", 302), ("Front desk", 403), ("Author", 200), ("Clinician", 200), ("Manager", 200)],
)
def test_pages_open_for_those_who_work_on_them(sign_in: SignIn, role: str, status: int, knee: Page) -> None:
    client = sign_in(role)
    for address in (reverse(LIST), url(knee), url(knee, "preview")):
        assert client.get(address).status_code == status, address


def test_saving_keeps_a_draft_with_its_author_and_patients_see_nothing_of_it(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    assert client.post(url(knee), form(knee)).status_code == 302
    draft = knee.newest()
    assert draft is not None
    assert (draft.author.username, draft.note) == ("author-testperson", "Clearer")  # type: ignore[union-attr]
    knee.refresh_from_db()
    assert knee.published != draft
    assert b"Visit" not in client.get("/conditions/knee/").content


def test_line_ends_of_browsers_do_not_change_the_words(sign_in: SignIn, knee: Page) -> None:
    words = form(knee)
    sign_in("Author").post(url(knee), words | {"text": words["text"].replace("\n", "\r\n")})
    assert knee.newest().text == words["text"]  # type: ignore[union-attr]


def test_faults_come_back_with_their_lines_and_the_typed_text(sign_in: SignIn, knee: Page) -> None:
    words = form(knee)
    response = sign_in("Author").post(url(knee), words | {"text": words["text"] + "\n# Big\n\n[a](/nowhere/)\n"})
    page = response.content.decode()
    assert response.status_code == 200
    assert f"Line {len(knee.words().text.splitlines()) + 2}: headings begin at ##" in page
    assert "leads to no page" in page
    assert "# Big" in page
    assert knee.revisions.count() == 1


@pytest.mark.parametrize("missing", ["note", "text"])
def test_what_changed_must_be_said(sign_in: SignIn, knee: Page, missing: str) -> None:
    sign_in("Author").post(url(knee), form(knee, **{missing: ""}))
    assert knee.revisions.count() == 1


def test_a_save_against_older_words_shows_the_newer_ones_and_loses_nothing(sign_in: SignIn, knee: Page) -> None:
    client, words = sign_in("Author"), form(knee, text=form(knee)["text"] + "\nMine.\n")
    theirs = save_text(knee, form(knee)["text"] + "\nTheirs.\n", author=None, note="Other", at=NOW)
    page = client.post(url(knee), words).content.decode()
    assert knee.newest() == theirs
    assert "Theirs." in page
    assert "Mine." in page
    assert f'name="seen" value="{theirs.pk}"' in page
    assert client.post(url(knee), words | {"seen": str(theirs.pk)}).status_code == 302
    assert "Mine." in knee.newest().text  # type: ignore[union-attr]


def test_a_new_page_is_made_below_one_that_exists(sign_in: SignIn) -> None:
    client, add = sign_in("Author"), reverse("admin:education_page_add")
    assert 'name="updated" value="20' in client.get(add).content.decode()
    words = {"language": "en", "path": "conditions/hip", "text": write("Hip pain", order=8), "note": "New"}
    assert b"no page at nowhere" in client.post(add, words | {"path": "nowhere/hip"}).content
    assert b"Use small letters" in client.post(add, words | {"path": "Conditions/Hip"}).content
    assert client.post(add, words).status_code == 302
    page = Page.objects.get(path="conditions/hip")
    assert page.published is None
    assert page.newest().front["title"] == "Hip pain"  # type: ignore[union-attr]


def test_the_preview_is_the_patients_page_with_the_newest_words(sign_in: SignIn, knee: Page) -> None:
    client = sign_in("Author")
    client.post(url(knee), form(knee))
    response = client.get(url(knee, "preview"))
    assert b"Visit <a" in response.content
    assert b"This is a draft." in response.content
    assert "no-store" in response["Cache-Control"]
    first = knee.revisions.order_by("pk")[0]
    old = client.get(reverse("admin:education_page_preview_one", args=[knee.pk, first.pk]))
    assert b"Visit <a" not in old.content


def test_the_editor_page_has_nothing_inline(sign_in: SignIn, knee: Page) -> None:
    page = sign_in("Manager").get(url(knee)).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|<style", page)


@pytest.mark.parametrize("name", ["markdownx_markdownify", "markdownx_upload"])
@pytest.mark.parametrize(
    ("role", "status"), [("visitor", 403), ("no role", 403), ("Front desk", 403), ("Clinician", 403), ("Author", 200)]
)
def test_the_editors_addresses_open_only_for_authors(sign_in: SignIn, name: str, role: str, status: int) -> None:
    client = sign_in(role)
    response = client.post(reverse(name), {"content": "Words"})
    no_picture = name == "markdownx_upload" and status == 200
    assert response.status_code == (400 if no_picture else status)
    assert client.get(reverse(name)).status_code == 405
    if status == 403:
        assert response["Content-Type"].startswith("text/plain")


def test_the_editors_addresses_ask_for_the_form_token(sign_in: SignIn) -> None:
    sign_in("Author")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(reverse("markdownx_markdownify"), {"content": "Words"}).status_code == 403


@pytest.mark.parametrize(
    "text",
    ["Words", "", "---\ntitle: [", "<script>x</script>", "[" * 5_000, "\x00\ue000ok\ue001", "---\n" * 500],
)
def test_the_live_preview_never_fails_and_never_runs_anything(sign_in: SignIn, text: str) -> None:
    response = sign_in("Author").post(reverse("markdownx_markdownify"), {"content": text})
    assert response.status_code == 200
    assert b"<script" not in response.content


def test_the_live_preview_lists_the_faults(sign_in: SignIn) -> None:
    text = write("Knee", "**Bold** [@nobody]\n")
    page = sign_in("Author").post(reverse("markdownx_markdownify"), {"content": text}).content.decode()
    assert "Line 9: there is no source called &#x27;nobody&#x27;" in page
    assert "<strong>Bold</strong>" in page


def test_a_text_too_long_for_the_preview_is_refused_in_words(sign_in: SignIn) -> None:
    page = sign_in("Author").post(reverse("markdownx_markdownify"), {"content": "x" * 200_001})
    assert b"too long" in page.content


def test_links_and_related_pages_are_checked_in_the_editor_too(sign_in: SignIn) -> None:
    text = write("Knee", "[away](/nowhere/) [here](#nothing)\n", more="related: [lost]\n")
    page = sign_in("Author").post(reverse("markdownx_markdownify"), {"content": text}).content.decode()
    assert "Line 10: the link &#x27;/nowhere/&#x27; leads to no page" in page
    assert "Line 10: there is no &#x27;#nothing&#x27; on this page" in page
    assert "Line 8: related: there is no published page &#x27;lost&#x27;" in page
