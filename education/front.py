"""The front matter of a page: what it may hold, by kind of page."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import yaml

from education.fields import Note, mapping
from education.keys import KEYS, NEEDED_BY, ONLY_FOR


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
    review: date | None = None
    """When the page is to be checked again, unless a sign-off names another day."""
    offline: bool = False
    """A browser that once opened it, or another such page, can open it without a network."""
    when_overdue: str = ""
    """What stands in place of its benefit statements when nobody checked the page for long; signed with it."""
    changes: list[dict[str, Any]] = field(default_factory=list)
    """What changed for readers: date, kind, reason, and whether it changes what they should do (`act`)."""
    uses: list[str] = field(default_factory=list)
    """The ids of the ledger's claims that the page makes."""
    was: list[str] = field(default_factory=list)
    """Paths that the page had before."""
    claims: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: list[dict[str, Any]] = field(default_factory=list)
    studies: list[dict[str, Any]] = field(default_factory=list)
    """Every study that the site knows, the one home of its numbers and of how near its method is to PIT."""
    answers: list[dict[str, str]] = field(default_factory=list)
    """Why a warning of the checks is right to stay: its rule, the words it is about, the reason."""

    @property
    def label(self) -> str:
        """The short title where there is one, for navigation and lists."""
        return self.short_title or self.title

    def plain(self) -> dict[str, Any]:
        """Return it as plain data that JSON can hold."""
        review = self.review.isoformat() if self.review else ""
        changes = [change | {"date": change["date"].isoformat()} for change in self.changes if "date" in change]
        more = {"updated": self.updated.isoformat(), "label": self.label, "review": review, "changes": changes}
        return asdict(self) | more


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
