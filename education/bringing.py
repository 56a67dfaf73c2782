"""What an import does at one place: moves, publishes, withdraws or renders a page again, and writes its history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from education.addresses import lead_here
from education.agreement import agree
from education.compare import Difference, State
from education.future import Pressed
from education.library import File, Place
from education.markdown import Rendered
from education.models import Page, PageEvent, Revision
from education.moves import call_off
from education.revisions import keep, look_over, put_up, render_again

NOTE = "Brought in from the file {}."
ASIDE = "Set aside: the file {}, when the words of the site were taken."
DRAFT = "Taken from the file {}."
Proof = tuple[Rendered, str]
"""Words of a file rendered as their page would show them now, and what with."""


@dataclass(frozen=True)
class Bringing:
    """One import under way: from which folder, with which finished pages, at which time."""

    folder: Path
    pressed: Pressed
    proofs: Mapping[Place, Proof]
    """Of the words that are to be set aside."""
    at: datetime

    def apply(self, difference: Difference) -> tuple[bool, list[str]]:
        """Do what one difference asks for. Returns if patients see a change, and what is to be told of it."""
        moved = self._move(difference)
        if difference.brings:
            return True, self._take_file(difference)
        page = difference.page
        if page is None:
            return False, []
        if difference.state is State.GONE or difference.take == "files":
            return self._take_away(page), []
        if difference.take == "site":
            aside = set_aside(page, difference.file, self.proofs.get(difference.key), at=self.at)
            agree(self.folder, page, aside)
        if difference.adopt:
            agree(self.folder, page, page.published)
        fresh = page.published is not None and self._freshen(page.published, difference)
        return fresh or moved, []

    def _move(self, difference: Difference) -> bool:
        page, old = difference.page, difference.moved_from
        if page is None or old is None:
            return False
        before = page.get_absolute_url()
        page.path = difference.key[1]
        page.save(update_fields=["path"])
        lead_here(page, [old])
        note = _("From %(old)s to %(new)s.") % {"old": before, "new": page.get_absolute_url()}
        self._tell(page, None, PageEvent.Kind.MOVED, note)
        return True

    def _take_file(self, difference: Difference) -> list[str]:
        language, path = difference.key
        page = difference.page or Page.objects.create(language=language, path=path)
        rendered, context = self.pressed[difference.key]
        revision, note = difference.newest, NOTE.format(difference.file.name)[:200]
        if revision is None or revision.text != difference.file.text:
            text = difference.file.text
            revision = keep(page, text, rendered, context.fingerprint, author=None, note=note, at=self.at)
        self._freshen(revision, difference)
        url = page.get_absolute_url()
        redirected = lead_here(page, old_paths_of(rendered))
        put_up(page, revision, by=None, at=self.at)
        self._tell(page, revision, PageEvent.Kind.PUBLISHED, note)
        call_off(page, _("Other words came from a file."), by=None, at=self.at)
        agree(self.folder, page, revision)
        return [f"{difference.file.name}: the old address /{old}/ leads to {url}" for old in redirected]

    def _take_away(self, page: Page) -> bool:
        revision = page.published
        with translation.override(page.language):
            reason = _("This page was taken away.")
        page.published = page.published_by = page.published_at = None
        page.withdrawn_at, page.withdrawn_because = self.at, reason
        page.save()
        agree(self.folder, page, None)
        if revision is not None:
            Revision.objects.filter(pk=revision.pk).update(state=Revision.State.SUPERSEDED)
        self._tell(page, revision, PageEvent.Kind.WITHDRAWN, reason)
        call_off(page, _("The page was withdrawn."), by=None, at=self.at)
        return True

    def _freshen(self, revision: Revision, difference: Difference) -> bool:
        """Render words again if something outside their text changed."""
        rendered, context = self.pressed.get(difference.key, (None, None))
        if rendered is None or context is None or revision.rendered_with == context.fingerprint:
            return False
        render_again(revision, rendered, context.fingerprint)
        return revision.html != rendered.html or revision.front != rendered.front

    def _tell(self, page: Page, revision: Revision | None, kind: str, note: str) -> None:
        PageEvent.objects.create(page=page, revision=revision, kind=kind, at=self.at, note=note[:300])


def proofs_of(differences: Iterable[Difference]) -> dict[Place, Proof]:
    """Render what settled conflicts set aside or keep as a draft, before anything is locked."""
    settled = (each for each in differences if each.take and each.file.name)
    return {each.key: _proof(each.page, each.file) for each in settled if each.page}


def _proof(page: Page, file: File) -> Proof:
    _words, rendered, context, _faults = look_over(page, file.text)
    return rendered, context.fingerprint


def set_aside(page: Page, file: File, proof: Proof | None, *, at: datetime, as_draft: bool = False) -> Revision | None:
    """Keep a file's words among the page's revisions without showing them to anybody; none when there is no file."""
    if not file.name:
        return None
    known = page.revisions.filter(text=file.text).order_by("-pk").first()
    if known is not None and not as_draft:
        return known
    rendered, fingerprint = proof or _proof(page, file)
    note = (DRAFT if as_draft else ASIDE).format(file.name)[:200]
    revision = keep(page, file.text, rendered, fingerprint, author=None, note=note, at=at)
    if not as_draft:
        Revision.objects.filter(pk=revision.pk).update(state=Revision.State.ASIDE)
    return revision


def old_paths_of(rendered: Rendered) -> list[str]:
    """Return the paths that finished words say their page had before."""
    return [path.strip("/ ") for path in rendered.front.get("was") or ()]
