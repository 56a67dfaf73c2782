"""Readers of front matter: each turns one YAML value into the type we want, or names its line and its fault."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

Note = Callable[[int, str], None]
"""Takes the line (of the front matter, from 0) and the words of one fault."""
Reader = Callable[[yaml.Node, str, Note], Any]
TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Key:
    """One key of a mapping: how its value is read, and whether it may be missing."""

    read: Reader
    required: bool = False


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line)


def _scalar(node: yaml.Node, kind: str) -> str | None:
    if isinstance(node, yaml.ScalarNode) and node.tag == f"{TAG}{kind}":
        return str(node.value)
    return None


def text(*, characters: int = 0, words: int = 0) -> Reader:
    """Read plain text on one line, not longer than told."""

    def read(node: yaml.Node, name: str, note: Note) -> str:
        value = (_scalar(node, "str") or "").strip()
        if not value:
            note(_line(node), f"{name} must be text; if it looks like a number, a date or yes/no, put it in quotes.")
        elif characters and len(value) > characters:
            note(_line(node), f"{name} has {len(value)} characters; at most {characters}.")
        elif words and len(value.split()) > words:
            note(_line(node), f"{name} has {len(value.split())} words; at most {words}.")
        return " ".join(value.split())

    return read


def one_of(*choices: str) -> Reader:
    """Read one of the given words."""

    def read(node: yaml.Node, name: str, note: Note) -> str:
        value = _scalar(node, "str")
        if value not in choices:
            note(_line(node), f"{name} must be one of: {', '.join(choices)}.")
        return value or ""

    return read


def whole(node: yaml.Node, name: str, note: Note) -> int:
    """Read a whole number."""
    value = _scalar(node, "int")
    if value is None or not value.lstrip("-").isdecimal() or len(value) > 9:
        note(_line(node), f"{name} must be a whole number.")
        return 0
    return int(value)


def day(node: yaml.Node, name: str, note: Note) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(getattr(node, "value", ""))
    except (TypeError, ValueError):
        note(_line(node), f"{name} must be a date, like 2026-11-22.")
        return date.min


def yes_or_no(node: yaml.Node, name: str, note: Note) -> bool:
    """Read yes or no."""
    value = _scalar(node, "bool")
    if value is None:
        note(_line(node), f"{name} must be yes or no.")
    return (value or "").lower() in {"yes", "true", "on"}


def text_or_off(node: yaml.Node, name: str, note: Note) -> str | bool:
    """Read text, or `false` for "leave it out"."""
    if _scalar(node, "bool") in ("false", "False", "no"):
        return False
    return str(text(characters=80)(node, name, note))


def list_of(read_item: Reader) -> Reader:
    """Read a list whose items are all of one kind."""

    def read(node: yaml.Node, name: str, note: Note) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            note(_line(node), f"{name} must be a list: one item a line, each beginning with a dash.")
            return []
        return [read_item(item, name, note) for item in node.value]

    return read


def mapping(keys: Mapping[str, Key]) -> Reader:
    """Read a mapping with exactly these keys."""

    def read(node: yaml.Node, name: str, note: Note) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            note(_line(node), f"{name} must hold {', '.join(keys)}.")
            return {}
        told: dict[str, Any] = {}
        for key_node, value in node.value:
            _read_key(keys, told, key_node, value, name, note)
        for key, wanted in keys.items():
            if wanted.required and key not in told:
                note(_line(node), f"{name}: {key} is missing.")
        return told

    return read


def _read_key(
    keys: Mapping[str, Key], told: dict[str, Any], key_node: yaml.Node, value: yaml.Node, name: str, note: Note
) -> None:
    key = getattr(key_node, "value", "")
    if not isinstance(key, str) or key not in keys:
        note(_line(key_node), f"{name}: there is no key called {str(key)[:40]!r}. Known keys: {', '.join(keys)}.")
    elif key in told:
        note(_line(key_node), f"{name}: {key} stands here a second time.")
    else:
        told[key] = keys[key].read(value, key, note)
