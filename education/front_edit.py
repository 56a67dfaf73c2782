"""Changes single keys of a page's front matter and leaves every other byte as its author wrote it."""

import textwrap
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from education.keys import KEYS
from education.library import FENCE
from education.plain_yaml import LONGEST_FRONT, PlainLoader

ORDER = list(KEYS)


class Parts(NamedTuple):
    """A text in three pieces that together are the text: the opening line, the front matter, the rest."""

    opening: str
    front: str
    rest: str

    @property
    def closing(self) -> str:
        """The line that ends the front matter."""
        return self.rest.partition("\n")[0]

    @property
    def body(self) -> str:
        """What stands below the front matter."""
        return self.rest.partition("\n")[2]


class _Dumper(yaml.SafeDumper):
    """Writes lists as we do, with their dashes indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def parts(text: str) -> Parts:
    """Take a text apart. A text without front matter is all body."""
    begin = text.removeprefix("\ufeff")
    start = len(text) - len(begin)
    opening = FENCE.match(begin)
    closing = FENCE.search(begin, opening.end()) if opening else None
    if opening is None or closing is None:
        return Parts("---\n", "", "---\n" + text)
    first, last = start + opening.end() + 1, start + closing.start()
    return Parts(text[:first], text[first:last], text[last:])


def with_body(text: str, body: str) -> str:
    """Return the text with other words below its front matter."""
    taken = parts(text)
    return text if taken.body == body else f"{taken.opening}{taken.front}{taken.closing}\n{body}"


def entries(front: str) -> dict[str, str]:
    """Return the front matter's top-level entries as they are written, by key. What cannot be read has none."""
    return {key: front[start:end] for key, (start, end, _value) in _places(front).items()}


def read(front: str) -> dict[str, Any]:
    """Return the front matter's values as plain data; {} when it cannot be read."""
    try:
        values = yaml.load(front, PlainLoader) if len(front) <= LONGEST_FRONT else {}  # noqa: S506 - a safe one
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def with_keys(text: str, values: Mapping[str, Any]) -> str:
    """Return the text with these top-level values in its front matter; None takes a key away.

    A key that has its value already stays as it is written, as do all other keys, comments and the order of lines.
    """
    taken = parts(text)
    old = read(taken.front)
    changed = {key: value for key, value in values.items() if not _same(old.get(key), value)}
    if not changed:
        return text
    front = taken.front
    for key, value in changed.items():
        front = _put(front, key, "" if value is None else _entry(front, key, value))
    wanted = {key: value for key, value in {**old, **changed}.items() if value is not None}
    got = read(front)
    if got.keys() != wanted.keys() or not all(
        _same(got[key], wanted[key]) for key in wanted
    ):  # anchors, flow style and the like: written afresh rather than wrongly
        front = dump(wanted)
    return taken.opening + front + taken.rest


def with_entries(text: str, written: Mapping[str, str]) -> str:
    """Return the text with entries of its front matter put in as somebody wrote them; "" takes one away."""
    taken = parts(text)
    front = taken.front
    for key, entry in written.items():
        front = _put(front, key, entry)
    return taken.opening + front + taken.rest


def dump(values: Mapping[str, Any]) -> str:
    """Write values as front matter."""
    return str(
        yaml.dump(
            dict(values),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=1_000_000,
            default_flow_style=False,
        )
    )


def _same(one: Any, other: Any) -> bool:
    """Say if two values are written alike; yes and 1, or 1 and "1", are not."""
    return bool(dump({"value": one}) == dump({"value": other}))


def _places(front: str) -> dict[str, tuple[int, int, yaml.Node]]:
    """Return where each top-level entry begins and ends, comments and blank lines below it left out."""
    try:
        node = yaml.compose(front, Loader=PlainLoader) if len(front) <= LONGEST_FRONT else None
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return {}
    lines = front.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    starts = [key.start_mark.line for key, _value in node.value] + [len(lines)]
    found = {}
    for at, (key, value) in enumerate(node.value):
        last = _last_line(lines, starts[at], starts[at + 1], value)
        found[str(key.value)] = (offsets[starts[at]], offsets[last], value)
    return found


def _last_line(lines: list[str], first: int, following: int, value: yaml.Node) -> int:
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        return following  # here even a line that begins with # belongs to the text
    while following > first + 1 and (not lines[following - 1].strip() or lines[following - 1].lstrip().startswith("#")):
        following -= 1
    return following


def _entry(front: str, key: str, value: Any) -> str:
    """Write an entry; beside a one-line value that it replaces, a comment stays."""
    written = dump({key: value})
    start, end, node = _places(front).get(key, (0, 0, None))
    if isinstance(node, yaml.SequenceNode) and (longer := _longer(front[start:end], node, key, value)):
        return longer
    is_line = (
        isinstance(node, yaml.ScalarNode) and node.start_mark.line == node.end_mark.line and written.count("\n") == 1
    )
    if node is None or not is_line or not node.value:
        return written
    return (
        front[start : node.start_mark.index]
        + written.partition(": ")[2].rstrip("\n")
        + front[node.end_mark.index : end]
    )


def _longer(entry: str, node: yaml.SequenceNode, key: str, value: Any) -> str:
    """Return a list with what is new below it, its own lines as they are written; "" if it changes otherwise."""
    old = read(entry).get(key)
    if node.flow_style or not old or not isinstance(value, list) or not _same(old, value[: len(old)]):
        return ""
    added = dump({key: value[len(old) :]}).partition("\n")[2]
    return entry + textwrap.indent(textwrap.dedent(added), " " * node.start_mark.column)


def _put(front: str, key: str, entry: str) -> str:
    """Replace the entry of a key, or put it in its usual place."""
    places = _places(front)
    entry = entry if not entry or entry.endswith("\n") else entry + "\n"
    if key in places:
        start, end, _node = places[key]
    else:
        before = ORDER[: ORDER.index(key)] if key in ORDER else ORDER
        start = end = max((places[each][1] for each in before if each in places), default=0)
    return front[:start] + entry + front[end:]
