"""The form of a page: fields for its front matter, faults where they belong, what the checks say, and its fences."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from education import navigation
from education.admin.forms import PageForm
from education.checks import CHECKS, RULES
from education.exchange import import_folder
from education.library import look_at
from education.models import Page, Revision
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
SHIPPED = sorted(Path(site.CONTENT_DIR).glob("en/**/*.md"))


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture
def knee() -> Page:
    return Page.objects.get(path="conditions/knee")


def url(page: Page) -> str:
    return reverse("admin:education_page_change", args=[page.pk])


def shown(page: Page) -> dict[str, list[str]]:
    """Return what a browser would send if nobody changed anything in the form."""
    return dict(_entries(PageForm(instance=page)))


def _entries(form: PageForm) -> Iterator[tuple[str, list[str]]]:
    for bound in form:
        value = bound.value()
        if value in (None, "", False, []):
            continue
        values = value if isinstance(value, list) else [value]
        yield bound.name, [str(each).replace("\n", "\r\n") for each in values]


def words(page: Page) -> str:
    newest = page.newest()
    assert newest is not None
    return newest.text


@pytest.mark.parametrize("place", SHIPPED, ids=lambda place: place.relative_to(site.CONTENT_DIR).as_posix())
def test_a_form_that_nobody_changed_gives_the_same_text_byte_for_byte(place: Path) -> None:
    text = place.read_text()
    page = Page.objects.create(language="en", path="shipped")
    Revision.objects.create(page=page, text=text, saved_at=NOW, html="", rendered_with="")
    typed = QueryDict(mutable=True)
    for name, values in shown(page).items():
        typed.setlist(name, values)
    assert PageForm(typed, instance=page).written() == text


def test_a_title_is_mended_without_touching_anything_else(sign_in: SignIn, knee: Page) -> None:
    text = words(knee).replace("order: 1\n", "# by age\norder: 1 # first\n")
    save_text(knee, text, author=None, note="", at=NOW)
    sign_in("Author").post(url(knee), shown(knee) | {"title": "A sore knee", "note": "Plainer"})
    assert words(knee) == text.replace("title: Knee pain", "title: A sore knee")


def test_a_change_that_readers_are_told_of_is_the_last_change(sign_in: SignIn, knee: Page) -> None:
    told = {"change_kind": "wording", "change_reason": "Plainer.", "note": "Plainer"}
    sign_in("Author").post(url(knee), shown(knee) | told)
    assert f"updated: {timezone.localdate()}" in words(knee)


def test_what_kept_a_page_from_being_saved_is_listed_by_name_and_leads_to_its_field(
    sign_in: SignIn, knee: Page
) -> None:
    page = sign_in("Author").post(url(knee), shown(knee) | {"lede": "", "note": "Less"}).content.decode()
    assert '<li><a href="#id_lede">Opening words: ' in page


def test_a_missing_day_of_the_next_check_leads_to_its_field(sign_in: SignIn, knee: Page) -> None:
    typed = shown(knee) | {"review": "", "page": str(knee.pk)}
    assert '<a href="#id_review">Check again by</a>' in (
        sign_in("Author").post(reverse("markdownx_markdownify"), typed).content.decode()
    )


def test_each_field_of_the_front_matter_reaches_the_text(sign_in: SignIn, knee: Page) -> None:
    more = {
        "short_title": "Knee",
        "evidence_label": "Hardly any trials",
        "related": ["conditions/elbow"],
        "review": "2027-05-01",
        "when_overdue": "We are checking this page.",
        "other": "ask: Ask about your knee\n",
        "change_kind": "correction",
        "change_reason": "We had the wrong number.",
        "change_act": "on",
        "note": "All of it",
    }
    answer = sign_in("Author").post(url(knee), shown(knee) | more)
    assert answer.status_code == 302, answer.content.decode()
    front = look_at(words(knee), language="en", path="conditions/knee", file="")[0].front
    assert (front.short_title, front.related, front.ask) == ("Knee", ["conditions/elbow"], "Ask about your knee")
    assert front.evidence["label"] == "Hardly any trials"
    assert front.evidence["grade"] == "very low"
    assert str(front.review) == "2027-05-01"
    assert [(change["kind"], change["act"]) for change in front.changes] == [("correction", True)]
    sign_in("Manager").post(url(knee), shown(knee) | {"review": "", "other": "", "note": "Less"})
    assert "review" not in words(knee)
    assert "ask:" not in words(knee)


def errors(client: Client, page: Page, **more: str) -> dict[str, list[str]]:
    response = client.post(url(page), shown(page) | {"note": "Trying"} | more)
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("text", "Words.\r\n\r\n# Big\r\n", "Line 3: headings begin at ##"),
        ("summary", "long " * 60, "at most 160"),
        ("evidence_label", "", "label is missing"),
        ("area", "", "needs area"),
        ("order", "", "order is missing"),
        ("other", "ask: Ask us\ncauses:\n  - id: [", "Line 3: "),
        ("other", "ask: Ask us\nnonsense: 1", "Line 2: front matter: there is no key called"),
        ("other", "title: Twice", "title has a field of its own"),
        ("change_reason", "Something", "kind of change"),
        ("updated", "yesterday", "valid date"),
    ],
)
def test_a_fault_stands_at_its_field_with_the_line_that_the_author_sees(
    sign_in: SignIn, knee: Page, name: str, value: str, said: str
) -> None:
    assert said in " ".join(errors(sign_in("Author"), knee, **{name: value})[name])
    assert knee.revisions.count() == 1


def test_a_whole_page_pasted_into_the_words_is_taken_as_it_is(sign_in: SignIn, knee: Page) -> None:
    text = words(knee).replace("One plain message.", "Another message.")
    sign_in("Author").post(url(knee), shown(knee) | {"text": text, "title": "Ignored", "note": "From the file"})
    assert words(knee) == text


def test_a_warning_stays_for_a_reason_that_is_kept_in_the_text(
    sign_in: SignIn, knee: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "education.checks.CHECKS", (next(each for each in CHECKS if each.__name__.endswith("passive")),)
    )
    body = "## What it is\r\n\r\nThe knee was hurt by a fall.\r\n"
    client = sign_in("Author")
    context = client.post(url(knee), shown(knee) | {"text": body}).context["desk"]["panel"]
    (shown_,) = context.warnings
    assert (shown_.field, shown_.line) == ("text", 3)
    answer = {f"answer-{shown_.finding.fingerprint}": "Nobody knows who did it."}
    client.post(url(knee), shown(knee) | {"text": body, "note": "With a reason"} | answer)
    assert "reason: Nobody knows who did it." in words(knee)
    page = client.get(url(knee)).content.decode()
    assert "Stays because: Nobody knows who did it." in page


def test_the_checks_are_shown_with_words_line_why_and_how_to_mend(sign_in: SignIn, knee: Page) -> None:
    text = "## What it is\r\n\r\nThis treatment cures all pain for ever.\r\n"
    typed = shown(knee) | {"text": text, "page": str(knee.pk)}
    panel = sign_in("Author").post(reverse("markdownx_markdownify"), typed).content.decode()
    rule = next(each for each in RULES.values() if escape(each.title) in panel)
    assert "<blockquote>This treatment cures all pain for ever.</blockquote>" in panel
    assert 'data-line="3"' in panel
    assert escape(rule.why) in panel
    assert escape(rule.mend) in panel


@pytest.mark.parametrize("name", ["markdownx_markdownify", "markdownx_upload"])
def test_a_get_on_the_editors_addresses_is_refused_in_words(sign_in: SignIn, name: str) -> None:
    answer = sign_in("Author").get(reverse(name))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"editor" in answer.content


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"text": "\x00"},
        {"text": "---\ntitle: ["},
        {"text": "x", "seen": "9" * 30},
        {"page": "9" * 30, "text": "x"},
        {"text": "::: " * 999, "path": "//x/\x00", "related": ["\ue000"], "order": "x", "other": "a: &a [*a]"},
    ],
)
def test_what_the_checks_say_never_fails(sign_in: SignIn, knee: Page, typed: dict[str, str]) -> None:
    client = sign_in("Author")
    for page in ("", str(knee.pk)):
        assert client.post(reverse("markdownx_markdownify"), {"page": page, "text": ""} | typed).status_code == 200


def test_the_form_token_is_asked_for(sign_in: SignIn, knee: Page) -> None:
    sign_in("Author")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    for name in ("desk", "desk_throw", "desk_preview"):
        address = reverse(f"admin:education_page_{name}", args=[knee.pk])
        assert strict.post(address, {"text": "Words"}).status_code == 403, name


def test_a_pasted_page_keeps_its_faults_with_its_own_lines(sign_in: SignIn, knee: Page) -> None:
    text = write("Knee", "**Bold** [@nobody]\n")
    assert "Line 9: there is no source" in " ".join(errors(sign_in("Author"), knee, text=text)["text"])
