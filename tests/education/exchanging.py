"""What tests of the exchange do again and again: bring, write out, change on the site, withdraw."""

from datetime import timedelta

from education.exchange import Report, import_folder
from education.export import export_folder
from education.models import Edition, Page, PageEvent, Revision
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder

LATER = NOW + timedelta(hours=1)


def bring(folder: Folder, *, dry_run: bool = False, take: str = "") -> Report:
    return import_folder(folder.root, dry_run=dry_run, take=take, at=NOW)


def write_out(folder: Folder, *, dry_run: bool = False, take: str = "") -> Report:
    return export_folder(folder.root, dry_run=dry_run, take=take, at=NOW)


def page_at(path: str) -> Page:
    return Page.objects.get(language="en", path=path)


def knee() -> Page:
    return page_at("conditions/knee")


def change_on_site(text: str, *, published: bool = False, path: str = "conditions/knee") -> Revision:
    revision = save_text(page_at(path), text, author=None, note="On the site", at=LATER)
    if published:
        publish(revision, by=None, at=LATER)
    return revision


def withdraw_on_site(path: str, by: object) -> None:
    """Take a page from patients as a member of staff does."""
    page = page_at(path)
    revision = page.published
    page.published = page.published_by = page.published_at = None
    page.withdrawn_at, page.withdrawn_because = LATER, "We found a mistake."
    page.save()
    Revision.objects.filter(pk=revision.pk).update(state=Revision.State.SUPERSEDED)
    PageEvent.objects.create(page=page, revision=revision, kind="withdrawn", at=LATER, by=by)
    Edition.move_on()


def contents(folder: Folder) -> dict[str, bytes]:
    """Return every file of a folder, byte for byte."""
    return {
        place.relative_to(folder.root).as_posix(): place.read_bytes()
        for place in sorted(folder.root.rglob("*"))
        if place.is_file()
    }
