"""The site as a clinic runs it: what `deploy/` says, with the paths, the ports and the certificate of one test."""

import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.browser.conftest import Site, answers, free_port, wait_until
from tests.day.mail_server import MailServer

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
DOMAIN = "clinic.example.org"  # the name that deploy/ uses
CLINIC = """
telephone = "+1 416 555 0123"
email = "desk@clinic.example.org"
address = ["12 Sample Street", "Sampletown"]
country = "CA"
timezone = "America/Toronto"

[hours]
monday = ["00:00-23:59"]
tuesday = ["00:00-23:59"]
wednesday = ["00:00-23:59"]
thursday = ["00:00-23:59"]
friday = ["00:00-23:59"]
saturday = ["00:00-23:59"]
sunday = ["00:00-23:59"]
"""


class Stack(Site):
    """nginx with TLS, gunicorn, the worker and a mail server. What systemd would do, its methods do."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home, self.mail_server = home, MailServer()
        self.web_port, self.http_port, self.https_port = free_port(), free_port(), free_port()
        var = home / "var"
        var.mkdir(mode=0o700, parents=True)
        (var / "clinic.toml").write_text(CLINIC)
        super().__init__(f"https://{DOMAIN}", {**self._environment(var), **database_url_of(database_url)})
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def _environment(self, var: Path) -> dict[str, str]:
        """Return deploy/clinic.env.example filled in, and what systemd gives a service."""
        lines = (DEPLOY / "clinic.env.example").read_text().splitlines()
        example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.mail_server.port), "EMAIL_SECURITY": "none"}
        return {
            **kept,
            **example,
            **mail,
            "CLINIC_VAR": str(var),
            "PORT": str(self.web_port),
            "SUBMITS_PER_HOUR": "100",
        }

    # --- starting and stopping ----------------------------------------------------------------------------------
    def start(self) -> None:
        """Start everything, as on a morning."""
        self.mail_server.start()
        self.manage("prepare", "--no-port-check")
        self.start_web()
        self.start_worker()
        self.start_nginx()

    def start_web(self) -> None:
        """Start gunicorn as its unit says, and wait until it is ready."""
        self.launch("web", of_unit("clinic-web.service"))
        wait_until(lambda: answers(f"http://127.0.0.1:{self.web_port}/readyz"))

    def start_worker(self) -> None:
        """Start the worker as its unit says."""
        self.launch("worker", of_unit("clinic-worker.service"))

    def start_nginx(self) -> None:
        """Start nginx with deploy/nginx.conf inside a plain http block, which logs as Debian's does."""
        certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={DOMAIN}"]
        files = ["-keyout", str(self.home / "key.pem"), "-out", str(self.certificate)]
        command = ["openssl", *certificate, "-addext", f"subjectAltName=DNS:{DOMAIN}", *files]
        subprocess.run(command, check=True, capture_output=True)
        (self.home / "site.conf").write_text(self._nginx_site())
        main = self.home / "nginx.conf"
        main.write_text(nginx_main(self.home))
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
        assert nginx, "nginx is missing; `make test` installs it"
        self.launch("nginx", [nginx, "-p", str(self.home), "-c", str(main), "-g", "daemon off;"])
        wait_until(lambda: self.is_listening(self.https_port))

    def _nginx_site(self) -> str:
        text = (DEPLOY / "nginx.conf").read_text()
        ports = {"80": self.http_port, "443": self.https_port}
        text = re.sub(r"listen (80|443)", lambda found: f"listen 127.0.0.1:{ports[found[1]]}", text)
        places = {
            "127.0.0.1:8000": f"127.0.0.1:{self.web_port}",
            "/etc/ssl/clinic/": f"{self.home}/",
            "/etc/nginx/clinic-proxy.conf": str(DEPLOY / "nginx-proxy.conf"),
            "/var/cache/nginx/clinic": str(self.home / "cache"),
            "/var/log/nginx": str(self.home),
        }
        for there, here in places.items():
            text = text.replace(there, here)
        return text

    @property
    def certificate(self) -> Path:
        """Return the file of the certificate that was made on the spot."""
        return self.home / "fullchain.pem"

    def launch(self, name: str, command: list[str]) -> None:
        """Start one process in a group of its own; what it says goes into a log of its name."""
        self.run(command, log=f"{name}.log")
        self.running[name] = self.processes[-1]

    def kill(self, name: str) -> None:
        """End a process at once, as a crash does; its children are left to themselves."""
        process = self.running.pop(name)
        process.kill()
        process.wait()
        self.processes.remove(process)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to one process."""
        self.running[name].send_signal(number)

    def stop(self) -> None:
        """Stop everything and leave no child behind."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.processes.clear()
        self.mail_server.stop()

    # --- asking ---------------------------------------------------------------------------------------------------
    def is_listening(self, port: int) -> bool:
        """Return True when nginx answers on a port."""
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.connect()
            connection.close()
        except OSError:
            return False
        return True

    @property
    def handlers(self) -> list[urllib.request.BaseHandler]:
        """Return what lets a plain client reach https://clinic.example.org here."""
        return [Nearby(self.https_port, self.certificate)]

    def log_lines(self) -> list[str]:
        """Return every line that any process of the site wrote."""
        logs = [*self.home.glob("*.log"), *self.var.glob("*.log")]
        return [f"{log.name}: {line}" for log in logs for line in log.read_text(errors="replace").splitlines()]

    def wait_for_mail(self, address: str, number: int = 1, seconds: float = 20) -> list[Any]:
        """Return the mails to an address as soon as there are so many."""
        wait_until(lambda: len(self.mail_server.to(address)) >= number, seconds)
        return list(self.mail_server.to(address))

    def hurry(self) -> None:
        """Let waiting messages be due now, instead of after the pause that a failed try brings."""
        self.ask(
            "OutboxMessage.objects.waiting().update(send_after=__import__('datetime').datetime.now("
            "__import__('datetime').UTC), leased_until=None)"
        )


