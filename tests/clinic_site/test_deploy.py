"""What stands in `deploy/` fits the site: the real nginx, set up as we say, writes nothing that a caller sent."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.serving import READ_SECONDS
from clinic_site.supervisor import STOP_SECONDS
from tests.clinic_site.test_logs import SPELLINGS

DEPLOY = Path(settings.BASE_DIR, "deploy")
NAME = "clinic.example.org"
AROUND = """
daemon off;
user root;
pid {home}/pid;
error_log {home}/main.log info;
events {{}}
http {{
    access_log {home}/main-access.log;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/clinic.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """nginx as it runs: its ports, and the folder that holds all its logs."""

    plain: int
    secure: int
    home: Path

    def ask(self, sent: bytes, *, tls: bool, name: str = NAME) -> bytes:
        """Send bytes as they are and return the whole answer; nothing where the connection was refused."""
        answer = b""
        trusting = ssl._create_unverified_context()  # its certificate was made a moment ago
        with ExitStack() as open_ones, suppress(ssl.SSLError, ConnectionError):
            port = self.secure if tls else self.plain
            talk = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            if tls:
                talk = open_ones.enter_context(trusting.wrap_socket(talk, server_hostname=name))
            talk.sendall(sent)
            while part := talk.recv(65536):
                answer += part
        return answer

    def logs(self) -> str:
        """Return all that was written down."""
        return "\n".join(log.read_text(errors="replace") for log in sorted(self.home.glob("*.log")))


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Start nginx with the shipped file before a site that does not answer, the most talkative case."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    assert nginx, "nginx is not installed; bin/test installs it"
    home = tmp_path_factory.mktemp("nginx")
    plain, secure, dead = free_ports(3)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", home / "key.pem", "-out", home / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text()
    for shipped, here in {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "/etc/ssl/clinic": str(home),
        "/var/cache/nginx": str(home),
        "/var/log/nginx": str(home),
        "/etc/nginx/clinic-proxy.conf": str(DEPLOY / "nginx-proxy.conf"),
        "127.0.0.1:8000": f"127.0.0.1:{dead}",
    }.items():
        assert shipped in text, f"deploy/nginx.conf no longer says {shipped}"
        text = text.replace(shipped, here)
    (home / "clinic.conf").write_text(text)
    (home / "nginx.conf").write_text(AROUND.format(home=home))
    server = subprocess.Popen([nginx, "-c", home / "nginx.conf", "-e", home / "start.log"])
    running = Proxy(plain, secure, home)
    try:
        end = time.monotonic() + 20
        while not running.ask(request("/", NAME), tls=True):
            assert time.monotonic() < end, running.logs()
            time.sleep(0.05)
        yield running
    finally:
        server.terminate()
        server.wait(10)


def request(address: str, host: str, more: str = "") -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n".encode()


def test_nginx_writes_nothing_that_a_caller_sent(proxy: Proxy) -> None:
    for tls in (False, True):
        for address in SPELLINGS:
            answer = proxy.ask(request(address, NAME, "Referer: https://other.example/SECRET\r\n"), tls=tls)
            assert answer.startswith(b"HTTP/1.1 "), address
        for host in ("SECRET.example", "SECRET example", "", "[SECRET", f"{NAME}\r\nSECRET(: x"):
            proxy.ask(request("/request/SECRET/", host), tls=tls)
        proxy.ask(b"SECRET\r\n\r\n", tls=tls)
        proxy.ask(b"GET /SECRET\r\n\r\n", tls=tls)
        proxy.ask(b"SECRETS /SECRET HTTP/1.1\r\nHost: x\r\n\r\n", tls=tls)
        proxy.ask(request("/" + "SECRET" * 3000, NAME), tls=tls)
        proxy.ask(b"POST / HTTP/1.1\r\nHost: clinic.example.org\r\nContent-Length: SECRET\r\n\r\n", tls=tls)
    proxy.ask(b"GET /SECRET HTTP/1.1\r\n\r\n", tls=True, name="secret.example")
    told = proxy.logs()
    assert " 502 " in told, "what failed can still be seen"
    assert [line for line in told.splitlines() if "secret" in line.lower()] == []
    assert "127.0.0.1" not in (proxy.home / "clinic.log").read_text()


def test_nginx_sends_nobody_to_a_host_that_a_caller_named(proxy: Proxy) -> None:
    assert proxy.ask(request("/contact/", "evil.example"), tls=False) == b""
    assert f"Location: https://{NAME}/contact/\r\n".encode() in proxy.ask(request("/contact/", NAME), tls=False)


def test_systemd_waits_as_long_as_gunicorn_may_need_to_stop() -> None:
    grace = int(re.findall(r"^graceful_timeout = (\d+)", (DEPLOY / "gunicorn.conf.py").read_text(), re.MULTILINE)[0])
    patience = int(re.findall(r"^TimeoutStopSec=(\d+)", (DEPLOY / "clinic-web.service").read_text(), re.MULTILINE)[0])
    assert READ_SECONDS + settings.DATABASES["default"]["OPTIONS"]["timeout"] < grace < STOP_SECONDS < patience
    assert patience > 2 * grace  # a reload may have begun just before
