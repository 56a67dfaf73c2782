"""The front matter of a page: what it may hold, by kind of page."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import yaml

from education.areas import BY_KEY
from education.fields import Key, Note, Reader, day, list_of, mapping, one_of, text, text_or_off, whole

KINDS = ("page", "home", "hub", "condition", "urgent", "glossary", "contact")
GRADES = ("none", "very low", "low", "moderate", "high")
CERTAINTIES = ("well-known", "known-in-places", "idea")

EVIDENCE = mapping(
    {
        "grade": Key(one_of(*GRADES), required=True),
        "label": Key(text(characters=80), required=True),
        "studies": Key(text(words=45), required=True),
        "searched": Key(text(characters=30)),
    }
)
CAUSE = mapping(
    {
        "id": Key(text(characters=40), required=True),
        "title": Key(text(characters=80), required=True),
        "text": Key(text(words=60), required=True),
        "certainty": Key(one_of(*CERTAINTIES), required=True),
        "certainty_label": Key(text(characters=60), required=True),
        "drawing": Key(text(characters=40), required=True),
    }
)


def _panel(*, with_text: bool) -> Reader:
    keys = {"title": Key(text(characters=100), required=True)}
    return mapping(keys | {"text": Key(text(words=80), required=True)} if with_text else keys)


SECTIONS = mapping(
    {
        "causes": Key(_panel(with_text=True), required=True),
        "conditions": Key(_panel(with_text=True), required=True),
        "visit": Key(_panel(with_text=False), required=True),
    }
)
KEYS = {
    "title": Key(text(characters=100), required=True),
    "short_title": Key(text(characters=40)),
    "kind": Key(one_of(*KINDS)),
    "order": Key(whole),
    "message": Key(text(words=45), required=True),
    "summary": Key(text(characters=160), required=True),
    "lede": Key(text(words=45), required=True),
    "updated": Key(day, required=True),
    "area": Key(one_of(*BY_KEY)),
    "evidence": Key(EVIDENCE),
    "related": Key(list_of(text())),
    "ask": Key(text_or_off),
    "causes": Key(list_of(CAUSE)),
    "sections": Key(SECTIONS),
    "closing": Key(_panel(with_text=True)),
}
ONLY_FOR = {"sections": ("home",), "closing": ("home",), "evidence": ("condition",), "area": ("condition", "hub")}
NEEDED_BY = {"condition": ("area", "evidence"), "home": ("sections", "closing")}


@dataclass(frozen=True)
class Front:
    """A page's front matter, read and found good."""

    title: str = ""
    message: str = ""
    summary: str = ""
    lede: str = ""
    updated: date = date.min
    short_title: str = ""
    kind: str = "page"
    order: int = 0
    area: str = ""
    evidence: dict[str, str] = field(default_factory=dict)
    related: list[str] = field(default_factory=list)
    ask: str | bool = ""
    causes: list[dict[str, str]] = field(default_factory=list)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The short title where there is one, for navigation and lists."""
        return self.short_title or self.title

    def plain(self) -> dict[str, Any]:
        """Return it as plain data that JSON can hold."""
        return asdict(self) | {"updated": self.updated.isoformat(), "label": self.label}


def read_front(yaml_text: str, note: Note) -> tuple[Front, dict[str, int]]:
    """Read front matter, telling `note` each fault. Returns it with the line (from 0) of each key it has."""
    try:
        node = yaml.compose(yaml_text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        note(mark.line if mark else 0, f"the front matter cannot be read: {error.problem or error.context}.")
        return Front(), {}
    except (yaml.YAMLError, RecursionError, ValueError):
        note(0, "the front matter cannot be read.")
        return Front(), {}
    if not isinstance(node, yaml.MappingNode):
        note(0, "the front matter is empty; it needs at least: title, order, message, summary, lede, updated.")
        return Front(), {}
    front = Front(**mapping(KEYS)(node, "front matter", note))
    lines = {key.value: key.start_mark.line for key, _value in node.value if isinstance(key, yaml.ScalarNode)}
    _check_kind(front, lines, note)
    return front, lines


def _check_kind(front: Front, lines: dict[str, int], note: Note) -> None:
    for key, kinds in ONLY_FOR.items():
        if key in lines and front.kind not in kinds:
            note(lines[key], f"{key} is only for pages of kind {' or '.join(kinds)}; this one is {front.kind}.")
    for key in NEEDED_BY.get(front.kind, ()):
        if key not in lines:
            note(0, f"a page of kind {front.kind} needs {key}.")
    if "order" not in lines and front.kind != "home":
        note(0, "order is missing: a whole number, the page's place among its neighbours.")
