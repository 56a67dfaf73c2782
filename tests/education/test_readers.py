"""What readers say, as staff see it: the worst page first, few answers no share, new words from nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from education import navigation, opinions
from education.exchange import import_folder
from education.models import Page
from education.publishing import withdraw
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
BODY = "## First part\n\nWords.\n\n## Second part\n\nWords.\n"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("about", write("About us", BODY, order=7))
    import_folder(folder.root, at=NOW)
    navigation.forget()


@pytest.fixture
def about() -> Page:
    return Page.objects.select_related("published").get(path="about")


def told(page: Page, yes: int, no: int, **more: int) -> None:
    words = page.published
    assert words is not None
    for answer, times in (("yes", yes), ("no", no)):
        for _time in range(times):
            opinions.note(words, answer, at=NOW)
    for heading, times in more.items():
        for _time in range(times):
            opinions.note(words, "not-found", heading=heading.replace("_", "-"), at=NOW)


READERS = "/staff/education/page/readers/"


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 302), ("no role", 302), ("Front desk", 403), ("Author", 200), ("Clinician", 200), ("Manager", 200)],
)
def test_who_may_read_what_readers_say(sign_in: Callable[[str], Client], role: str, status: int) -> None:
    assert sign_in(role).get(READERS).status_code == status


def test_the_worst_page_comes_first_and_few_answers_are_no_share(
    sign_in: Callable[[str], Client], about: Page, django_assert_max_num_queries: Any
) -> None:
    knee, elbow = (Page.objects.get(path=f"conditions/{name}") for name in ("knee", "elbow"))
    told(about, 3, 2, second_part=2)
    told(knee, 4, 1)
    told(elbow, 0, 4)
    client = sign_in("Author")
    with django_assert_max_num_queries(8):
        page = client.get(READERS).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert text.index("About us") < text.index("Knee pain") < text.index("Elbow pain")
    assert "60 out of 100" in text
    assert "80 out of 100" in text
    assert text.count("out of 100") == 2
    assert "2 × could not find it: “Second part”" in text


def test_new_words_begin_at_nothing_and_older_answers_stay_told(sign_in: Callable[[str], Client], about: Page) -> None:
    told(about, 1, 7, second_part=1)
    words = write("About us", "## New\n\nNew.\n", order=7)
    publish(save_text(about, words, author=None, note="", at=NOW), by=None, at=NOW)
    (said,) = opinions.what_readers_say()
    assert (said.yes, said.no, said.percent, said.told) == (0, 0, None, [])
    assert (said.yes_before, said.no_before) == (1, 7)


def test_a_withdrawn_page_stays_in_the_list_under_its_address(
    sign_in: Callable[[str], Client], about: Page, django_user_model: Any
) -> None:
    told(about, 0, 1)
    withdraw(about.words(), by=django_user_model.objects.create_superuser("boss"), at=NOW, reason="It was wrong.")
    assert "withdrawn" in sign_in("Author").get(READERS).content.decode()


def test_the_list_of_pages_leads_there(sign_in: Callable[[str], Client]) -> None:
    assert READERS in sign_in("Author").get("/staff/education/page/").content.decode()
