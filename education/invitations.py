"""Outside reviewers: a one-time link lets somebody without an account sign or mark exactly one revision."""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from education.models import Page, PageEvent, ReviewLink, Revision, SignOff
from education.signing import SAID, SigningError, check_next_review, put_under, wrote

USUAL_DAYS, MOST_DAYS = 14, 30
INVITES = ("education.change_page", "education.sign_page")
VOUCHES = "education.publish_page"
"""Held by clinicians and managers: who answers for what patients read, never by whoever only writes."""


def may_invite(person: Any) -> bool:
    """Say whether somebody may ask outside reviewers."""
    return any(person.has_perm(right) for right in INVITES)


def may_vouch(person: Any) -> bool:
    """Say whether somebody may say who an outside reviewer was, so that the signature counts or is set aside."""
    return bool(person.has_perm(VOUCHES))


def fingerprint(token: str) -> str:
    """Return the keyed hash of a link's secret: all that we keep of it."""
    return hmac.new(settings.INDEX_KEY.encode(), f"review link\0{token}".encode(), hashlib.sha256).hexdigest()


def behind(token: str) -> ReviewLink | None:
    """Return the link with this secret, however it stands."""
    links = ReviewLink.objects.select_related("revision__page")
    return links.filter(fingerprint=fingerprint(token)).first()


@transaction.atomic
def invite(revision: Revision, *, invited: str, days: int, by: User, at: datetime) -> tuple[ReviewLink, str]:
    """Make a link for one person. Returns it with its secret, which is known now and never again."""
    if not may_invite(by):
        raise SigningError(_("Only authors and clinicians ask outside reviewers."))
    token = secrets.token_urlsafe(32)
    link = ReviewLink.objects.create(
        revision=revision,
        fingerprint=fingerprint(token),
        invited=invited,
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )
    _tell(link, PageEvent.Kind.INVITED, by=by, at=at, note=invited)
    return link, token


@transaction.atomic
def answer(link: ReviewLink, *, approves: bool, said: dict[str, Any], at: datetime) -> bool:
    """Keep an outside reviewer's answer, once. Returns False when the link was answered or ended meanwhile."""
    kept = ReviewLink.objects.open(at).filter(pk=link.pk)
    if not kept.update(answered_at=at, approves=approves, answer=said):
        return False
    note = _("%(name)s signs; not confirmed yet") if approves else _("%(name)s marked sentences")
    _tell(link, PageEvent.Kind.MARKED, by=None, at=at, note=note % {"name": said["name"]})
    return True


def why_unconfirmed(link: ReviewLink, person: User) -> str:
    """Return why this person cannot confirm an answer, or nothing."""
    if not may_vouch(person):
        return _("A clinician or a manager confirms who signed.")
    if not link.approves or link.revoked_at or SignOff.objects.filter(link=link).exists():
        return _("There is nothing to confirm here.")
    if wrote(person, link.revision):
        return _("You wrote some of these words. A colleague who did not write them confirms who signed.")
    if link.made_by_id == person.pk:  # who holds the link could sign in any name
        return _("You made this link. A colleague confirms who signed.")
    return ""


@transaction.atomic
def confirm(link: ReviewLink, *, by: User, at: datetime) -> SignOff:
    """Vouch for who the outside reviewer was: only now their signature counts. Raises SigningError."""
    page = Page.objects.select_for_update().get(revisions=link.revision_id)
    link = ReviewLink.objects.select_related("revision").get(pk=link.pk)
    refused = why_unconfirmed(link, by)
    if refused:
        raise SigningError(refused)
    next_review = date.fromisoformat(link.answer["next_review"])
    check_next_review(next_review, at=at)
    said = {field: link.answer[field] for field in (*SAID, "register_url")}
    who = said | {"link": link, "confirmed_by": by}
    return put_under(page, link.revision, who, next_review=next_review, at=at, by=by)


def revoke(link: ReviewLink, *, by: User, at: datetime) -> None:
    """End a link, or set aside an answer that nobody can vouch for. A signature that counts stays."""
    if not may_invite(by):
        raise SigningError(_("Only authors and clinicians end a link."))
    if link.approves and not may_vouch(by):
        raise SigningError(_("A clinician or a manager sets a signature aside."))
    if SignOff.objects.filter(link=link).exists():
        raise SigningError(_("This signature is confirmed already."))
    ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)


def _tell(link: ReviewLink, kind: PageEvent.Kind, *, by: User | None, at: datetime, note: str) -> None:
    page = link.revision.page
    PageEvent.objects.create(page=page, revision=link.revision, kind=kind, at=at, by=by, note=note[:300])
