"""The three-way comparison: the file, the site, and the words that both last agreed on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from django.db.models import Max

from education.agreement import agreed
from education.glossary import GLOSSARY
from education.images import future_pictures, standings
from education.library import File, Files, Place
from education.markdown import fingerprint
from education.models import Page, PageEvent, Revision
from education.models.revision import text_digest
from education.pictures import Pictures
from education.renames import Pages, mark, renames


class State(Enum):
    """How a file and the page at its place stand to each other."""

    SAME = "same"
    NEW = "new"
    CHANGED_IN_FILE = "changed in the file"
    CHANGED_ON_SITE = "changed on the site"
    WITHDRAWN = "withdrawn on the site"
    CONFLICT = "changed in both"
    GONE = "file gone"
    SITE_ONLY = "on the site only"


NO_FILE = File()
FROM_FILE = frozenset({State.NEW, State.CHANGED_IN_FILE})


@dataclass(frozen=True)
class Difference:
    """One place, and how file and site differ there."""

    key: Place
    state: State
    file: File = NO_FILE
    page: Page | None = None
    newest: Revision | None = None
    base: Revision | None = None
    """The words that file and site last agreed on."""
    moved_from: str | None = None
    """The path that the page has on the site, when its file was renamed."""
    take: str = ""
    """Which side a person chose in a conflict: files or site."""
    stale: bool = False
    """Its published words were rendered with sources, glossary or facts that have changed since."""

    @property
    def adopt(self) -> bool:
        """File and site hold the same words but did not know of each other."""
        return self.state is State.SAME and mark(self.base) != text_digest(self.file.text)

    @property
    def is_drafted(self) -> bool:
        """Somebody wrote words on the site that patients do not see yet."""
        published = self.page.published if self.page else None
        return bool(published and self.newest and mark(self.newest) != mark(published))

    @property
    def brings(self) -> bool:
        """Say whether an import puts the words of the file before the patients."""
        return self.state in FROM_FILE or (self.take == "files" and bool(self.file.name))

    @property
    def needs_work(self) -> bool:
        """Say whether an import has to do anything here."""
        work = self.state in FROM_FILE or self.state is State.GONE or self.adopt or self.stale
        return work or bool(self.take) or self.moved_from is not None

    @property
    def future(self) -> str | None:
        """Return the words that patients will read here after an import."""
        if self.brings or self.state is State.SAME:
            return self.file.text
        if self.state is State.GONE or self.take == "files" or self.page is None or self.page.published is None:
            return None
        return self.page.published.text


def compare(
    found: Files, folder: Path, *, lock: bool = False, take: str = "", pictures: Pictures | None = None
) -> list[Difference]:
    """Return every place of files and site with its state, in the order of their addresses."""
    pages, newest = _pages(lock=lock), _newest()
    bases = agreed(folder, pages.values()) if found else {}  # an empty folder took nothing away: it is to be filled
    moved = renames(found, pages, bases)
    away = _taken_away(found, pages)
    here = {place: page for place, page in pages.items() if page not in moved.values()} | moved
    differences = []
    for key in sorted(found.keys() | here.keys()):
        page = here.get(key)
        last, base = (newest.get(page.pk), bases.get(page.pk)) if page else (None, None)
        state = _judge(found.get(key), page, last, base, away)
        if state is not None:
            chosen = take if state is State.CONFLICT else ""
            old = page.path if page and key in moved else None
            differences.append(Difference(key, state, found.get(key, NO_FILE), page, last, base, old, chosen))
    if pictures is None:
        pictures = future_pictures(standings(folder), take=take)
    return _with_stale(differences, folder, pictures)


def _judge(
    file: File | None, page: Page | None, newest: Revision | None, base: Revision | None, away: dict[int, int]
) -> State | None:
    """Return how file and page stand to each other; None when neither has anything to show."""
    if page is None or newest is None:
        return State.NEW if file else None
    published, last, agreed_on = mark(page.published), mark(newest), mark(base)
    if file is None:
        if not published:
            return None
        untouched = agreed_on == published == last
        return State.SITE_ONLY if base is None else State.GONE if untouched else State.CONFLICT
    words = text_digest(file.text)
    if not published:
        returns = away.get(page.pk) == newest.pk or bool(base and not page.withdrawn_at and agreed_on == last)
        return _judge_unpublished(page, words, last, agreed_on, returns=returns, by_file=page.pk in away)
    if words == published:
        return State.SAME
    if words == agreed_on:
        return State.CHANGED_ON_SITE
    return State.CHANGED_IN_FILE if words == last or agreed_on == published == last else State.CONFLICT


def _judge_unpublished(page: Page, words: str, last: str, agreed_on: str, *, returns: bool, by_file: bool) -> State:
    if page.withdrawn_at and not by_file:
        return State.WITHDRAWN if words == agreed_on else State.CONFLICT
    if words == last or returns:
        return State.CHANGED_IN_FILE
    return State.CHANGED_ON_SITE if words == agreed_on else State.CONFLICT


def _pages(*, lock: bool) -> Pages:
    pages = Page.objects.select_related("published", "exchanged").order_by("pk")
    if lock:
        pages = pages.select_for_update(of=("self",))
    return {(page.language, page.path): page for page in pages}


def _newest() -> dict[int, Revision]:
    """Return the revision saved last, by page."""
    kept = Revision.objects.exclude(state=Revision.State.ASIDE)
    last = kept.order_by().values("page").annotate(last=Max("pk")).values("last")
    return {revision.page_id: revision for revision in Revision.objects.filter(pk__in=last)}


def _taken_away(found: Files, pages: Pages) -> dict[int, int]:
    """Return which words were withdrawn because their file was gone, by page: with the file they come back."""
    withdrawn = {page.pk: page.withdrawn_at for place, page in pages.items() if page.withdrawn_at}
    if not withdrawn:
        return {}
    events = PageEvent.objects.filter(kind=PageEvent.Kind.WITHDRAWN, by=None, page__in=withdrawn)
    return {event.page_id: event.revision_id or 0 for event in events if event.at == withdrawn[event.page_id]}


def _with_stale(differences: list[Difference], folder: Path, pictures: Pictures) -> list[Difference]:
    """Return the differences with a mark on pages that were rendered with what has changed since."""
    fresh = _fingerprints(differences, folder, pictures)
    return [
        replace(each, stale=True)
        if each.page and each.page.published and each.page.published.rendered_with != fresh[each.key[0]]
        else each
        for each in differences
    ]


def _fingerprints(differences: Iterable[Difference], folder: Path, pictures: Pictures) -> dict[str, str]:
    """Return what each language is to be rendered with after an import."""
    texts = {each.key: each.future or "" for each in differences}
    glossaries = {language: texts.get((language, GLOSSARY), "") for language, _path in texts}
    return {
        language: fingerprint(words, folder=folder, pictures=pictures, language=language)
        for language, words in glossaries.items()
    }
