"""A backup is made while the site runs, and restored into an empty place; a lost key is noticed at once."""

import os
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from tests.browser.conftest import Site, answers, free_port, wait_until
from tests.day.day import Day

NAMES = "sorted(r.name for r in ConsultationRequest.objects.all())"


def back_up_and_restore(day: Day) -> None:
    """What was restored is read with the kept keys, row by row, and is fit to be served."""
    place = day.stack.home / "restored"
    copy = _restored(day, place, _backup(day))
    names = day.stack.ask(NAMES)
    assert isinstance(names, list)
    assert len(names) == len(day.references)
    assert copy.ask(NAMES) == names
    copy.manage("prepare", "--no-port-check")
    copy.start()
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{copy.environment['PORT']}/readyz"))
    finally:
        copy.stop()


def notice_a_lost_key(day: Day) -> None:
    """Without the keys that sealed the data nothing starts, one sentence names the key, and no new one is made."""
    for key, word in (("field_key", "FIELD_KEY"), ("index_key", "INDEX_KEY")):
        place = day.stack.home / f"without-{key}"
        copy = _restored(day, place, _backup(day))
        (copy.var / "keys" / key).unlink()
        answer = subprocess.run(
            [str(_python()), "manage.py", "prepare", "--no-port-check"],
            cwd=settings.BASE_DIR,
            env=copy.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode != 0, key
        assert word in answer.stderr.upper(), answer.stderr
        assert "Traceback" not in answer.stderr
        assert not (copy.var / "keys" / key).exists()


def _python() -> Path:
    return Path(settings.BASE_DIR, ".venv", "bin", "python")


def _backup(day: Day) -> Path:
    """Back up with the database's own tools, which know nothing of Django."""
    url = day.stack.environment.get("DATABASE_URL")
    saved = day.stack.home / "backup"
    saved.unlink(missing_ok=True)
    if url:
        subprocess.run([_tool("pg_dump"), "--format=custom", f"--file={saved}", url], check=True, capture_output=True)
        return saved
    with sqlite3.connect(day.stack.var / "clinic.sqlite3") as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.execute("VACUUM INTO ?", (str(saved),))
    plain.close()
    return saved


def _restored(day: Day, place: Path, saved: Path) -> Site:
    """Return a site in a place of its own that holds the backup, the keys and the pictures."""
    place.mkdir(mode=0o700)
    for kept in ("keys", "media"):
        if (day.stack.var / kept).exists():
            shutil.copytree(day.stack.var / kept, place / kept)
    shutil.copy(day.stack.var / "clinic.toml", place)
    port = str(free_port())
    environment = {**day.stack.environment, "CLINIC_VAR": str(place), "PORT": port}
    if url := environment.get("DATABASE_URL"):
        name = place.name.replace("-", "_")
        environment["DATABASE_URL"] = fresh = f"{url.rpartition('/')[0]}/{name}"
        subprocess.run([_tool("psql"), url, "-qc", f'CREATE DATABASE "{name}"'], check=True, capture_output=True)
        subprocess.run([_tool("pg_restore"), "--no-owner", f"--dbname={fresh}", str(saved)], check=True)
    else:
        shutil.copy(saved, place / "clinic.sqlite3")
    return replace(Site("", environment), url=f"http://127.0.0.1:{port}")


def _tool(name: str) -> str:
    return str(Path(os.environ.get("POSTGRES_BIN", ""), name)) if os.environ.get("POSTGRES_BIN") else name
