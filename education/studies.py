"""The studies that the site knows: one list in the front matter of the evidence page, from which all else is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from education.keys import NEARNESS
from education.ledger import NEARNESS as NEARNESS_WORDS
from education.ledger import known_sources
from education.navigation import Site

DESIGNS: dict[str, str | Promise] = {
    "dummy": gettext_lazy("with a dummy treatment"),
    "compared": gettext_lazy("no dummy treatment"),
    "alone": gettext_lazy("nobody to compare with"),
    "review": gettext_lazy("a review of other studies"),
}
"""How a study was made, in the words that stand beside its size."""
STEPS_AWAY = NEARNESS[:-1]
"""How near a study can be to PIT, nearest first."""


@dataclass(frozen=True)
class Study:
    """One study: what it is about, how large it is, how it was made, and how near its method is to PIT."""

    number: int
    """Its number on the evidence page, in the plot and beside it in the tables."""
    about: str
    nearness: str
    design: str
    given: str
    found: str
    limits: str
    sources: tuple[str, ...]
    page: str
    """The address of the page that tells about it."""
    year: str = ""
    count: int = 0
    """How many it counted; 0: we do not know."""
    counted: str = "people"
    conditions: tuple[str, ...] = ()
    """The paths of the condition pages that it is about."""

    @property
    def size(self) -> str:
        """Its size in words."""
        if not self.count:
            return _("size not known")
        words = {
            "people": ngettext("%(count)s person", "%(count)s people", self.count),
            "wrists": ngettext("%(count)s wrist", "%(count)s wrists", self.count),
            "hands": ngettext("%(count)s hand", "%(count)s hands", self.count),
            "tendons": ngettext("%(count)s tendon", "%(count)s tendons", self.count),
        }
        return words[self.counted] % {"count": number_format(self.count, force_grouping=True)}

    @property
    def url(self) -> str:
        """The address of its row in the tables."""
        return f"{self.page}#study-{self.number}"

    @property
    def made(self) -> str | Promise:
        """How it was made, in words."""
        return DESIGNS[self.design]


@dataclass(frozen=True)
class Group:
    """The studies that are equally near to PIT."""

    nearness: str
    studies: Sequence[Study]

    @property
    def label(self) -> str | Promise:
        """How near they are, in words."""
        return NEARNESS_WORDS[self.nearness]


def studies(site: Site) -> list[Study]:
    """Return every study that a page of a language lists, the nearest to PIT first."""
    listed = [entry | {"page": page.url} for page in site.entries for entry in page.front.get("studies") or ()]
    listed.sort(key=lambda entry: STEPS_AWAY.index(entry["nearness"]))
    return [_study(number, entry) for number, entry in enumerate(listed, start=1)]


def _study(number: int, entry: Mapping[str, Any]) -> Study:
    lists = {key: tuple(entry.get(key) or ()) for key in ("sources", "conditions")}
    return Study(number=number, **{**entry, **lists})


def grouped(found: Iterable[Study]) -> list[Group]:
    """Return studies by how near they are to PIT; a group without any says as much."""
    found = list(found)
    return [Group(near, [study for study in found if study.nearness == near]) for near in STEPS_AWAY]


def about(found: Iterable[Study], path: str) -> list[Study]:
    """Return the studies that are about the condition at a path."""
    return [study for study in found if path in study.conditions]


def cited(found: Iterable[Study], front: Mapping[str, Any]) -> list[tuple[Study, list[dict[str, Any]]]]:
    """Return studies, each with its sources as a page numbers them."""
    return [(study, known_sources(study.sources, front)) for study in found]
