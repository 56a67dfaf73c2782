"""The tree of published pages, from which navigation, breadcrumbs, hubs and lists follow. Kept per edition."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from education import edition
from education.areas import AREAS
from education.models import Page

_sites: dict[int, dict[str, "Site"]] = {}
"""The trees of the present edition, by language."""


@dataclass(frozen=True)
class Entry:
    """One published page as lists show it."""

    path: str
    url: str
    front: Mapping[str, Any] = field(repr=False)

    @property
    def title(self) -> str:
        return str(self.front.get("title", ""))

    @property
    def label(self) -> str:
        """The short title, for navigation and breadcrumbs."""
        return str(self.front.get("label") or self.title)

    @property
    def summary(self) -> str:
        return str(self.front.get("summary", ""))

    @property
    def kind(self) -> str:
        return str(self.front.get("kind", "page"))

    @property
    def order(self) -> int:
        return int(self.front.get("order", 0))

    @property
    def area(self) -> str:
        return str(self.front.get("area", ""))

    @property
    def grade(self) -> str:
        """The grade of a condition page: none, very low, low, moderate or high."""
        return str((self.front.get("evidence") or {}).get("grade", ""))

    @property
    def evidence_label(self) -> str:
        """How sure we are, in the plain words that lists show."""
        return str((self.front.get("evidence") or {}).get("label", ""))

    @property
    def updated(self) -> date:
        return date.fromisoformat(self.front["updated"])


class Site:
    """The pages of one language in one edition."""

    def __init__(self, entries: list[Entry]) -> None:
        self._by_path = {entry.path: entry for entry in sorted(entries, key=lambda entry: (entry.order, entry.title))}

    def page(self, path: str) -> Entry | None:
        """Return the page at a path, if it is published."""
        return self._by_path.get(path)

    def children(self, path: str) -> list[Entry]:
        """Return the pages directly below a path, in their order."""
        return [entry for entry in self._by_path.values() if entry.path and parent(entry.path) == path]

    def breadcrumb(self, path: str) -> list[Entry]:
        """Return the pages above a path, home first, without the page itself."""
        above: list[Entry] = []
        while path:
            path = parent(path)
            if path in self._by_path:
                above.insert(0, self._by_path[path])
        return above

    def previous_next(self, path: str) -> tuple[Entry | None, Entry | None]:
        """Return the neighbours of a page among the pages beside it."""
        beside = self.children(parent(path))
        paths = [entry.path for entry in beside]
        if not path or path not in paths:
            return None, None
        at = paths.index(path)
        return beside[at - 1] if at else None, beside[at + 1] if at + 1 < len(beside) else None

    @property
    def conditions(self) -> list[Entry]:
        """Return the condition pages in their order."""
        return [entry for entry in self._by_path.values() if entry.kind == "condition"]

    @property
    def areas(self) -> list[dict[str, Any]]:
        """Return the places of the body plate whose page is published, each with the address of its page."""
        known = [area for area in AREAS if area.page in self._by_path]
        return [{"key": area.key, "label": area.label, "url": self._by_path[area.page].url} for area in known]

    @property
    def causes(self) -> list[dict[str, str]]:
        """Return the ways in which a nerve may get sore, as their page tells them."""
        return [cause for entry in self._by_path.values() for cause in entry.front.get("causes") or ()]

    @property
    def entries(self) -> list[Entry]:
        """Return every published page."""
        return list(self._by_path.values())

    def related(self, entry: Entry) -> list[Entry]:
        """Return the pages that a page names as related, those that are published."""
        return [found for path in entry.front.get("related") or () if (found := self.page(path))]


def parent(path: str) -> str:
    """Return the path above a path."""
    return path.rpartition("/")[0]


@dataclass(frozen=True)
class Version:
    """The same page in one language: where it stands, or where its language says that it is not there yet."""

    language: str
    name: str
    """The language's own name."""
    url: str
    title: str = ""
    is_there: bool = True


def versions(path: str) -> list[Version]:
    """Return a page in every language of the site, the source first."""
    found = [(code, name, site(code).page(path)) for code, name in settings.LANGUAGES]
    return [
        Version(code, name, entry.url, entry.title) if entry else Version(code, name, url(code, path), is_there=False)
        for code, name, entry in found
    ]


def site(language: str) -> Site:
    """Return the tree of a language in the present edition."""
    number = edition.current()
    kept = _sites.get(number)
    if kept is None:
        kept = _read()
        _sites.clear()
        _sites[number] = kept
    return kept.get(language) or Site([])


def forget() -> None:
    """Read the tree again at the next question."""
    _sites.clear()
    edition.forget()


def url(language: str, path: str) -> str:
    """Return the address that a path has in a language, whether a page stands there or not."""
    return Page(language=language, path=path).get_absolute_url()


def _read() -> dict[str, Site]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    pages = Page.objects.filter(published__isnull=False).values_list("language", "path", "published__front")
    for language, path, front in pages:
        entries[language].append(Entry(path, url(language, path), front))
    return {language: Site(found) for language, found in entries.items()}
