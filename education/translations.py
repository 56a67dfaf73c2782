"""How a translation stands to the text that it was made from: what changed there since, and who has to know."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Change = Mapping[str, Any]
LEDE = "lede"
"""The place of a change that stands in the opening words of a page."""


@dataclass(frozen=True)
class Lag:
    """What a translation has not taken over yet: the changes that readers of the source were told of, or mere words."""

    changes: tuple[Change, ...] = ()
    is_behind: bool = False
    """The source reads otherwise than the text that was translated."""

    @property
    def pressing(self) -> tuple[Change, ...]:
        """The changes that readers must see before they are translated."""
        return tuple(change for change in self.changes if is_pressing(change))

    @property
    def kinds(self) -> list[str]:
        """The kinds of the changes, the gravest first; `words` when nobody wrote down what changed."""
        found = {str(change.get("kind", "")) for change in self.changes}
        return [kind for kind in GRAVEST_FIRST if kind in found] or (["words"] if self.is_behind else [])


UP_TO_DATE = Lag()
GRAVEST_FIRST = ("safety", "correction", "evidence", "wording", "first")


def is_pressing(change: Change) -> bool:
    """Say whether readers of a translation must see a change at once: it is about safety, or about what they do."""
    return change.get("kind") == "safety" or bool(change.get("act"))


def lag(front: Mapping[str, Any], source_front: Mapping[str, Any], source_mark: str) -> Lag:
    """Return what a translation lacks, both given by their front matter, the source also by the mark of its text."""
    missing = missing_changes(source_front.get("changes") or (), front.get("changes") or ())
    return Lag(tuple(missing), bool(missing) or front.get("translated_from") != source_mark)


def missing_changes(source: Any, taken: Any) -> list[Change]:
    """Return the changes of the source that a translation does not name, in their order."""
    left = Counter(_same(change) for change in taken)
    missing = []
    for change in source:
        left[_same(change)] -= 1
        if left[_same(change)] < 0:
            missing.append(change)
    return missing


def _same(change: Change) -> tuple[str, str, bool, str]:
    """Return what a change has in common with its translation: all but its words."""
    told = str(change.get("date", "")), str(change.get("kind", "")), bool(change.get("act"))
    return (*told, str(change.get("where", "")))
