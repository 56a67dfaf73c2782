"""What the operator chooses, read once from the environment and refused whole when anything is wrong."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

from cryptography.fernet import Fernet
from environs import Env, EnvValidationError
from marshmallow.validate import Range

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


def own_folder(path: Path) -> Path:
    """Return the folder where the site writes. What this process makes from now on is for its own user alone."""
    os.umask(0o077)
    return path.resolve()


def whole(name: str, default: int) -> int:
    """Read a number that is not negative."""
    return env.int(name, default, validate=Range(min=0))


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
    if database["ENGINE"] == "django.db.backends.sqlite3":
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
