"""What outside reviewers said about a page, for its authors: the marks beside the sentences they belong to."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from education.invitations import may_vouch, why_unconfirmed
from education.models import Page, ReviewLink, SignOff
from education.sentences import sections

NEWEST = 20


@dataclass(frozen=True)
class Review:
    """One outside reviewer: the link, what to do about it, and the sentences of the text with the comments on them."""

    link: ReviewLink
    state: str
    hindrance: str
    text: list[tuple[str, list[tuple[str, str]]]]


def reviews_of(page: Page, viewer: User) -> dict[str, Any]:
    """Return a page's sign-offs and outside reviews, the newest first."""
    links = ReviewLink.objects.filter(revision__page=page).select_related("revision__page", "made_by")
    signed = SignOff.objects.filter(page=page).select_related("revision").order_by("-signed_at", "-pk")
    return {
        "sign_offs": signed[:NEWEST],
        "may_vouch": may_vouch(viewer),
        "reviews": [_review(link, viewer) for link in links.order_by("-made_at", "-pk")[:NEWEST]],
    }


def _review(link: ReviewLink, viewer: User) -> Review:
    state = _state(link)
    refused = why_unconfirmed(link, viewer) if state == "signed" else ""
    return Review(link, state, refused, _beside(link) if link.answer.get("marks") else [])


def _state(link: ReviewLink) -> str:
    """Return open, ended, marked, signed (and not yet confirmed) or confirmed."""
    if SignOff.objects.filter(link=link).exists():
        return "confirmed"
    if link.revoked_at or (link.answered_at is None and link.expires_at <= timezone.now()):
        return "ended"
    if link.answered_at is None:
        return "open"
    return "signed" if link.approves else "marked"


def _beside(link: ReviewLink) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each section that has marks: every sentence of it, with its comment or nothing."""
    comments = [(mark["sentence"], mark["comment"]) for mark in link.answer["marks"]]
    found = []
    for section in sections(link.revision):
        rows = [(sentence, _taken(comments, sentence)) for _number, sentence in section.sentences]
        if any(comment for _sentence, comment in rows):
            found.append((section.title, rows))
    return found


def _taken(comments: list[tuple[str, str]], sentence: str) -> str:
    """Return the comment on a sentence and take it out: a sentence may stand on the page twice."""
    for at, (marked, _comment) in enumerate(comments):
        if marked == sentence:
            return comments.pop(at)[1]
    return ""