class Nearby(urllib.request.HTTPSHandler):
    """Opens https addresses of the clinic at a port of this machine, and trusts the certificate made on the spot."""

    def __init__(self, port: int, certificate: Path) -> None:
        super().__init__()
        self.port, self.trust = port, ssl.create_default_context(cafile=str(certificate))

    def https_open(self, req: urllib.request.Request) -> Any:
        connection: Any = partial(_NearbyConnection, port_here=self.port, trust=self.trust)
        return self.do_open(connection, req)


class _NearbyConnection(HTTPSConnection):
    def __init__(self, host: str, *, port_here: int, trust: ssl.SSLContext, **kwargs: Any) -> None:
        super().__init__(host, context=trust, **kwargs)
        self._port_here, self._trust = port_here, trust

    def connect(self) -> None:
        plain = HTTPConnection("127.0.0.1", self._port_here, timeout=self.timeout)
        plain.connect()
        assert plain.sock is not None
        self.sock = self._trust.wrap_socket(plain.sock, server_hostname=self.host)


def database_url_of(url: str) -> dict[str, str]:
    """Return the setting of the database: none for SQLite."""
    return {"DATABASE_URL": url} if url else {}


def of_unit(name: str) -> list[str]:
    """Return the command that a systemd unit starts, with this machine's Python."""
    found = re.search(r"^ExecStart=(.+)$", (DEPLOY / name).read_text(), re.M)
    assert found is not None
    return found[1].replace("/srv/clinic/site/.venv/bin/", f"{Path(sys.executable).parent}/").split()


def nginx_main(home: Path) -> str:
    """Return what stands around a site in /etc/nginx/nginx.conf, for one folder."""
    user = "user root;\n" if os.geteuid() == 0 else ""  # the test's folder is closed to others
    temporary = "".join(f"{kind}_temp_path {home}/tmp-{kind};\n" for kind in ("client_body", "proxy", "fastcgi"))
    more = "".join(f"{kind}_temp_path {home}/tmp-{kind};\n" for kind in ("uwsgi", "scgi"))
    logs = f"access_log {home}/nginx-access.log;\n"
    return (
        f"{user}pid {home}/nginx.pid;\nerror_log {home}/nginx-error.log;\nworker_processes 2;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}{more}{logs}include {home}/site.conf;\n}}\n"
    )


def eventually(holds: Callable[[], bool], seconds: float, words: str) -> None:
    """Wait until something holds. Raises AssertionError with `words` when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, words
        time.sleep(0.1)
