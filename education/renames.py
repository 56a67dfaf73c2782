"""Which new files are pages that we know, under a new name: told by `was:`, or seen by the very same words."""

from collections.abc import Iterator, Mapping

from education.canonical import canonical
from education.library import Files, Place, look_at, old_paths
from education.models import Page, Revision
from education.models.revision import text_digest

Pages = dict[Place, Page]


def mark(revision: Revision | None) -> str:
    """Return a digest that is equal for equal words in canonical form; empty for no words."""
    return text_digest(canonical(revision.text)) if revision else ""


def renames(found: Files, pages: Pages, bases: Mapping[int, Revision | None]) -> Pages:
    """Return the pages that move, by their new place. Only to places where no page ever was."""
    left = {place: page for place, page in pages.items() if place not in found}
    moved: Pages = {}
    if not left:
        return moved
    new = sorted(found.keys() - pages.keys())
    for place in new:
        olds = [old for old in _named(place, found[place].text) if old in left]
        for old in sorted(olds, key=lambda old: left[old].published is None)[:1]:
            moved[place] = left.pop(old)
    same = {key: old for old, page in sorted(left.items()) for key in _words(page, bases.get(page.pk))}
    for place in new:
        origin = same.get((place[0], text_digest(found[place].text)))
        if place not in moved and origin in left:
            moved[place] = left.pop(origin)
    return moved


def _named(place: Place, text: str) -> list[Place]:
    language, path = place
    front = look_at(text, language=language, path=path, file="")[0].front
    return [(language, old) for old in old_paths(front)]


def _words(page: Page, base: Revision | None) -> Iterator[tuple[str, str]]:
    """Yield the words by which a page that came from a file is known again."""
    if base is not None:
        yield page.language, mark(base)
        yield page.language, mark(page.published)
