"""Files and site: what is in the files comes to the site, and nothing that anybody typed is overwritten silently."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from education.compare import Difference, State, compare
from education.faults import ContentError, Fault
from education.glossary import GLOSSARY
from education.library import File, Files, PageText, Place, check_together, look_at, read_files
from education.markdown import Context, Rendered, check_links, press, read_context
from education.models import Edition, Page, Revision
from education.revisions import keep, page_url, put_up, render_again

Pressed = dict[Place, tuple[Rendered, Context]]
"""Each page of the site to be, ready to print, and what it was rendered with."""

NOTE = "Brought in from the file {}."


@dataclass
class Report:
    """What an import or a comparison found and did."""

    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    changed: int = 0
    """How many pages patients now see differently."""


def check_folder(folder: Path) -> list[Fault]:
    """Return every fault of every file; needs no database."""
    found, faults = read_files(folder)
    return faults + _press_all({place: file.text for place, file in found.items()}, found, folder)[1]


def status(folder: Path) -> Report:
    """Say how files and site differ, changing nothing."""
    found, faults = read_files(folder)
    if faults:
        raise ContentError(faults)
    return _report(compare(found, folder))


def import_folder(folder: Path, *, dry_run: bool = False, at: datetime) -> Report:
    """Bring the files to the site in one transaction. Raises ContentError, changing nothing, if a file has a fault."""
    found, faults = read_files(folder)
    if faults:
        raise ContentError(faults)
    differences = compare(found, folder)
    if dry_run or not any(difference.needs_work for difference in differences):
        return _report(differences)
    with transaction.atomic():
        differences = compare(found, folder, lock=True)
        return _bring(differences, found, folder, at)


def _bring(differences: list[Difference], found: Files, folder: Path, at: datetime) -> Report:
    texts = {
        difference.key: text for difference in differences if (text := _future_text(difference, found)) is not None
    }
    pressed, faults = _press_all(texts, found, folder)
    mine = {file.name for place, file in found.items() if texts.get(place) == file.text}
    blocking = [fault for fault in faults if fault.file in mine]
    if blocking:
        raise ContentError(blocking)
    report = _report(differences)
    report.lines += [f"changed on the site, and no longer right: {fault}" for fault in sorted(set(faults))]
    for difference in differences:
        report.changed += _apply(difference, pressed, at)
    if report.changed:
        Edition.move_on()
    return report


def _future_text(difference: Difference, found: Files) -> str | None:
    """Return the words that patients will read at a place after the import."""
    if difference.state in {State.NEW, State.CHANGED_IN_FILE, State.SAME}:
        return found[difference.key].text
    if difference.state == State.GONE or difference.page is None or difference.page.published is None:
        return None
    return difference.page.published.text


def _press_all(texts: dict[Place, str], found: Files, folder: Path) -> tuple[Pressed, list[Fault]]:
    """Render every text of the site to be, and find every fault, links between pages included."""
    faults: list[Fault] = []
    pages: list[PageText] = []
    for (language, path), text in sorted(texts.items()):
        file = found.get((language, path), File())
        told = file.name if file.text == text else f"site {page_url(path)}"
        page, wrong = look_at(text, language=language, path=path, file=told)
        pages.append(page)
        faults += wrong
    faults += check_together(pages)
    pressed: Pressed = {}
    for language in sorted({page.language for page in pages}):
        faults += _press_language([page for page in pages if page.language == language], texts, folder, pressed)
    return pressed, sorted(set(faults))


def _press_language(pages: Iterable[PageText], texts: dict[Place, str], folder: Path, pressed: Pressed) -> list[Fault]:
    pages, faults = list(pages), []
    language = pages[0].language
    context = read_context(texts.get((language, GLOSSARY), ""), folder=folder, language=language)
    for page in pages:
        rendered, wrong = press(page, context=context)
        pressed[language, page.path] = rendered, context
        faults += wrong
    anchors = {page.url: pressed[language, page.path][0].anchors for page in pages}
    for page in pages:
        rendered = pressed[language, page.path][0]
        faults += check_links(page, rendered.links, rendered.anchors, anchors)
    return faults


def _apply(difference: Difference, pressed: Pressed, at: datetime) -> int:
    """Do what one difference asks for. Returns 1 if patients see the page differently now."""
    page = difference.page
    if difference.state in {State.NEW, State.CHANGED_IN_FILE}:
        _take_file(difference, pressed, at)
        return 1
    if difference.state == State.GONE and page is not None and page.published is not None:
        page.published = page.published_by = page.published_at = None
        page.save(update_fields=["published", "published_by", "published_at"])
        return 1
    if difference.adopt and page is not None:
        page.exchanged = difference.newest
        page.save(update_fields=["exchanged"])
    if page is not None and page.published is not None and difference.key in pressed:
        return _freshen(page.published, *pressed[difference.key])
    return 0


def _take_file(difference: Difference, pressed: Pressed, at: datetime) -> None:
    language, path = difference.key
    page = difference.page or Page.objects.create(language=language, path=path)
    rendered, context = pressed[difference.key]
    revision = difference.newest
    if revision is None or revision.text != difference.text:
        note = NOTE.format(difference.file)[:200]
        revision = keep(page, difference.text, rendered, context.fingerprint, author=None, note=note, at=at)
    page.exchanged = revision
    put_up(page, revision, by=None, at=at)


def _freshen(revision: Revision, rendered: Rendered, context: Context) -> int:
    """Render published words again if something outside their text changed."""
    if revision.rendered_with == context.fingerprint:
        return 0
    render_again(revision, rendered, context.fingerprint)
    return int(revision.html != rendered.html or revision.front != rendered.front)


def _report(differences: list[Difference]) -> Report:
    report = Report()
    for difference in differences:
        if difference.sentence:
            report.lines.append(difference.sentence)
        if difference.state == State.CONFLICT:
            report.conflicts.append(difference.sentence)
    return report
