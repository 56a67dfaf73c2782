"""Logs hold no word of a patient and no private link, however it was spelt."""

import contextlib
import logging
import os
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.parser import RequestParser

from clinic_site.logs import LineFormatter, NoPatientData

SPELLINGS = (
    "/request/SECRET/", "/Request/SECRET", "/REQUEST/SECRET/", "/request//SECRET", "//request/SECRET/",
    "/request/%20SECRET/", "/%72equest/SECRET/", "/request%2FSECRET", "/request/a%20SECRET/", "/pt-BR/request/SECRET/",
    "/es/request/SECRET/withdraw/", "/es//request/SECRET/", "/requests/SECRET/", "/review/SECRET/", "/Review/SECRET",
    "/search/?q=SECRET", "/Search/?q=SECRET", "/search/suggest/?q=SECRET", "/contact/?q=SECRET", "/code/SECRET/",
    "/SECRET", "/staff/SECRET/", "/staff/?q=SECRET", "/healthz?SECRET", "/request/;SECRET", "/request/SECRET%00",
    "/request/SECRET%ff", "/..%2Frequest/SECRET",
)  # fmt: skip


class Lines(logging.Handler):
    """A handler as the settings make it, whose lines a test can read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(NoPatientData())
        self.setFormatter(LineFormatter("{levelname} {name} {message}", style="{"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Listen to everything that anybody logs while a test runs."""
    handler = Lines()
    heard = [logging.getLogger(name) for name in ("", "django", "gunicorn.error")]
    for logger in heard:
        logger.addHandler(handler)
    yield handler.lines
    for logger in heard:
        logger.removeHandler(handler)


def logged(message: str, *args: object, name: str = "django.request", exc_info: Any = None) -> str:
    """Write one line as the site's handlers write it."""
    handler = Lines()
    handler.handle(logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, exc_info))
    return handler.lines[0]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_no_spelling_of_a_private_address_reaches_the_log(lines: list[str], method: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for address in SPELLINGS:
        getattr(client, method)(address, headers={"referer": "https://other.example/SECRET", "x-own": "SECRET"})
    assert lines, "refusals are logged, so something was looked at"
    assert [line for line in lines if "SECRET" in line] == []


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["SECRET.example", "SECRET example", "[SECRET]", "SECRET:99999"])
def test_no_host_reaches_the_log(lines: list[str], host: str) -> None:
    Client(raise_request_exception=False).get("/contact/", headers={"host": host})
    assert [line for line in lines if "secret" in line.lower()] == []


@pytest.mark.django_db
def test_a_line_names_the_route_that_failed(lines: list[str]) -> None:
    Client().get("/request/SECRET/")
    assert lines == ["WARNING django.request Answered 404 at the route request/<str:token>/"]


def test_of_others_words_only_their_code_s_are_kept() -> None:
    assert logged("Error handling request %s %s", "GET", "/request/SECRET/") == (
        "ERROR django.request Error handling request … …"
    )
    assert logged("Worker (pid:%s) exited with code %s.", 7, 3, name="gunicorn.error").endswith(
        "(pid:7) exited with code 3."
    )
    assert logged("%(word)s came", {"word": "SECRET"}, name="other") == "ERROR other … came"
    assert logged("broken %d", "SECRET", name="other") == "ERROR other broken %d"
    assert logged("message %s: %s", 4, "address refused", name="booking.outbox").endswith("message 4: address refused")


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


def web_server() -> Logger:
    """Return gunicorn's own logger, set up as deploy/ says."""
    config = Config()
    config.set("logconfig_dict", runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))["logconfig_dict"])
    return Logger(config)


def test_the_web_server_writes_by_the_same_rules(capsys: pytest.CaptureFixture[str]) -> None:
    server = web_server()
    try:
        raise ValueError("Zzyx Testperson")
    except ValueError:
        server.exception("Error handling request %s", "/request/abc123SECRET/")
        server.warning("Invalid request from ip=127.0.0.1: Invalid HTTP Header: 'SECRET'")
    told = capsys.readouterr().err
    assert "Error handling request …" in told
    assert "ValueError at test_logs.py" in told
    assert "A request was refused (ValueError)" in told
    assert "Zzyx" not in told
    assert "SECRET" not in told


BROKEN = (
    b"GET /request/SECRET/ extra HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /request/ SECRET/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /contact/ HTTP/1.1\r\nHost: localhost\r\nSECRET(name): x\r\n\r\n",
    b"GET /contact/ HTTP/1.1\r\nHost: localhost\r\nCookie SECRET=x\r\n\r\n",
    b"GET /contact/ HTTP/1.1\r\nHost: localhost\r\nX-Folded: a\r\n SECRET\r\n\r\n",
    b"GET /contact/ HTTP/1.1\r\nHost: SECRET.example\r\n\r\n",
    b"GET /contact/ HTTP/SECRET\r\nHost: localhost\r\n\r\n",
    b"SECRET\r\n\r\n",
    b"G\xc3\x89T /SECRET HTTP/1.1\r\n\r\n",
    b"POST /consultation/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: SECRET\r\n\r\n",
    b"POST /consultation/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n",
    b"POST /consultation/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: SECRET\r\n\r\n",
    b"GET /" + b"SECRET" * 2000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /contact/ HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"SECRET" * 3000 + b"\r\n\r\n",
    *(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nReferer: /SECRET\r\n\r\n".encode() for address in SPELLINGS),
)


def test_nothing_sent_to_the_real_server_reaches_its_log(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "CLINIC_VAR": str(tmp_path / "var"), "PORT": str(port), "WEB_WORKERS": "1",
        "PRESS_MEGABYTES": "0",
    }  # fmt: skip
    log = (tmp_path / "log").open("wb")
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "clinic_site.wsgi"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)
    try:
        answers = [ask(port, sent) for sent in BROKEN]
    finally:
        server.terminate()
        server.wait(20)
        log.close()
    told = (tmp_path / "log").read_text(errors="replace")
    assert all(answer.startswith(b"HTTP/1.1 ") for answer in answers), answers
    assert "A request was refused (Invalid" in told
    assert [line for line in told.splitlines() if "secret" in line.lower()] == []


def ask(port: int, sent: bytes) -> bytes:
    """Send bytes as they are to the server, as soon as it listens, and return how it begins to answer."""
    end = time.monotonic() + 60
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(sent)
                with contextlib.suppress(ConnectionResetError):
                    return connection.recv(12)
                return b"HTTP/1.1 reset"
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_no_header_of_a_caller_moves_the_site_below_another_address() -> None:
    config = Config()
    values = runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))
    for name in {"forwarder_headers", "header_map"} & values.keys():
        config.set(name, values[name])
    sent = b"GET /es/about/ HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /es\r\nPATH_INFO: /staff/\r\n\r\n"
    request = next(RequestParser(config, [sent], ("127.0.0.1", 50_000)))
    assert [name for name, _value in request.headers] == ["HOST"]
