"""What somebody may do with a page now: the next step first."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from education.gates import is_signed
from education.models import Page, Revision
from education.moves import ALLOWED, PUBLISH, SIGN, WRITE, Kind
from education.signing import hindrance

State = Revision.State


@dataclass(frozen=True)
class Step:
    """One thing to do: its address's name, its words, and where on that page it stands."""

    name: str
    label: str
    place: str = ""
    posts: bool = False
    """A button that does it at once; else a link to where it is done."""
    leads: bool = True
    """It brings the words nearer to patients; else it is never offered as the next step."""


def steps_for(page: Page, newest: Revision, viewer: Any, *, planned: bool) -> list[Step]:
    """Return what `viewer` may do with the words saved last, and with the page, the next step first."""
    signed, allowed = is_signed(newest), ALLOWED[newest.state]
    is_public = page.published is not None and page.published.digest == newest.digest
    writes, publishes = viewer.has_perm(WRITE), viewer.has_perm(PUBLISH)
    signs = not signed and viewer.has_perm(SIGN) and not hindrance(newest, viewer)
    may_publish = Kind.PUBLISHED in allowed and not is_public and (publishes or (writes and signed))
    sign = [Step("review", _("Sign"), "sign")] if signs and newest.state != State.SUPERSEDED else []
    publish = [Step("review", _("Publish"), "publish")] if may_publish and newest.state != State.SCHEDULED else []
    steps = (
        [Step("submit", _("Send for review"), posts=True)]
        if writes and Kind.SUBMITTED in allowed and not is_public
        else []
    )
    steps = publish + sign + steps if signed else [*steps[:1], *sign, *publish] if steps else sign + publish
    if planned and (writes or publishes):
        steps.append(Step("unschedule", _("Do not publish it then"), posts=True, leads=False))
    if Kind.RETURNED in allowed and (writes or publishes or viewer.has_perm(SIGN)):
        steps.append(Step("review", _("Send back") if publishes else _("Take back or send back"), "back", leads=False))
    if page.published_id and publishes:
        steps.append(Step("withdraw", _("Withdraw this page"), leads=False))
    return steps
