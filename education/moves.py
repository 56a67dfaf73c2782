"""The moves that words may make between a draft and the patients, and what each of them does to the rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from education.gates import is_signed, look
from education.history import sentence
from education.models import Edition, Page, PageEvent, Revision
from education.revisions import put_up, render_again

State, Kind = Revision.State, PageEvent.Kind

ALLOWED: dict[str, dict[str, str]] = {
    State.DRAFT: {
        Kind.SUBMITTED: State.REVIEW,
        Kind.SCHEDULED: State.SCHEDULED,
        Kind.PUBLISHED: State.PUBLISHED,
    },
    State.REVIEW: {
        Kind.RETURNED: State.DRAFT,
        Kind.SCHEDULED: State.SCHEDULED,
        Kind.PUBLISHED: State.PUBLISHED,
    },
    State.SCHEDULED: {Kind.UNSCHEDULED: State.REVIEW, Kind.PUBLISHED: State.PUBLISHED},
    State.PUBLISHED: {Kind.WITHDRAWN: State.SUPERSEDED},
    State.SUPERSEDED: {Kind.SCHEDULED: State.SCHEDULED, Kind.PUBLISHED: State.PUBLISHED},  # after a withdrawal
    State.ASIDE: {},
}
"""state of the words → move → state."""

WRITE, PUBLISH, SIGN = "education.change_page", "education.publish_page", "education.sign_page"
LONGEST = 300
Reasons = Mapping[str, str]


class NotAllowed(Exception):  # noqa: N818
    """The move is not allowed now. Its sentences tell staff why."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class NotYours(NotAllowed):
    """The move is not for this person."""


def may_publish(revision: Revision, by: Any) -> bool:
    """Say whether somebody may publish these words: by office, or as an author of words that a clinician signed."""
    return bool(by.has_perm(PUBLISH) or (by.has_perm(WRITE) and is_signed(revision)))


def hold(revision: Revision, kind: str, by: Any, *rights: str, newest: bool = True) -> Page:
    """Lock and return the page if `by`, with one of the rights, may make this move now. Raises NotAllowed.

    Without rights it is the move of whoever may publish these words.
    """
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    revision.refresh_from_db(fields=["state", "publish_at"])
    last = page.newest()
    if newest and (last is None or last.pk != revision.pk):
        raise NotAllowed(_("Someone saved newer words meanwhile. Look at them first."))
    is_public = page.published_id is not None
    late = {State.SUPERSEDED: is_public, State.PUBLISHED: page.published_id != revision.pk}
    if kind not in ALLOWED[revision.state] or late.get(State(revision.state)):
        raise NotAllowed(what_happened(page))
    may = any(map(by.has_perm, rights)) if rights else may_publish(revision, by)
    if not may:
        raise NotYours(why_not(kind, by))
    return page


def what_happened(page: Page) -> str:
    """Return who was faster, and with what."""
    last = page.events.select_related("by").order_by("-pk").first()
    return sentence(last) if last else _("Somebody changed this page meanwhile.")


def why_not(kind: str, by: Any) -> str:
    """Return the sentence that tells somebody why they may not make this move."""
    if kind in {Kind.PUBLISHED, Kind.SCHEDULED} and by.has_perm(WRITE):
        return _(
            "These exact words are not signed by a clinician yet, or not since the page was withdrawn. "
            "Ask one to sign them, or ask a manager to publish."
        )
    return _("Your role does not allow this. Ask a manager.")


def pass_gates(page: Page, revision: Revision, reasons: Reasons, at: datetime) -> dict[str, Any]:
    """Return the reasons to be kept, and print the words afresh. Raises NotAllowed with all that blocks them."""
    if page.published is not None and page.published.digest == revision.digest:
        raise NotAllowed(_("Patients see these very words already."))
    seen = look(page, revision, today=timezone.localdate(at))
    kept = {each.fingerprint: " ".join(reasons.get(each.fingerprint, "").split())[:LONGEST] for each in seen.warnings}
    unanswered = [each for each in seen.warnings if not kept[each.fingerprint]]
    if seen.errors or unanswered:
        raise NotAllowed(
            *seen.errors, *(_("Give a reason for: “%s”") % (each.sentence or each.title) for each in unanswered)
        )
    if revision.rendered_with != seen.fingerprint:
        render_again(revision, seen.rendered, seen.fingerprint)
    return {
        each.fingerprint: {"rule": each.rule, "sentence": each.sentence, "reason": kept[each.fingerprint]}
        for each in seen.warnings
    }


def go_live(page: Page, revision: Revision, *, reasons: Reasons, by: Any, at: datetime, note: str = "") -> None:
    """Put words that passed every gate before the patients."""
    kept = pass_gates(page, revision, reasons, at)
    put_up(page, revision, by=by, at=at)
    PageEvent.objects.create(page=page, revision=revision, kind=Kind.PUBLISHED, at=at, by=by, note=note, reasons=kept)
    call_off(page, _("Other words were published."), by=by, at=at)
    Edition.move_on()


def make(
    page: Page,
    revision: Revision,
    kind: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    reasons: Any = None,
    when: datetime | None = None,
) -> None:
    """Move the state of the words on, and add the event."""
    state = ALLOWED[revision.state][kind]
    Revision.objects.filter(pk=revision.pk).update(state=state, publish_at=when)
    note = note.strip()[:LONGEST]
    PageEvent.objects.create(page=page, revision=revision, kind=kind, at=at, by=by, note=note, reasons=reasons or {})
    revision.state, revision.publish_at = state, when


def call_off(page: Page, why: str, *, by: Any, at: datetime) -> None:
    """Call off what was planned for a page."""
    for planned in page.revisions.filter(state=State.SCHEDULED):
        make(page, planned, Kind.UNSCHEDULED, by=by, at=at, note=why)
