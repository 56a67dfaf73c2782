"""The three-way comparison: the file, the site, and the words that both last agreed on."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.db.models import Max

from education.glossary import GLOSSARY
from education.library import File, Files, Place
from education.markdown import fingerprint
from education.models import Page, Revision
from education.models.revision import text_digest


class State(Enum):
    """How a file and the page at its place stand to each other."""

    SAME = "same"
    NEW = "new"
    CHANGED_IN_FILE = "changed in the file"
    CHANGED_ON_SITE = "changed on the site"
    CONFLICT = "changed in both"
    GONE = "file gone"
    SITE_ONLY = "on the site only"


SENTENCES = {
    State.NEW: "{file}: new, becomes {url}",
    State.CHANGED_IN_FILE: "{file}: changed, becomes {url}",
    State.CHANGED_ON_SITE: "{file}: {url} was changed on the site and stays as it is",
    State.CONFLICT: "{file}: {url} was changed in the file and on the site; nothing was overwritten",
    State.GONE: "{url}: its file is gone, so patients no longer see it; its words are kept",
    State.SITE_ONLY: "{url}: is on the site only and stays as it is",
}


@dataclass(frozen=True)
class Difference:
    """One place, and how file and site differ there."""

    key: Place
    state: State
    file: str = ""
    text: str = ""
    page: Page | None = None
    newest: Revision | None = None
    adopt: bool = False
    """File and site hold the same words but did not know of each other."""
    stale: bool = False
    """Its published words were rendered with sources, glossary or facts that have changed since."""

    @property
    def needs_work(self) -> bool:
        return self.state in {State.NEW, State.CHANGED_IN_FILE, State.GONE} or self.adopt or self.stale

    @property
    def sentence(self) -> str:
        """What to tell the person who imports; nothing when all is the same."""
        language, path = self.key
        return SENTENCES.get(self.state, "").format(
            file=self.file, url=Page(language=language, path=path).get_absolute_url()
        )


def compare(found: Files, folder: Path, *, lock: bool = False) -> list[Difference]:
    """Return every place of files and site with its state, in the order of their addresses."""
    pages = _pages(lock=lock)
    newest = _newest()
    fresh = _fingerprints(found, pages, folder)
    differences = []
    for key in sorted(found.keys() | pages.keys()):
        page = pages.get(key)
        file, text = found.get(key, File())
        last = newest.get(page.pk) if page else None
        state, adopt = _state(text if key in found else None, page, last)
        stale = bool(page and page.published and page.published.rendered_with != fresh.get(key[0]))
        if state is State.GONE and page and page.published is None:
            continue
        if state is not State.SITE_ONLY or (page and page.published):
            differences.append(Difference(key, state, file, text, page, last, adopt, stale and state is not State.GONE))
    return differences


def _state(text: str | None, page: Page | None, newest: Revision | None) -> tuple[State, bool]:
    if text is None:
        return (State.GONE if _from_file(page, newest) else State.SITE_ONLY), False
    if page is None or newest is None:
        return State.NEW, False
    digest = text_digest(text)
    if digest == newest.digest:
        published = page.published is not None and page.published.digest == digest
        agreed = page.exchanged is not None and page.exchanged.digest == digest
        return (State.SAME, not agreed) if published else (State.CHANGED_IN_FILE, False)
    if page.exchanged is None:
        return State.CONFLICT, False
    file_changed, site_changed = digest != page.exchanged.digest, newest.digest != page.exchanged.digest
    if file_changed and site_changed:
        return State.CONFLICT, False
    return (State.CHANGED_IN_FILE if file_changed else State.CHANGED_ON_SITE), False


def _from_file(page: Page | None, newest: Revision | None) -> bool:
    """Say if a page came from a file and nobody changed it on the site since."""
    return bool(page and page.exchanged and newest and newest.digest == page.exchanged.digest)


def _pages(*, lock: bool) -> dict[Place, Page]:
    pages = Page.objects.select_related("published", "exchanged")
    if lock:
        pages = pages.select_for_update(of=("self",))
    return {(page.language, page.path): page for page in pages}


def _newest() -> dict[int, Revision]:
    """Return the revision saved last, by page."""
    last = Revision.objects.values("page").annotate(last=Max("pk")).values("last")
    return {revision.page_id: revision for revision in Revision.objects.filter(pk__in=last)}


def _fingerprints(found: Files, pages: dict[Place, Page], folder: Path) -> dict[str, str]:
    """Return what each language would be rendered with now."""
    fresh = {}
    for language in {language for language, _path in found.keys() | pages.keys()}:
        page = pages.get((language, GLOSSARY))
        text = found.get((language, GLOSSARY), File()).text
        if page and page.published and page.exchanged and page.published.digest != page.exchanged.digest:
            text = page.published.text
        fresh[language] = fingerprint(text, folder=folder)
    return fresh
