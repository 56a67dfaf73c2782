"""The site's own pages out of the press: as Django prints them, and never older than what is published."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic_site import wsgi
from education import navigation, publishing
from education.exchange import import_folder
from education.models import Page
from education.press import Press
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder
from tests.education.press.reading import read
from tests.education.signers import person

KEPT = ["/", "/conditions/", "/conditions/knee/", "/glossary/", "/conditions/knee/changes/", "/changes/", "/index.txt"]


@pytest.fixture
def press(folder: Folder) -> Press:
    """A press in front of the site, with nothing kept yet."""
    import_folder(folder.root, at=NOW)
    navigation.forget()
    return Press(WSGIHandler())


def test_the_press_stands_in_front_of_the_site() -> None:
    assert isinstance(wsgi.application, Press)


@pytest.mark.django_db
@pytest.mark.parametrize("url", [*KEPT, "/conditions/knee/index.txt"])
def test_a_page_goes_out_as_django_prints_it_and_then_without_a_question(press: Press, url: str) -> None:
    sent = read(WSGIHandler(), url)
    assert (read(press, url).body, sent.status) == (sent.body, 200)
    with CaptureQueriesContext(connection) as questions:
        again = read(press, url)
    assert (again.body, len(questions)) == (sent.body, 0)
    assert {name: again.headers.get(name) for name in sent.headers if name != "Vary"} == {
        name: value for name, value in sent.headers.items() if name != "Vary"
    }


@pytest.mark.django_db
def test_who_is_signed_in_reads_the_same_page(press: Press, sign_in: Any) -> None:
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in sign_in("Manager").cookies.items())
    assert "sessionid=" in cookies
    page = read(press, "/", HTTP_COOKIE=cookies)
    assert "/" in press.shelf
    assert read(press, "/").body == page.body


@pytest.mark.django_db
def test_what_is_published_shows_with_the_next_look(press: Press, folder: Folder) -> None:
    page, words = Page.objects.get(path="conditions/elbow"), folder.read("conditions/elbow")
    tag = read(press, "/conditions/elbow/")["ETag"]
    publish(save_text(page, words.replace("Words.", "Newer."), author=None, note="", at=NOW), by=None, at=NOW)
    navigation.forget()
    answer = read(press, "/conditions/elbow/", HTTP_IF_NONE_MATCH=tag)
    assert (answer.status, b"Newer." in answer.body) == (200, True)


@pytest.mark.django_db
def test_addresses_without_a_page_are_answered_by_django_each_time(press: Press) -> None:
    read(press, "/conditions/elbow/")
    words = Page.objects.get(path="conditions/elbow").words()
    publishing.withdraw(words, by=person("mona", "Manager"), at=NOW, reason="We check it again.")
    navigation.forget()
    read(press, "/")
    gone = read(press, "/conditions/elbow/")
    assert (gone.status, b"We check it again." in gone.body) == (410, True)
    for url, status in (
        ("/conditions/elbow/", 410),
        ("/conditions/knee", 301),
        ("/nothing/", 404),
        ("/staff/login/", 200),
        ("/consultation/", 200),
    ):
        assert (read(press, url).status, url in press.shelf) == (status, False)


@pytest.mark.django_db
def test_a_new_worker_prints_every_page_before_anybody_asks(press: Press) -> None:
    press.print_all()
    urls = [page.get_absolute_url() for page in Page.objects.published()]
    assert len(urls) == 5
    assert [url for url in urls if url not in press.shelf] == []
