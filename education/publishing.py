"""The only way in which words come before patients or leave them: named moves, each checked, written and told at once.

A move locks the page, checks, changes the state of the words and adds its event, all in one transaction. Of two people
who try at once exactly one succeeds; the other learns who was faster.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from education.gates import look
from education.history import moment
from education.models import Edition, Page, PageEvent, Revision
from education.moves import (
    ALLOWED,
    LONGEST,
    PUBLISH,
    SIGN,
    WRITE,
    Kind,
    NotAllowed,
    NotYours,
    Reasons,
    call_off,
    go_live,
    hold,
    make,
    may_publish,
    pass_gates,
)
from education.revisions import keep, look_over

__all__ = [
    "ALLOWED",
    "NotAllowed",
    "NotYours",
    "may_publish",
    "publish_due",
    "publish_words",
    "restore",
    "schedule",
    "send_back",
    "submit",
    "unschedule",
    "withdraw",
]

log = logging.getLogger("clinic.publishing")


@transaction.atomic
def submit(revision: Revision, *, by: Any, at: datetime, note: str = "") -> None:
    """Ask for a second pair of eyes on the words saved last."""
    page = hold(revision, Kind.SUBMITTED, by, WRITE)
    errors = look(page, revision, today=timezone.localdate(at)).errors
    if errors:
        raise NotAllowed(*errors)
    make(page, revision, Kind.SUBMITTED, by=by, at=at, note=note)


@transaction.atomic
def send_back(revision: Revision, *, by: Any, at: datetime, note: str) -> None:
    """Give words back to their author, with a word on what is missing. An author may take them back, too."""
    page = hold(revision, Kind.RETURNED, by, WRITE, PUBLISH, SIGN)
    if not note.strip():
        raise NotAllowed(_("Write what should change, so that the author knows what to do."))
    make(page, revision, Kind.RETURNED, by=by, at=at, note=note)


@transaction.atomic
def publish_words(revision: Revision, *, by: Any, at: datetime, reasons: Reasons) -> None:
    """Let patients see the words saved last, from now on. Each open warning of the checks needs a reason."""
    page = hold(revision, Kind.PUBLISHED, by)
    go_live(page, revision, by=by, at=at, reasons=reasons)


@transaction.atomic
def schedule(revision: Revision, *, when: datetime, by: Any, at: datetime, reasons: Reasons) -> None:
    """Let patients see the words saved last from a time on. Everything is looked at now, and again then."""
    page = hold(revision, Kind.SCHEDULED, by)
    if when <= at:
        raise NotAllowed(_("Choose a time that is still to come."))
    kept = pass_gates(page, revision, reasons, at)
    call_off(page, _("Other words are to be published."), by=by, at=at)
    make(page, revision, Kind.SCHEDULED, by=by, at=at, note=moment(when), reasons=kept, when=when)


@transaction.atomic
def unschedule(revision: Revision, *, by: Any, at: datetime, note: str = "") -> None:
    """Do not publish words after all; they are in review again."""
    page = hold(revision, Kind.UNSCHEDULED, by, PUBLISH, WRITE, newest=False)
    make(page, revision, Kind.UNSCHEDULED, by=by, at=at, note=note)


@transaction.atomic
def withdraw(revision: Revision, *, by: Any, at: datetime, reason: str) -> None:
    """Take the published words from the site. Patients read the reason at the page's address."""
    page = hold(revision, Kind.WITHDRAWN, by, PUBLISH, newest=False)
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST:
        raise NotAllowed(_("Say why in at most %(n)d letters: patients read it.") % {"n": LONGEST})
    if page.has_published_below():
        raise NotAllowed(_("Pages below this one are published. Withdraw them first."))
    call_off(page, _("The page was withdrawn."), by=by, at=at)
    page.published = page.published_by = page.published_at = None
    page.withdrawn_at, page.withdrawn_because = at, reason
    page.save()
    make(page, revision, Kind.WITHDRAWN, by=by, at=at, note=reason)
    Edition.move_on()


@transaction.atomic
def restore(revision: Revision, *, by: Any, at: datetime) -> Revision:
    """Make older words the newest draft. What is wrong with them today is said before they are published."""
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    if not by.has_perm(WRITE):
        raise NotYours(_("Your role does not allow this. Ask a manager."))
    newest = page.newest()
    if newest is not None and newest.digest == revision.digest:
        raise NotAllowed(_("The words saved last are these very words."))
    _words, rendered, context, _faults = look_over(page, revision.text)
    note = _("Restored from %(when)s.") % {"when": moment(revision.saved_at)}
    return keep(page, revision.text, rendered, context.fingerprint, author=by, note=note, at=at)


def publish_due(*, at: datetime) -> str:
    """Publish what was planned for now, or call it off and say why. Returns what was done; nothing when nothing was."""
    due = Revision.objects.due(at).values_list("pk", flat=True)
    done = [_publish_planned(pk, at) for pk in due]
    return f"planned pages: {done.count(True)} published, {done.count(False)} called off" if done else ""


def _publish_planned(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            revision = Revision.objects.get(pk=pk)
            plan = PageEvent.objects.filter(revision=revision, kind=Kind.SCHEDULED).latest("pk")
            page = hold(revision, Kind.PUBLISHED, plan.by, newest=False)
            if page.published_at is not None and page.published_at > plan.at:
                raise NotAllowed(_("Other words were published meanwhile."))
            reasons = {fingerprint: kept["reason"] for fingerprint, kept in plan.reasons.items()}
            go_live(page, revision, by=plan.by, at=at, reasons=reasons, note=_("As planned."))
    except NotAllowed as refusal:
        why = str(refusal)
    except Exception:  # the worker sends patients' mail, too: one page must not stop it
        log.exception("planned page: revision %s could not be published", pk)
        why = _("Something went wrong. Publish it by hand.")
    else:
        return True
    with transaction.atomic():
        page = Page.objects.select_for_update().get(revisions=pk)
        call_off(page, why, by=None, at=at)
    return False
