"""What all pages stand on, seen together: each statement about PIT with its pages, each source with its pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from education.markdown.evidence import STEPS
from education.navigation import Entry, Site
from education.ways import a_to_z, ways

NEARNESS: dict[str, str | Promise] = {
    "same": _("The same technique"),
    "related": _("A related technique"),
    "different": _("A different injection"),
    "no study": _("No study in people"),
}
"""How near the method that was studied is to PIT, the reader's first question about any study."""


@dataclass(frozen=True)
class Claim:
    """One statement about PIT: its words, how sure we are, what stands behind it, and the pages that make it."""

    id: str
    text: str
    grade: str | Promise
    nearness: str | Promise
    sources: list[dict[str, Any]]
    pages: list[Entry]


@dataclass(frozen=True)
class Elsewhere:
    """A claim that others make and we do not, and why."""

    claim: str
    why: str
    sources: list[dict[str, Any]]


@dataclass
class CitedSource:
    """One source and the pages that cite it."""

    key: str
    html: SafeString
    pages: list[Entry] = field(default_factory=list)


def ledger(front: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """Return what the page of kind `claims` shows: its claims with their pages, and what is said elsewhere only."""
    grades = dict(STEPS)
    claims = [
        Claim(
            id=claim["id"],
            text=claim["text"],
            grade=grades.get(claim.get("grade", ""), ""),
            nearness=NEARNESS[claim["nearness"]],
            sources=known_sources(claim.get("sources") or (), front),
            pages=[entry for entry in site.entries if claim["id"] in (entry.front.get("uses") or ())],
        )
        for claim in front.get("claims") or ()
    ]
    elsewhere = [
        Elsewhere(claim["claim"], claim["why"], known_sources(claim.get("sources") or (), front))
        for claim in front.get("elsewhere") or ()
    ]
    return {"claims": claims, "elsewhere": elsewhere}


def known_sources(keys: Iterable[str], front: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of these keys as a page numbers them, without those that it does not cite."""
    numbered = {source["key"]: source for source in front.get("sources", ())}
    return [numbered[key] for key in keys if key in numbered]


def register(front: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """Return what the page of kind `sources` shows: every source that a published page cites, with these pages."""
    cited: dict[str, CitedSource] = {}
    for entry in site.entries:
        for source in entry.front.get("sources") or ():
            html = mark_safe(source["html"])  # noqa: S308 - made from escaped parts when the page was saved
            cited.setdefault(source["key"], CitedSource(source["key"], html)).pages.append(entry)
    return {"register": sorted(cited.values(), key=lambda source: source.key)}


OVERVIEWS = {"claims": ledger, "sources": register, "conditions": ways, "a-to-z": a_to_z}
"""What pages of some kinds show besides their own words."""
