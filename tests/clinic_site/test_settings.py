"""The site starts safely or says in one sentence why it does not start."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ASK = "from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, sorted(s.ALLOWED_HOSTS))"


def start(var: Path, ask: str = ASK, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, as a start would, and ask a few of them."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", ask],
        cwd=settings.BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "clinic_site.settings", "CLINIC_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_first_start_makes_keys_that_only_the_owner_can_read(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    keys = sorted((tmp_path / "keys").iterdir())
    assert [key.name for key in keys] == ["field_key", "index_key", "secret_key"]
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_what_the_site_writes_is_for_its_own_user_alone(tmp_path: Path) -> None:
    make = "from django.conf import settings as s; s.SITE_URL; (s.VAR_DIR / 'new').touch(); import sys; sys.exit()"
    start(tmp_path / "var", ask=make)
    assert stat.S_IMODE((tmp_path / "var" / "new").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_cookies_of_an_https_site_are_bound_to_it(tmp_path: Path) -> None:
    ask = "from django.conf import settings as s; print(s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_AGE)"
    told = start(tmp_path, ask=ask, SITE_URL="https://clinic.example.org").stdout
    assert told == "__Host-csrf __Secure-session 86400\n"


def test_finished_pages_are_not_kept_where_templates_are_written(tmp_path: Path) -> None:
    ask = "from django.conf import settings as s; print(s.PRESS_BYTES)"
    room = [start(tmp_path, ask=ask, **more).stdout for more in ({}, {"PRESS_MEGABYTES": "2"}, {"DEBUG": "yes"})]
    assert room == ["32000000\n", "2000000\n", "0\n"]


def test_a_second_start_keeps_the_keys(tmp_path: Path) -> None:
    start(tmp_path)
    before = {key.name: key.read_text() for key in (tmp_path / "keys").iterdir()}
    start(tmp_path)
    assert before == {key.name: key.read_text() for key in (tmp_path / "keys").iterdir()}


def test_debug_is_off_and_only_this_machine_is_served_by_default(tmp_path: Path) -> None:
    assert start(tmp_path).stdout == "False False ['127.0.0.1', 'localhost']\n"


def test_an_https_site_serves_its_own_name_with_secure_cookies(tmp_path: Path) -> None:
    assert start(tmp_path, SITE_URL="https://clinic.example.org").stdout == "False True ['clinic.example.org']\n"


def test_further_hosts_are_answered_beside_the_site_s_own(tmp_path: Path) -> None:
    answer = start(tmp_path, SITE_URL="https://clinic.example.org", ALLOWED_HOSTS="www.example.org, old.example.org")
    assert answer.stdout.endswith("['clinic.example.org', 'old.example.org', 'www.example.org']\n")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "flase", "DEBUG"),
        ("RETENTION_DAYS", "soon", "RETENTION_DAYS"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES"),
        ("SITE_URL", "www.example.org", "SITE_URL"),
        ("EMAIL_SECURITY", "yes", "EMAIL_SECURITY"),
        ("MINORS", "perhaps", "MINORS"),
        ("DATABASE_URL", "oracel://x", "DATABASE_URL"),
        ("FIELD_KEYS", "short", "FIELD_KEYS"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(tmp_path: Path, name: str, value: str, words: str) -> None:
    answer = start(tmp_path, **{name: value})
    assert answer.returncode != 0
    assert answer.stderr.startswith("The site cannot start.")
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


def test_several_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    answer = start(tmp_path, DEBUG="flase", RETENTION_DAYS="soon")
    assert "DEBUG" in answer.stderr
    assert "RETENTION_DAYS" in answer.stderr


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "CLINIC_VAR": str(tmp_path), "SITE_URL": "https://clinic.example.org"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout + answer.stderr == "System check identified no issues (0 silenced).\n"


def test_a_lost_key_is_never_made_anew_where_there_is_data(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "clinic.sqlite3").write_bytes(b"SQLite format 3\0")
    for name, setting in (("field_key", "FIELD_KEY"), ("index_key", "INDEX_KEY")):
        kept = (tmp_path / "keys" / name).read_text()
        (tmp_path / "keys" / name).unlink()
        answer = start(tmp_path)
        assert answer.returncode == 3  # by which gunicorn's master knows that trying again is of no use
        assert answer.stderr.startswith(f"The site cannot start. The key {setting} is lost")
        assert "keys/" + name in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
        assert not (tmp_path / "keys" / name).exists()
        (tmp_path / "keys" / name).write_text(kept)
    (tmp_path / "keys" / "secret_key").unlink()  # with it go the sessions and nothing else
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "keys" / "secret_key").exists()


def test_no_key_is_made_while_the_database_cannot_be_asked_for_data(tmp_path: Path) -> None:
    answer = start(tmp_path, DATABASE_URL=f"postgres://nobody@{str(tmp_path).replace('/', '%2F')}/clinic")
    assert answer.stderr.startswith("The site cannot start. There is no key")
    assert not (tmp_path / "keys" / "field_key").exists()


NUMBERS = ("", "soon", "-1", "0", "9" * 20)
WRONG = {
    **dict.fromkeys(
        (
            "DRAFT_HOURS",
            "REPLY_WITHIN_HOURS",
            "RETENTION_DAYS",
            "REVIEW_GRACE_DAYS",
            "SUBMITS_PER_HOUR",
            "EMAIL_PORT",
            "PRESS_MEGABYTES",
            "TRUSTED_PROXIES",
            "WEB_WORKERS",
            "WEB_THREADS",
        ),
        NUMBERS,
    ),
    **dict.fromkeys(("DEBUG", "ASK_TOPIC", "ASK_MESSAGE", "REQUESTS_OPEN"), ("", "flase", "2")),
    **dict.fromkeys(("MINORS", "EMAIL_SECURITY"), ("", "perhaps", "TLS ")),
    "SITE_URL": (
        "",
        "www.example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/clinic",
        "https://a b.org",
        "https://example.org:99999",
        "https://example.org?x",
        "https://münchen.example",
        "https://u@example.org",
        "http://[::1]:8000",
        "https://[::1",
        "https://-.org",
        "HTTPS://Example.ORG/",
    ),
    "ALLOWED_HOSTS": (
        "*",
        "https://example.org",
        "a b;c",
        "www.example.org, old.example.org",
        "münchen.example",
        "a..b",
        ",",
    ),
    "STAFF_PATH": ("", "/", "../x", "request", "es", "static/x", "Staff room", "clinic/desk", "ä"),
    "EMAIL_HOST": (
        "smtp://mail.example.org",
        "mail.example.org:587",
        "mail example",
        "münchen.example",
        "-",
        "::1",
        "a..b",
    ),
    "EMAIL_USER": ("clinic", "zoë"),
    "EMAIL_PASSWORD": ("invented", "pässwort"),
    "EMAIL_FROM": (
        "",
        "Nova, Integrated Health <desk@clinic.example>",
        "Zoë’s Clinic <desk@clinic.example>",
        "desk",
        "desk@",
        "<>",
        "desk@münchen.example",
        "zoë@clinic.example",
        "=?utf-8?q??=@example.com",
        "=?utf-8?q?a?= <desk@clinic.example>",
        "a@b.example, c@d.example",
        "A <a@b.example> x",
        "A\r\nBcc: b <a@b.example>",
        "a@b..c",
        "a..b@c.example",
        '"Nova" <desk@clinic.example>',
        "(comment) desk@clinic.example",
        "desk@[127.0.0.1]",
        "A \\ <a@b.example>",
        "x" * 65 + "@clinic.example",
    ),
    "STAFF_NOTICE_EMAILS": (
        "desk@clinic.example; lead@clinic.example",
        "desk@clinic.example lead@clinic.example",
        "desk",
        "Desk <desk@clinic.example>; Lead <lead@clinic.example>",
        '"Desk, Front" <desk@clinic.example>',
        "zoë@clinic.example",
        "desk@münchen.example",
        "=?utf-8?q??=@example.com",
        "desk@clinic.example,,",
        "<desk@clinic.example",
        "desk@clinic@b.example",
        "desk@clinic.example\r\nBcc: b@c.example",
        ";",
        "desk@-.example",
        "Desk, Front <desk@clinic.example>",
    ),
    "DATABASE_URL": ("", "oracel://x", "postgres:///", "nothing", "sqlite:///nowhere/at/all/x.sqlite3"),
    "FIELD_KEYS": ("short", ",", "a,b"),
    "CLINIC_VAR": ("/proc/nowhere", "/dev/null"),
}
READ = {
    "STAFF_NOTICE_EMAILS": "desk@clinic.example; lead@clinic.example",
    "EMAIL_FROM": "Nova, Integrated Health <desk@clinic.example>",
    "SITE_URL": "https://münchen.example",
}
"""What people write and what is meant can be told: it is taken, not refused."""


def test_a_wrong_setting_is_refused_by_its_name_or_does_no_harm(tmp_path: Path) -> None:
    cases = [(name, value) for name, values in WRONG.items() for value in values]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.clinic_site.sweep"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "CLINIC_VAR": str(tmp_path)},
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ran.stdout)
    sentence = re.compile(r"refused: The site cannot start\. .*")
    harm = [
        case
        for case in told
        if case[2] != "serves" and not (sentence.match(case[2]) and case[0].split("_S")[0] in case[2])
    ]
    assert harm == []
    assert {name: how for name, value, how in told if READ.get(name) == value} == dict.fromkeys(READ, "serves")


def test_every_setting_of_the_table_is_tried_with_wrong_values() -> None:
    table = (
        (Path(settings.BASE_DIR) / "docs/operations.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    )
    named = set(re.findall(r"`([A-Z]{2,}_?[A-Z_]*)`", " ".join(re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE))))
    shown = {"HOST", "PORT"}  # test_start.py tries them: the start binds the place
    assert named - {"SECRET_KEY", "INDEX_KEY"} - shown <= WRONG.keys()  # any text is a key
