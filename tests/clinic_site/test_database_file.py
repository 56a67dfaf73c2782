"""The database as the operator's own tools see it: plain SQLite, without a function that only Django knows."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

STORY = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

before = [("education", "0006_opinions_of_readers")]
call_command("migrate", *before[0], verbosity=0)
old = MigrationExecutor(connection).loader.project_state(before).apps
page = old.get_model("education", "Page").objects.create(language="en", path="zzyx")
revision = old.get_model("education", "Revision").objects.create(page=page, saved_at=timezone.now())
for day in (date(2025, 12, 1), date(2026, 1, 1)):
    old.get_model("education", "Opinion").objects.create(page=page, revision=revision, answer="yes", month=day, count=3)
call_command("migrate", verbosity=0)
from education.models.opinion import Opinion, month_of
kept = list(Opinion.objects.order_by("month").values_list("month", "count"))
assert kept == [(month_of(date(2025, 12, 9)), 3), (month_of(date(2026, 1, 31)), 3)], kept
"""


def run(var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python beside the site, with `var` as the folder that it writes."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "CLINIC_VAR": str(var), "DJANGO_SETTINGS_MODULE": "clinic_site.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a site of an earlier version began, brought up to date, with rows of that time."""
    var = tmp_path_factory.mktemp("var")
    done = run(var, "-c", STORY)
    assert done.returncode == 0, done.stderr
    return var / "clinic.sqlite3"


@pytest.fixture
def plain(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, opened as the `sqlite3` shell opens it."""
    with closing(sqlite3.connect(database)) as opened:
        yield opened


def test_no_table_index_or_check_needs_a_function_of_django(plain: sqlite3.Connection) -> None:
    """Table names end in a quote before the bracket; calls of a function do not."""
    shapes = plain.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    assert [(name, calls) for name, sql in shapes if (calls := re.findall(r"django_\w+\(", sql))] == []


def test_plain_sqlite_checks_and_copies_the_database(plain: sqlite3.Connection, tmp_path: Path) -> None:
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.execute("VACUUM INTO ?", [str(tmp_path / "copy.sqlite3")])
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM education_opinion").fetchone() == (2,)


LOCKED = """
import django; django.setup()
import sqlite3, time
from django.conf import settings
from django.db import connection
from clinic_site import health
health.LOCKED_FOR = 0
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
assert health.troubles(health.AT_THE_START) == []
health._wrote = None
other.execute("BEGIN IMMEDIATE")
assert health.troubles(health.AT_THE_START) == ["writing: OperationalError"]
other.execute("ROLLBACK")
assert health.troubles(health.AT_THE_START) == []
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)  # others wait as long as ever
"""


def test_a_database_that_somebody_else_locks_is_told(database: Path) -> None:
    done = run(database.parent, "-c", LOCKED)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("harm", ["a page in the middle", "the head"])
def test_a_start_over_a_damaged_file_is_refused_in_a_sentence(database: Path, tmp_path: Path, harm: str) -> None:
    var = tmp_path / "var"
    shutil.copytree(database.parent, var)
    with closing(sqlite3.connect(var / "clinic.sqlite3")) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = whole.execute("SELECT rootpage FROM sqlite_master WHERE name = 'education_opinion'").fetchone()[0]
        size = whole.execute("PRAGMA page_size").fetchone()[0]
    with (var / "clinic.sqlite3").open("r+b") as file:
        file.seek(0 if harm == "the head" else (root - 1) * size)
        file.write(b"\0" * 100)
    before = (var / "clinic.sqlite3").read_bytes()
    done = run(var, "manage.py", "prepare", "--no-port-check")
    assert done.returncode != 0
    assert "The database file is damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert (var / "clinic.sqlite3").read_bytes() == before
