"""What docs/operations.md says of backups is run line by line, on files and databases of the test's own."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

DOCUMENT = Path(settings.BASE_DIR, "docs", "operations.md").read_text()
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "POSTGRES_BIN") if name in os.environ}


def lines_of(recipe: str, place: Path) -> str:
    """Return the shell lines of a recipe, with the places and the users of the machine that runs this."""
    marked = re.search(rf"<!-- {re.escape(recipe)} -->\n\n((?:    .*\n)+)", DOCUMENT)
    assert marked is not None, recipe
    script = re.sub("^    ", "", marked[1], flags=re.MULTILINE)
    for ours, theirs in (
        ("/srv/clinic", str(place)),
        ("/backup", str(place / "backup")),
        ("/etc/clinic.env", str(place / "clinic.env")),
        (" -o clinic -g clinic", ""),
    ):
        script = script.replace(ours, theirs)
    script = re.sub(r"runuser -u \w+ -- ", "", script)
    script = re.sub(r"day=2026-11-30", "day=$(date +%F)", script)
    return f'set -eu\nsystemctl() {{ echo "systemctl $*"; }}\n{script}'


def run(script: str, place: Path, **environment: str) -> str:
    """Run shell lines in a shell of their own and return what they printed."""
    command = ["sh", "-c", script]
    done = subprocess.run(
        command, cwd=place, env={**KEPT, **environment}, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty machine, as far as the recipes look."""
    for name in ("var", "var/media", "var/keys", "backup"):
        (tmp_path / name).mkdir()
    (tmp_path / "var/media/zzyx.webp").write_text("picture")
    (tmp_path / "var/keys/field_key").write_text("secret")
    (tmp_path / "backup/clinic-2020-01-01.sqlite3").touch()
    os.utime(tmp_path / "backup/clinic-2020-01-01.sqlite3", (0, 0))
    return tmp_path


def crashed_with(rows: int, file: Path) -> None:
    """Leave a database as a crash leaves it: `rows` rows, the last of them in its write-ahead log only."""
    with closing(sqlite3.connect(file.with_name("live"))) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE IF NOT EXISTS request (id INTEGER PRIMARY KEY)")
        live.commit()
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        live.executemany("INSERT INTO request VALUES (?)", [(number,) for number in range(rows)])
        live.commit()
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{file.with_name('live')}{end}", f"{file}{end}")
    file.with_name("live").unlink()


def rows_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(opened.execute("SELECT count(*) FROM request").fetchone()[0])


def test_a_backup_of_sqlite_comes_back_without_what_was_written_after_it(place: Path) -> None:
    database = place / "var/clinic.sqlite3"
    crashed_with(4, database)
    run(lines_of("backup: SQLite", place), place)
    run(lines_of("backup: SQLite", place), place)  # a second time on the same day
    saved = sorted(path.name for path in (place / "backup").iterdir())
    assert [re.sub(r"\d{4}-\d\d-\d\d", "DAY", name) for name in saved] == ["clinic-DAY.sqlite3", "files-DAY.tar"]
    assert {path.stat().st_mode & 0o077 for path in (place / "backup").iterdir()} == {0}
    listed = subprocess.run(["tar", "-tf", place / "backup" / saved[1]], capture_output=True, text=True, check=True)
    assert "media/zzyx.webp" in listed.stdout
    assert not re.search("key|sqlite", listed.stdout)

    for name in ("clinic.sqlite3", "clinic.sqlite3-wal", "clinic.sqlite3-shm", "media/zzyx.webp"):
        (place / "var" / name).unlink(missing_ok=True)
    crashed_with(10, database)
    said = run(lines_of("restore: SQLite", place), place)
    assert said.splitlines() == ["systemctl stop clinic-web clinic-worker", "systemctl start clinic-web clinic-worker"]
    assert rows_in(database) == 4
    assert database.stat().st_mode & 0o777 == 0o600
    assert (place / "var/media/zzyx.webp").read_text() == "picture"
    (old,) = place.glob("before-restore-*")
    assert rows_in(old / "clinic.sqlite3") == 10


def test_an_old_log_beside_a_backup_would_be_read_into_it(place: Path) -> None:
    """Why the recipe moves three files: SQLite itself does this, so the test above would see the difference."""
    database = place / "var/clinic.sqlite3"
    crashed_with(4, database)
    run(lines_of("backup: SQLite", place), place)
    crashed_with(10, database)
    (copy,) = place.glob("backup/*.sqlite3")
    shutil.copy(copy, database)
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("SELECT count(*) FROM request").fetchone() != (4,)


def test_a_backup_of_postgresql_comes_back(place: Path) -> None:
    story = f"""
set -eu
export PGHOST=$(dirname "$(echo "$DATABASE_URL" | sed 's|.*@||; s|%2F|/|g')") PGUSER=postgres
echo "DATABASE_URL=$DATABASE_URL" > {place}/clinic.env
createuser clinic
psql -qc 'CREATE TABLE request (id integer)' -c 'INSERT INTO request SELECT generate_series(1, 4)' clinic
sh -c "$BACKUP"
psql -qc 'INSERT INTO request SELECT generate_series(5, 10)' clinic
sh -c "$RESTORE"
psql -Atc 'SELECT count(*) FROM request' clinic
psql -Atlc '' | grep -c clinic_before_
"""
    recipes = {name.upper(): lines_of(f"{name}: PostgreSQL", place) for name in ("backup", "restore")}
    with_postgres = Path(settings.BASE_DIR, "bin", "with-postgres")
    (place / "story").write_text(story)
    said = run(f"{with_postgres} sh {place}/story", place, **recipes).splitlines()
    assert said[-2:] == ["4", "1"], said
    assert list(place.glob("backup/clinic-*.dump"))
