"""How current a page is on a day, and what becomes of its words when nobody has checked them for long."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.html import escape

from education.markdown.sanitise import BENEFIT, BENEFIT_END
from education.models import Page, Revision, SignOff
from education.signing import signature_of

DUE_WITHIN = timedelta(days=30)
FOLD = re.compile(f"{re.escape(BENEFIT)}.*?{re.escape(BENEFIT_END)}", re.DOTALL)
HEADING_ID = re.compile(r'<h[2-6] id="([^"]+)"')


class Currency(StrEnum):
    """How a page stands to the day of its next check."""

    CHECKED = "checked"
    DUE = "due"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long overdue"

    @property
    def past(self) -> bool:
        """Say whether the day of the check is over."""
        return self in {Currency.OVERDUE, Currency.LONG_OVERDUE}


def review_day(front: Mapping[str, Any], sign_off: SignOff | None) -> date | None:
    """Return when a page is to be checked again: as its signature says, else as its front matter does."""
    if sign_off is not None:
        return sign_off.next_review
    return date.fromisoformat(front["review"]) if front.get("review") else None


def currency(review: date | None, today: date) -> Currency:
    """Return how current a page is today. A page without a day for its next check is never late."""
    if review is None or today + DUE_WITHIN < review:
        return Currency.CHECKED
    if today <= review:
        return Currency.DUE
    late = today - review > timedelta(days=settings.REVIEW_GRACE_DAYS)
    return Currency.LONG_OVERDUE if late else Currency.OVERDUE


def fold(html: str, sentence: str) -> str:
    """Put the page's own neutral sentence where its benefit statements stood. Links to their headings still arrive."""

    def folded(match: re.Match[str]) -> str:
        places = "".join(f'<span id="{name}"></span>' for name in HEADING_ID.findall(match[0]))
        return f'<p class="folded">{places}{escape(sentence)}</p>'

    return FOLD.sub(folded, html)


def kept_headings(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the list "On this page" without the headings that are folded."""
    return [entry for entry in contents if not entry.get("benefit")]


@dataclass(frozen=True)
class Standing:
    """How a revision of a page stands today: who answers for it, until when, and what is shown of it."""

    sign_off: SignOff | None
    review: date | None
    currency: Currency
    html: str
    contents: list[dict[str, Any]]

    @property
    def folded(self) -> bool:
        """Say whether its benefit statements are folded, and search engines asked to leave it out."""
        return self.currency is Currency.LONG_OVERDUE


def standing(page: Page, revision: Revision, *, today: date, whole: bool = False) -> Standing:
    """Return how a revision stands today (one query). `whole`: nothing is folded, for those who check its words."""
    sign_off = signature_of(page, revision)
    review = review_day(revision.front, sign_off)
    now = currency(review, today)
    if whole or now is not Currency.LONG_OVERDUE:
        return Standing(sign_off, review, now, revision.html, revision.contents)
    html = fold(revision.html, str(revision.front.get("when_overdue", "")))
    return Standing(sign_off, review, now, html, kept_headings(revision.contents))
