"""Logs hold no word of a patient and no private link."""

import io
import logging
import re
import runpy
import sys

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.parser import RequestParser

from clinic_site.logs import LineFormatter, NoPatientData


def logged(message: str, *args: object, exc_info: object = None) -> str:
    """Write one line as the site's handlers write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoPatientData())
    handler.setFormatter(LineFormatter("{levelname} {name} {message}", style="{"))
    handler.handle(logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, exc_info))  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("place", ["request", "review"])
def test_the_token_of_a_private_link_is_left_out(place: str) -> None:
    assert (
        logged("Internal Server Error: %s", f"/{place}/abc123SECRET/")
        == f"ERROR django.request Internal Server Error: /{place}/…/\n"
    )


@pytest.mark.parametrize("place", ["/search/", "/search", "/es/search/", "/search/suggest/"])
def test_what_somebody_searched_for_is_left_out(place: str) -> None:
    line = logged('Error handling request %s, "GET %s HTTP/1.1"', f"{place}?q=SECRET+pain", f"{place}?x=1&q=SECRET")
    assert line == f'ERROR django.request Error handling request {place}?… "GET {place}?… HTTP/1.1"\n'


def test_a_traceback_keeps_its_places_but_not_its_words() -> None:
    try:
        try:
            raise KeyError("Zzyx Testperson")
        except KeyError as error:
            raise ValueError("Zzyx Testperson cannot be read") from error
    except ValueError:
        text = logged("broken", exc_info=sys.exc_info())
    assert "Zzyx" not in text
    assert "ValueError at" in text
    assert "KeyError at" in text
    assert "test_logs.py" in text


def test_the_web_server_writes_by_the_same_rules(capsys: pytest.CaptureFixture[str]) -> None:
    config = Config()
    config.set("logconfig_dict", runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))["logconfig_dict"])
    server = Logger(config)
    try:
        raise ValueError("Zzyx Testperson")
    except ValueError:
        server.exception("Error handling request %s", "/request/abc123SECRET/")
    told = capsys.readouterr().err
    assert "Error handling request /request/…/" in told
    assert "ValueError at test_logs.py" in told
    assert "Zzyx" not in told
    assert "SECRET" not in told


@pytest.mark.parametrize("start", ["/", *(f"/{code}/" for code, _name in settings.LANGUAGES if code != "en")])
@pytest.mark.parametrize("place", ["request/SECRET/", "request/SECRET/withdraw/", "review/SECRET/", "search/"])
def test_the_proxy_logs_no_private_address_in_any_language(start: str, place: str) -> None:
    site = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    quiet = re.findall(r"location ~ (\S+) \{\s+access_log off;\s+error_log /dev/null emerg;", site)
    assert len(quiet) == 1
    assert re.search(quiet[0], start + place)
    assert not re.search(quiet[0], f"{start}conditions/knee-pain/")


def test_no_header_of_a_caller_moves_the_site_below_another_address() -> None:
    config = Config()
    values = runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))
    for name in {"forwarder_headers", "header_map"} & values.keys():
        config.set(name, values[name])
    sent = b"GET /es/about/ HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /es\r\nPATH_INFO: /staff/\r\n\r\n"
    request = next(RequestParser(config, [sent], ("127.0.0.1", 50_000)))
    assert [name for name, _value in request.headers] == ["HOST"]
