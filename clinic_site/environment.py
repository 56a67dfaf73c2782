"""What the operator chooses, read once from the environment and refused whole when anything is wrong."""

import os
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

from cryptography.fernet import Fernet
from environs import Env, EnvValidationError
from marshmallow.validate import Range

Value = TypeVar("Value")

TAKEN = frozenset(
    "static media request review search consultation feedback code healthz readyz en es treatment nerve-pain "
    "conditions questions glossary evidence urgent-help contact about".split()
)
"""Where a staff's path would hide pages."""

env = Env(eager=False)
"""Strict reader: it gathers every fault, and `refuse_faults` names them all at once."""


CANNOT_BOOT = 3
"""How a process ends that cannot start. gunicorn's master ends, too, when a worker ends so, and does not try again."""


def stop(sentence: str) -> NoReturn:
    """End the process with one clear sentence for the operator instead of a traceback."""
    sys.stderr.write(f"The site cannot start. {sentence}\n")
    sys.exit(CANNOT_BOOT)


def refuse_faults() -> None:
    """Stop with every wrong setting named, or let the start go on."""
    try:
        env.seal()
    except EnvValidationError as error:
        told = cast("Mapping[str, list[str]]", error.error_messages)
        faults = "; ".join(f"{name}: {' '.join(words)}" for name, words in sorted(told.items()))
        stop(f"Please mend these settings: {faults}")


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated setting, spaces around each word stripped."""
    return [word.strip() for word in env.str(name, default).split(",") if word.strip()]


def or_stop(reader: Callable[..., Value], *places: Path) -> Value:
    """Return what a reader makes of files. Stops with its own sentence when they cannot be used."""
    try:
        return reader(*places)
    except ValueError as error:
        stop(str(error))


def mail_account() -> tuple[str, str]:
    """Return name and password for the mail server. Stops at what could not sign in there."""
    name, password = env.str("EMAIL_USER", ""), env.str("EMAIL_PASSWORD", "")
    if not (name + password).isascii():
        stop("EMAIL_USER or EMAIL_PASSWORD holds letters that no mail server takes; choose ASCII letters")
    if bool(name) != bool(password):
        stop("EMAIL_USER and EMAIL_PASSWORD go together; set both or neither")
    return name, password


def staff_path(text: str) -> str:
    """Return where the staff's pages live, without slashes. Raises ValueError for what is no path, or taken."""
    path = text.strip("/ ")
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", path) or path.partition("/")[0] in TAKEN:
        raise ValueError("small letters, digits and dashes, and no address of the site itself")
    return path


def own_folder(path: Path) -> Path:
    """Return the folder where the site writes. What this process makes from now on is for its own user alone."""
    os.umask(0o077)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"CLINIC_VAR is {str(path)!r}, which cannot be used ({error.strerror}); name a folder of this user")
    return path.resolve()


def whole(name: str, default: int, *, least: int = 0, most: int) -> int:
    """Read a whole number within its range, both ends included."""
    sentence = f"write a whole number from {least} to {most}."
    return env.int(name, default, validate=Range(least, most, error=sentence))


def one_of(name: str, *choices: str) -> str:
    """Read one of a few words; the first is the default."""
    told = env.str(name, choices[0])
    if told not in choices:
        stop(f"{name} is {told!r}; write {' or '.join(choices)}")
    return told


def read(name: str, default: str, form: Callable[[str], Value], example: str) -> Value:
    """Read a setting into its form. Stops when it cannot have it."""
    told = env.str(name, default)
    try:
        return form(told)
    except ValueError as error:  # a UnicodeError says too much, and nothing to an operator
        why = "" if isinstance(error, UnicodeError) or str(error) == told else f" ({error})"
        stop(f"{name} is {told!r}{why}; write it like {example}")


def kept_key(name: str, folder: Path, make: Callable[[], str], database: Mapping[str, Any] | None = None) -> str:
    """Return the key `name` from the environment, else from `folder`, made there on the first start with mode 0600.

    Stops instead of making one when `database` holds data already: a new key could read nothing of it.
    """
    given = env.str(name, "").strip()
    if given:
        return given
    path = folder / name.lower()
    try:
        if not path.exists():
            if database and _holds_data(database) and not path.exists():  # another first start may be a step ahead
                stop(
                    f"The key {name} is lost: it is not set, and there is no file keys/{path.name}, but the database "
                    "holds data that was made with it. Put the key back from your copy; a new one could read nothing."
                )
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, make())
        return path.read_text().strip()
    except OSError as error:
        stop(f"The key file {path} cannot be used ({error.strerror}). Set {name}, or let this user read and write it.")


def _holds_data(database: Mapping[str, Any]) -> bool:
    """Say whether a site has begun to fill the database. Stops when it cannot be asked."""
    if "sqlite" in database["ENGINE"]:
        file = Path(database["NAME"])
        return file.is_file() and file.stat().st_size > 0
    import psycopg  # only here: who is on SQLite need not wait for it

    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: database[key] for name, key in names.items() if database.get(key)}
    try:
        with psycopg.connect(**given, **database.get("OPTIONS", {}), connect_timeout=5) as asked:
            return asked.execute("SELECT to_regclass('django_migrations')").fetchone() != (None,)
    except psycopg.Error:
        stop("There is no key, and the database does not say whether it needs an old one. Start the database first.")


def _write_once(path: Path, key: str) -> None:
    """Write a new key so that two processes that start together end up with the same one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(f"{key}\n")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # the other process was first: its key holds
    finally:
        draft.unlink()


def field_key() -> str:
    """Make a key for the encrypted fields."""
    return Fernet.generate_key().decode()


def field_keys(folder: Path, database: Mapping[str, Any]) -> list[str]:
    """Return the keys of the encrypted fields: the first writes, all of them read. Stops when one is none."""
    keys = words("FIELD_KEYS") or [kept_key("FIELD_KEY", folder, field_key, database)]
    for number, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            stop(f"Key {number} of FIELD_KEYS is no key. Leave FIELD_KEYS unset on a first start and one is made.")
    return keys


def random_key() -> str:
    """Make a key for signing and for keyed hashes."""
    return secrets.token_urlsafe(48)
