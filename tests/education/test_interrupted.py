"""On a real file: an import that is killed leaves the old site or the new one, and two imports at once end well."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

PAGES, KILLS = 20, 6

STORY = f"""
import os, signal, sys, time
from pathlib import Path
from django.conf import settings
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from education.exchange import import_folder
from education.models import Edition, Page, PageEvent, Revision
from tests.education.conftest import write
call_command("migrate", verbosity=0)
root = Path(sys.argv[1])
settings.CONTENT_DIR = root

def put(version):
    names = ["index", *(f"page-{{number}}" for number in range({PAGES}))]
    for number, name in enumerate(names):
        kind = "kind: hub\\n" if name == "index" else ""
        kind += f"changes: [{{{{date: 2026-11-22, kind: wording, reason: Now {{version}}, act: no}}}}]\\n"
        body = f"## One\\n\\nVersion {{version}}.\\n"
        (root / "en" / f"{{name}}.md").write_text(write(name, body, order=number, more=kind))

def bring():
    import_folder(root, at=timezone.now())

def in_child(work):
    connection.close()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return child

def site():
    published = Page.objects.published()
    versions = {{page.words().text.split("Version ")[1].split(".")[0] for page in published}}
    shown = Revision.objects.filter(state="published").count()
    told = PageEvent.objects.filter(kind="published").count()
    return sorted(versions), len(published), shown, told, Revision.objects.count()

put(0)
start = time.perf_counter()
bring()
whole = time.perf_counter() - start
seen = [site()]
for number in range(1, {KILLS} + 1):
    put(number)
    child = in_child(bring)
    time.sleep(2 * whole * (number - 1) / {KILLS})
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    seen.append(site())
print(seen)

import sqlite3
from unittest import mock
from education import import_plan

def beside(*args, **named):
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)
    with other:
        other.execute("update education_edition set number = number")
    other.close()
    return work(*args, **named)

put("slowly")
work = import_plan.unfit
with mock.patch("education.import_plan.unfit", beside):
    bring()
print(site()[0])

put("together")
children = [in_child(bring) for _number in range(3)]
ends = [os.waitpid(child, 0)[1] for child in children]
print((ends, site()))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Tell the story in a process of its own, on a database file of its own."""
    var, root = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("content")
    (root / "en").mkdir()
    environment = {**os.environ, "CLINIC_VAR": str(var), "DJANGO_SETTINGS_MODULE": "clinic_site.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(root)],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr

    return [ast.literal_eval(line) for line in done.stdout.splitlines()[-3:]]


def test_an_import_killed_at_any_moment_leaves_the_old_site_or_the_new_one(told: list[Any]) -> None:
    seen = told[0]
    assert len(seen) == KILLS + 1
    for versions, published, shown, events, revisions in seen:
        assert len(versions) == 1, "never a mixture"
        assert (published, shown) == (PAGES + 1, PAGES + 1)
        assert revisions == events
        assert revisions % (PAGES + 1) == 0
    assert seen[1][0] == ["0"], "the first kill came too late to prove anything"


def test_patients_send_their_requests_while_an_import_is_made_ready(told: list[Any]) -> None:
    assert told[1] == ["slowly"], "another connection wrote at once, in the midst of the checks of each page"


def test_imports_at_the_same_moment_bring_each_page_once(told: list[Any]) -> None:
    ends, (versions, published, shown, events, revisions) = told[2]
    assert ends == [0, 0, 0]
    assert versions == ["together"]
    assert (published, shown, revisions % (PAGES + 1)) == (PAGES + 1, PAGES + 1, 0)
    assert events == revisions
    assert revisions == told[0][-1][-1] + 2 * (PAGES + 1)
