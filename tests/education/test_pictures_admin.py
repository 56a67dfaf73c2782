"""Pictures in the staff's admin: who may add them, what must be said of them, and when patients see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from education import navigation
from education.exchange import import_folder
from education.images.files import folder as files
from education.images.gallery import keep_picture, pages_with, remove_picture, shown
from education.images.pixels import MOST_BYTES, make_afresh
from education.models import Edition, Page, Picture
from education.revisions import publish, save_text
from education.uploads import MOST_READ
from tests.education.conftest import NOW, Folder, write
from tests.education.drawn import drawn, encoded, file

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
UPLOAD, ADD = "/staff/markdownx/upload/", "admin:education_picture_add"
SAID = {"alt": "A knee from the side", "credit": "Zzyx Clinic", "consent": "nobody"}


@pytest.fixture
def knee() -> Picture:
    made = make_afresh(encoded(drawn(60, 40)))
    return keep_picture(made, name="knee", by=None, at=NOW, **SAID)[0]


@pytest.fixture
def page(folder: Folder, knee: Picture) -> Page:
    """A published page that shows the picture."""
    import_folder(folder.root, at=NOW)
    found = Page.objects.get(path="conditions/elbow")
    text = write("Elbow pain", "## One\n\n![A knee](picture:knee)\n", order=2)
    publish(save_text(found, text, author=None, note="", at=NOW), by=None, at=NOW)
    navigation.forget()
    return found


def change(picture: Picture, verb: str = "change") -> str:
    return reverse(f"admin:education_picture_{verb}", args=[picture.pk])


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 403), ("no role", 403), ("Front desk", 403), ("Clinician", 403), ("Author", 200), ("Manager", 200)],
)
def test_only_authors_upload(sign_in: SignIn, role: str, status: int) -> None:
    response = sign_in(role).post(UPLOAD, {"image": file()})
    assert response.status_code == status
    assert Picture.objects.exists() == (status == 200)
    assert files().exists() == (status == 200)


def test_an_upload_needs_the_form_token(sign_in: SignIn) -> None:
    sign_in("Author")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(UPLOAD, {"image": file()}).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_anything_but_sending_a_picture_is_refused_in_words(sign_in: SignIn, method: str) -> None:
    response = getattr(sign_in("Author"), method)(UPLOAD)
    assert response.status_code == 405
    assert b"takes pictures" in response.content


def test_the_editor_gets_what_to_write_and_the_same_picture_once(sign_in: SignIn) -> None:
    client = sign_in("Author")
    first = client.post(UPLOAD, {"image": file(name="Left knee.jpg")}).json()
    assert first["image_code"] == "![](picture:left-knee)"
    assert client.get(first["edit"]).status_code == 200
    Picture.objects.update(alt="A knee")
    assert client.post(UPLOAD, {"image": file(name="other.png")}).json()["image_code"] == "![A knee](picture:left-knee)"
    assert Picture.objects.get().added_by == User.objects.get()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (file(b"<svg onload='x()'></svg>", "knee.jpg"), "SVG drawings"),
        (file(b"<html><script>", "knee.jpg"), "not a picture"),
        (file(encoded(drawn())[:-900]), "broken or not complete"),
        (file(b"\xff\xd8\xff" + b"x" * MOST_BYTES), "larger than 15 MB"),
        ("words", "No picture came"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words(
    sign_in: SignIn, sent: SimpleUploadedFile | str, words: str
) -> None:
    response = sign_in("Author").post(UPLOAD, {"image": sent})
    assert response.status_code == 400
    assert words in response.json()["image_error"]
    assert not files().exists()


def test_a_page_named_as_a_picture_is_handed_out_as_a_picture_only(sign_in: SignIn) -> None:
    client = sign_in("Author")
    polyglot = file(encoded(drawn()) + b"<html><script>alert(1)</script>", "page.html", "text/html")
    assert client.post(UPLOAD, {"image": polyglot}).status_code == 200
    picture = shown(Picture.objects.get())
    response = client.get(picture.url(picture.width, "jpg"))
    assert response["Content-Type"] == "image/jpeg"
    assert b"<script" not in response.getvalue()


def test_an_author_puts_no_words_before_patients_with_a_credit(sign_in: SignIn, knee: Picture, page: Page) -> None:
    client, claim = sign_in("Author"), {"credit": "PIT cures all pain", "alt": "A knee"}
    client.post(change(knee), claim | {"consent": "nobody"})
    assert "cures" not in client.get(page.get_absolute_url()).content.decode()
    client.post(change(knee), claim | {"consent": ""})
    assert Picture.objects.get().consent == "", "consent is taken back by anybody, at once"
    client.post(change(knee), claim | {"consent": "nobody"})
    assert (Picture.objects.get().consent, Picture.objects.get().credit) == ("", "Zzyx Clinic")
    sign_in("Manager").post(change(knee), claim | {"consent": "nobody", "credit": "Zzyx"})
    assert (Picture.objects.get().consent, Picture.objects.get().credit) == ("nobody", "Zzyx")


def test_a_full_disk_is_told_in_words(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr("education.images.files.put", full)
    response = sign_in("Author").post(UPLOAD, {"image": file()})
    assert response.status_code == 500
    assert "Tell your operator" in response.json()["image_error"]
    assert not Picture.objects.exists()


def test_a_flood_is_refused_before_it_is_read(sign_in: SignIn) -> None:
    form, size = "multipart/form-data; boundary=x", str(MOST_READ + 1)
    answer = sign_in("Author").post(UPLOAD, b"--x--", form, CONTENT_LENGTH=size)
    assert answer.status_code == 400
    assert b"could not read what your browser sent" in answer.content


@pytest.mark.parametrize(
    ("role", "add", "see"),
    [("visitor", 302, 302), ("Front desk", 403, 403), ("Clinician", 403, 200), ("Author", 200, 200)],
)
def test_pictures_open_for_those_who_work_on_pages(
    sign_in: SignIn, role: str, add: int, see: int, knee: Picture
) -> None:
    client = sign_in(role)
    assert client.get(reverse(ADD)).status_code == add
    for address in (reverse("admin:education_picture_changelist"), change(knee)):
        assert client.get(address).status_code == see


def test_a_picture_is_added_by_the_form_and_shows_what_to_write(sign_in: SignIn) -> None:
    client = sign_in("Author")
    answer = client.post(reverse(ADD), {"file": file(name="Side View.JPG"), "name": "", **SAID}, follow=True)
    picture = Picture.objects.get()
    assert (picture.name, picture.width, picture.credit) == ("side-view", 600, "Zzyx Clinic")
    page = answer.content.decode()
    assert "![A knee from the side](picture:side-view)" in page
    assert shown(picture).url(600, "jpg") in page
    assert (files() / shown(picture).master).is_file()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"alt": ""}, "Say what it shows"),
        ({"decorative": "on"}, "Decoration needs no words"),
        ({"credit": ""}, "This field is required"),
        ({"name": "Side View"}, "Use small letters"),
        ({"name": "knee"}, "already exists"),
        ({"file": ""}, "at most 15 MB"),
        ({"file": (b"GIF89a", "x.gif")}, "broken or not complete"),
        ({"file": (encoded(drawn(60, 40)), "x.jpg")}, "it is called knee"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    sign_in: SignIn, knee: Picture, said: dict[str, Any], words: str
) -> None:
    held = said.get("file")
    sent = {"file": file(), "name": "", **SAID, **said} | ({"file": file(*held)} if held else {})
    response = sign_in("Author").post(reverse(ADD), sent)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert Picture.objects.count() == 1


def test_the_list_says_what_is_missing(sign_in: SignIn, knee: Picture) -> None:
    Picture.objects.update(credit="")
    listed = sign_in("Author").get(reverse("admin:education_picture_changelist")).content.decode()
    assert "Not ready: credit missing" in listed
    assert shown(knee).url(60, "jpg") in listed


def test_pages_that_show_a_picture_are_named(sign_in: SignIn, page: Page, knee: Picture) -> None:
    assert pages_with("knee") == [page]
    assert pages_with("kne") == []
    form = sign_in("Author").get(change(knee)).content.decode()
    assert reverse("admin:education_page_change", args=[page.pk]) in form


def test_another_credit_is_seen_by_patients_at_once(sign_in: SignIn, client: Client, page: Page, knee: Picture) -> None:
    edition = Edition.now()
    assert "Picture: Zzyx Clinic" in client.get("/conditions/elbow/").content.decode()
    sign_in("Manager").post(change(knee), SAID | {"credit": "Another Zzyx"})
    assert "Picture: Another Zzyx" in client.get("/conditions/elbow/").content.decode()
    assert Edition.now() > edition


def test_a_picture_goes_from_pages_when_consent_is_taken_back(sign_in: SignIn, page: Page, knee: Picture) -> None:
    client = sign_in("Author")
    client.post(change(knee), SAID | {"consent": ""})
    words = client.get("/conditions/elbow/").content.decode()
    assert "<picture>" not in words
    assert "A knee" in words


def test_a_picture_stays_while_pages_show_it_and_takes_its_files_along(
    admin_client: Client, page: Page, knee: Picture, django_capture_on_commit_callbacks: Any
) -> None:
    assert admin_client.post(change(knee, "delete"), {"post": "yes"}).status_code == 403
    with pytest.raises(ValueError, match="show this picture"):
        remove_picture(knee)
    words = write("Elbow pain", "## One\n\nNo picture.\n", order=2)
    publish(save_text(page, words, author=None, note="", at=NOW), by=None, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(change(knee, "delete"), {"post": "yes"}).status_code == 302
    assert not Picture.objects.exists()
    assert list(files().iterdir()) == []


def test_authors_cannot_delete_pictures(sign_in: SignIn, knee: Picture) -> None:
    assert sign_in("Author").post(change(knee, "delete"), {"post": "yes"}).status_code == 403
