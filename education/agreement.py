"""The third side of the comparison: the words that a folder of files and the site last both had.

A folder beside the site's own (a copy, another checkout) has its own memory: what is exchanged with it must not make
the files of the site's own folder look as if somebody had changed them.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from education.models import Agreement, Page, Revision


def is_own(folder: Path) -> bool:
    """Say whether a folder is the one from which the site starts."""
    return folder.resolve() == Path(settings.CONTENT_DIR).resolve()


def agreed(folder: Path, pages: Iterable[Page]) -> dict[int, Revision | None]:
    """Return the words last agreed on, by page; a folder that is new to us counts as a copy of the site's own."""
    known = {page.pk: page.exchanged for page in pages}
    if not is_own(folder):
        rows = Agreement.objects.filter(folder=str(folder.resolve())).select_related("revision")
        known |= {row.page_id: row.revision for row in rows}
    return known


def agree(folder: Path, page: Page, revision: Revision | None) -> None:
    """Note that folder and site hold the same words now; none: that the folder has no such page any more."""
    if is_own(folder):
        page.exchanged = revision
        page.save(update_fields=["exchanged"])
        return
    Agreement.objects.update_or_create(page=page, folder=str(folder.resolve()), defaults={"revision": revision})
