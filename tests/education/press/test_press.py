"""What the press keeps of a small site, and in which forms it hands it out."""

import gzip
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.fixtures import Settings

from education.press import Press
from education.press.sheet import CACHE_CONTROL
from tests.education.press.reading import printed, read


def test_a_page_is_printed_once_and_handed_out_ever_after(press: Press) -> None:
    first, second = read(press), read(press)
    assert (first.status, first.body, first.headers) == (second.status, second.body, second.headers)
    assert printed["/page/"] == 1


def test_what_goes_out_is_what_django_sends_and_says_how_it_may_be_kept(press: Press) -> None:
    sent = read(WSGIHandler())
    got = read(press)
    ours = {"ETag", "Vary", "Cache-Control", "Content-Length"}
    assert {n: v for n, v in got.headers.items() if n not in ours} == {
        n: v for n, v in sent.headers.items() if n not in ours
    }
    assert got["Content-Security-Policy"].startswith("default-src 'none'")
    assert (got["Vary"], got["Cache-Control"]) == ("Accept-Encoding", CACHE_CONTROL)
    assert got["Content-Length"] == str(len(got.body))


def test_each_encoding_says_the_same_words_under_a_tag_of_its_own(press: Press) -> None:
    zipped, brotlied, plain = (read(press, HTTP_ACCEPT_ENCODING=name) for name in ("gzip", "br", "identity"))
    assert plain.body == gzip.decompress(zipped.body) == brotli.decompress(brotlied.body)
    assert [answer.headers.get("Content-Encoding") for answer in (plain, zipped, brotlied)] == [None, "gzip", "br"]
    assert len({answer["ETag"] for answer in (plain, zipped, brotlied)}) == 3
    assert printed["/page/"] == 1
    for answer in (plain, zipped, brotlied):
        assert answer["ETag"].startswith('"')
        assert (answer["Vary"], answer["Content-Length"]) == ("Accept-Encoding", str(len(answer.body)))


def test_a_page_too_short_to_pack_goes_out_as_it_is(press: Press) -> None:
    answer = read(press, "/short/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert (answer.body, "Content-Encoding" in answer.headers) == (b"a", False)


def test_a_view_may_say_itself_how_its_page_is_kept(press: Press) -> None:
    assert read(press, "/short/")["Cache-Control"] == "public, max-age=7"


def test_a_template_answer_is_kept_too(press: Press) -> None:
    assert b"User-agent" in read(press, "/robots.txt").body
    assert "/robots.txt" in press.shelf


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_page_gets_a_short_answer(press: Press, known: str) -> None:
    page = read(press, HTTP_ACCEPT_ENCODING="br")
    answer = read(press, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=known.format(page["ETag"]))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers == {name: page[name] for name in ("ETag", "Vary", "Cache-Control")}


def test_who_has_it_in_another_encoding_gets_the_page(press: Press) -> None:
    page = read(press, HTTP_ACCEPT_ENCODING="br")
    assert read(press, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=page["ETag"]).status == 200


def test_the_first_to_ask_may_have_the_page_too(press: Press) -> None:
    tag = read(press)["ETag"]
    again = Press(WSGIHandler())
    printed.clear()  # the same words again
    assert read(again, HTTP_IF_NONE_MATCH=tag).status == 304


def test_a_new_policy_is_a_new_answer(press: Press, settings: Settings) -> None:
    tag = read(press)["ETag"]
    settings.SECURE_REFERRER_POLICY = "no-referrer"
    printed.clear()
    assert read(Press(WSGIHandler()), HTTP_IF_NONE_MATCH=tag)["Referrer-Policy"] == "no-referrer"


def test_head_is_answered_like_get_without_the_body(press: Press) -> None:
    first = read(press, method="HEAD")
    assert (first.status, first.body, "/page/" in press.shelf) == (200, b"", False)
    printed.clear()
    page = read(press)
    assert first.headers == page.headers
    assert read(press, method="HEAD").headers == page.headers
    assert len(page.body) > 500


def test_whose_cookie_it_is_changes_nothing(press: Press) -> None:
    page = read(press, HTTP_COOKIE="sessionid=abc; csrftoken=def", HTTP_AUTHORIZATION="Basic abc")  # stale, both
    assert ("Set-Cookie" in page.headers, page["Vary"], "/page/" in press.shelf) == (False, "Accept-Encoding", True)
    once = printed["/page/"]
    assert read(press, HTTP_COOKIE="sessionid=other").body == read(press).body == page.body
    assert printed["/page/"] == once


@pytest.mark.parametrize("name", ["with_cookie", "by_cookie", "private", "streamed", "packed", "missing", "unmarked"])
def test_what_is_not_the_same_for_everybody_is_django_s(press: Press, name: str) -> None:
    sent = read(WSGIHandler(), f"/{name}/")
    for _ in range(2):
        got = read(press, f"/{name}/")
        assert (got.status, got.body, got.headers) == (sent.status, sent.body, sent.headers)
    assert printed[name] == 3


def test_what_django_says_of_other_addresses_is_packed_as_before(press: Press) -> None:
    for name in ("unmarked", "missing"):
        answer = read(press, f"/{name}/", HTTP_ACCEPT_ENCODING="gzip")
        assert len(gzip.decompress(answer.body)) > 300


def test_a_file_passes(press: Press) -> None:
    assert read(press, "/download/").body == b"a file"


def test_a_server_may_change_the_headers_it_is_given(press: Press) -> None:
    def spoil(status: str, headers: list[tuple[str, str]], *_fault: object) -> Any:
        headers.clear()

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/page/", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    page = read(press)
    press(dict(environ), spoil)
    press(environ | {"HTTP_IF_NONE_MATCH": "*"}, spoil)
    assert read(press).headers == page.headers
    assert read(press, HTTP_IF_NONE_MATCH="*").headers


def test_a_page_that_broke_on_its_way_is_not_kept(press: Press, monkeypatch: Any) -> None:
    def fall(*_whatever: object) -> None:
        raise RuntimeError("the policy is missing")

    with monkeypatch.context() as patch:
        patch.setattr("django.middleware.common.CommonMiddleware.process_response", fall)
        assert read(press).status == 500
    assert read(press).status == 200
