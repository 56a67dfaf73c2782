"""Keeping one page's answers, whatever became of the draft they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from booking import drafts, limits
from booking.models import Draft


@dataclass(frozen=True)
class Kept:
    """Where the answers are now. `token` is set when a new draft had to take them."""

    draft: Draft
    token: str = ""

    @property
    def is_new(self) -> bool:
        """Say whether the earlier answers, if there were any, are gone."""
        return bool(self.token)

    def tell(self, response: HttpResponse) -> HttpResponse:
        """Give the browser the cookie of a new draft."""
        if self.token:
            drafts.hand_out(response, self.token)
        return response


def found(request: HttpRequest, copy: drafts.Copy | None, *, at: datetime) -> Kept | None:
    """Return this browser's draft; without one, the draft of the copy that the check page carried.

    Raises drafts.ForgottenError when the person deleted what the copy holds.
    """
    draft = drafts.current(request, at=at)
    if draft is not None:
        return Kept(draft)
    return Kept(*drafts.revive(copy, at=at)) if copy else None


def keep(request: HttpRequest, answers: Mapping[str, Any], *, at: datetime) -> Kept:
    """Write the answers into this browser's draft, or into a new one when there is none.

    Raises drafts.AlreadySentError when the request went out, perhaps from another tab.
    """
    draft = drafts.current(request, at=at)
    if draft is not None:
        try:
            return Kept(drafts.write(draft, answers))
        except Draft.DoesNotExist:
            pass  # deleted in another tab: what was typed here begins anew
    limits.spend_draft(request, at=at)
    return Kept(*drafts.start(answers, at=at))
