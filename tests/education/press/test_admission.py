"""Where Django would not answer with the page, the press does not either."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.fixtures import Settings

from education.press import Press
from tests.education.press.conftest import Number
from tests.education.press.reading import printed, read


@pytest.mark.parametrize(
    "asked",
    [{"QUERY_STRING": "a=1"}, {"method": "POST", "CONTENT_LENGTH": "0"}, {"SCRIPT_NAME": "/x"}, {"method": "OPTIONS"}],
)
def test_other_questions_go_to_django(press: Press, asked: dict[str, str]) -> None:
    read(press)
    answer = read(press, **asked)
    assert "ETag" not in answer.headers
    assert answer.body != read(press).body


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "localhost:80:80", "localhost/", "a@localhost"]
)
def test_a_foreign_host_is_refused(press: Press, host: str) -> None:
    assert read(press).status == 200
    assert read(press, HTTP_HOST=host, SERVER_NAME="evil.example").status == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:1"])
def test_every_host_of_ours_gets_the_same_page(press: Press, host: str) -> None:
    page = read(press)
    assert read(press, HTTP_HOST=host).body == page.body
    assert printed["/page/"] == 1


def https(settings: Settings) -> None:
    settings.SITE_URL, settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = "https://localhost", True, 9
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("told", [{}, {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_PROTO": "http, https"}])
def test_an_open_line_is_sent_to_the_safe_one(number: Number, press: Press, settings: Settings, told: Any) -> None:
    https(settings)
    press = Press(WSGIHandler())
    assert read(press, HTTP_X_FORWARDED_PROTO="https")["Strict-Transport-Security"] == "max-age=9"
    assert "/page/" in press.shelf
    answer = read(press, **told)
    assert (answer.status, answer["Location"]) == (301, "https://localhost/page/")
    assert "Strict-Transport-Security" in read(press, HTTP_X_FORWARDED_PROTO="https").headers
    assert printed["/page/"] == 1


def test_a_proxy_that_nobody_trusts_is_not_heard(press: Press, settings: Settings) -> None:
    https(settings)
    settings.SECURE_PROXY_SSL_HEADER = None
    press = Press(WSGIHandler())
    assert read(press, **{"wsgi.url_scheme": "https"}).status == 200
    assert "/page/" in press.shelf
    assert read(press, HTTP_X_FORWARDED_PROTO="https").status == 301
