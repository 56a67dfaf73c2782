"""A real site for a real browser: its own var/, gunicorn as in production, and eyes on what must never happen."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in this thread

PASSWORD = "tortoise-lantern-41"  # of invented people, on a site that lives for one test run
STAFF = {
    "ana": "Front desk",
    "ben": "Front desk",
    "cleo": "Clinician",
    "cora": "Clinician",
    "arlo": "Author",
    "mona": "Manager",
}


@dataclass
class Site:
    """A running site: where it is, and how to ask its database."""

    url: str
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def var(self) -> Path:
        """Return the folder that the site writes."""
        return Path(self.environment["CLINIC_VAR"])

    def manage(self, *arguments: str) -> str:
        """Run a management command on the site and return what it printed."""
        answer = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def ask(self, expression: str) -> object:
        """Return what a Python expression over the booking and education models gives, as JSON carries it."""
        code = (
            "import json; from booking.models import *; from education.models import *; "
            f"print(json.dumps({expression}, default=str))"
        )
        return json.loads(self.manage("shell", "--no-imports", "-c", code).splitlines()[-1])

    def start(self) -> None:
        """Start the web server and wait until it is ready."""
        command = [str(Path(sys.executable).with_name("gunicorn")), "--config", "deploy/gunicorn.conf.py"]
        self.run([*command, "clinic_site.wsgi"], log="web.log")
        wait_until(lambda: answers(f"{self.url}/readyz"))

    def run(self, command: list[str], *, log: str) -> None:
        """Start one of the site's processes, in a group of its own."""
        with (self.var / log).open("ab") as lines:
            self.processes.append(
                subprocess.Popen(
                    command,
                    cwd=settings.BASE_DIR,
                    env=self.environment,
                    stdout=lines,
                    stderr=lines,
                    start_new_session=True,
                )
            )

    def stop(self) -> None:
        """Stop every process that was started."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
        self.processes.clear()


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Return as soon as the condition holds. Raises AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Say whether a URL answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_site(var: Path, **environment: str) -> Site:
    """Prepare a site in `var`, as `make run` does, without starting it."""
    port = str(free_port())
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings_ = {"CLINIC_VAR": str(var), "PORT": port, "SITE_URL": f"http://127.0.0.1:{port}", "WEB_WORKERS": "2"}
    site = Site(f"http://127.0.0.1:{port}", {**kept, **settings_, "SUBMITS_PER_HOUR": "100000", **environment})
    site.manage("prepare")
    return site


def copy_prepared(factory: pytest.TempPathFactory, var: Path) -> None:
    """Fill `var` with a site that is prepared already. The processes of a run share one preparation."""
    base = factory.getbasetemp()
    common = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared-site"
    try:
        common.mkdir()
    except FileExistsError:
        wait_until((common / "ready").exists, seconds=120)
    else:
        environment = {**os.environ, "CLINIC_VAR": str(common / "var")}
        prepare = [sys.executable, "manage.py", "prepare", "--no-port-check"]
        subprocess.run(prepare, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)
        (common / "ready").touch()
    shutil.copytree(common / "var", var, dirs_exist_ok=True)


def hire(site: Site) -> None:
    """Give the site its invented staff, one or two of each role."""
    code = "from django.contrib.auth.models import *\n" + "\n".join(
        f"u = User.objects.create_user({name!r}, {name + '@example.org'!r}, {PASSWORD!r}, is_staff=True, "
        f"first_name={name.title()!r}); u.groups.add(Group.objects.get(name={role!r}))"
        for name, role in STAFF.items()
    )
    site.manage("shell", "-c", code)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with pages, staff and no request."""
    var = tmp_path_factory.mktemp("site")
    copy_prepared(tmp_path_factory, var)
    running = new_site(var)
    hire(running)
    running.start()
    yield running
    running.stop()


def launch_options(*switches: str) -> dict[str, Any]:
    """Return how to start the system's Chromium, quiet and without its own network traffic."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert executable, "Chromium is missing; `make test` installs it"
    quiet = "--disable-background-networking --disable-component-update --disable-sync --no-first-run"
    return {
        "executable_path": executable,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet.split(), *switches],
    }


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start it so for every test."""
    return launch_options()


Visit = Callable[..., Page]


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Open pages as somebody would: `visit("/risks/", width=320, theme="dark", javascript=False)`.

    Whatever is opened, nothing may break the content security policy, raise in a script, or ask a third party.
    """
    contexts: list[BrowserContext] = []
    seen: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if re.search(r"violates|Content Security Policy", message.text):
            seen.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:")):
            seen.append(f"third party: {request.url}")

    def open_(
        path: str, *, width: int = 1280, theme: str = "light", javascript: bool = True, signed_in: str = ""
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            reduced_motion="reduce",
            storage_state=signed_in or None,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", note_console)
        page.on("pageerror", lambda error: seen.append(f"script: {error}"))
        page.on("request", note_request)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture
def sign_in(site: Site, visit: Visit) -> Callable[..., Page]:
    """Sign in as one of the staff and stand in the admin. Who signed in once in this run stays so."""

    def sign_in_(name: str, path: str = "/staff/", **how: object) -> Page:
        kept = site.var / f"{name}.browser.json"
        if kept.exists():
            return visit(path, signed_in=str(kept), **how)
        page = visit(path, **how)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()  # a click does not wait for the page that it opens
        page.wait_for_load_state()
        page.context.storage_state(path=str(kept))
        return page

    return sign_in_


AXE_OPTIONS = "{resultTypes: ['violations'], preload: false}"  # it would inline what Django's forms.css imports
LOOKS = ((320, "light"), (1280, "dark"))


def findings(page: Page, looks: tuple[tuple[int, str], ...] = LOOKS) -> list[str]:
    """Return what is wrong with the page as it stands, in every look: what axe says, and what is too wide."""
    found = []
    page.wait_for_load_state()  # a click returns before the next page has a body
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        said = page.evaluate(f"axe.run({AXE_OPTIONS}).then(results => results.violations)")
        place = f"{page.url} at {width} px, {theme}: "
        found += [f"{place}{each['id']}: {each['nodes'][0]['html'][:160]}" for each in said]
        if over := overflow(page):
            found.append(f"{place}{over} px too wide")
    return found


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
