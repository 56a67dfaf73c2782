"""Ways to find a condition or a word: by place on the body, by how sure we are, from A to Z."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise

from education.areas import AREAS
from education.markdown.evidence import STEPS
from education.navigation import Entry, Site


@dataclass(frozen=True)
class Among:
    """Conditions that belong together, under one name."""

    label: str | Promise
    conditions: Sequence[Entry]


@dataclass(frozen=True)
class Listed:
    """One line of an A to Z: a condition with its page, or a word with its place in the glossary."""

    label: str
    url: str
    is_condition: bool

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return sort_key(self.label)[:1].upper()


def sort_key(label: str) -> str:
    """Return words as an A to Z sorts them: without accents, whether large or small."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(letter)
    )


def by_place(conditions: Iterable[Entry]) -> list[Among]:
    """Return the conditions of each place on the body, head to foot; places without any are left out."""
    conditions = list(conditions)
    groups = [Among(area.label, [entry for entry in conditions if entry.area == area.key]) for area in AREAS]
    return [group for group in groups if group.conditions]


def by_certainty(conditions: Iterable[Entry]) -> list[Among]:
    """Return the conditions of each grade, the surest first; a grade without any is named, too."""
    conditions = list(conditions)
    return [Among(label, [entry for entry in conditions if entry.grade == grade]) for grade, label in reversed(STEPS)]


def ways(front: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """Return what the page of kind `conditions` offers."""
    by_name = sorted(site.conditions, key=lambda entry: sort_key(entry.title))
    return {
        "by_place": by_place(site.conditions),
        "by_name": by_name,
        "by_certainty": by_certainty(site.conditions),
    }


def a_to_z(front: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """Return what the page of kind `a-to-z` lists: every condition and every explained word, by letter."""
    listed = [Listed(entry.title, entry.url, is_condition=True) for entry in site.conditions]
    for entry in site.entries:
        terms = entry.front.get("terms") or ()
        listed += [Listed(term["term"], f"{entry.url}#{term['id']}", is_condition=False) for term in terms]
    listed.sort(key=lambda each: (sort_key(each.label), not each.is_condition))
    return {"letters": [(letter, list(found)) for letter, found in groupby(listed, lambda each: each.letter)]}
