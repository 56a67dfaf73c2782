"""What somebody is writing, kept while they type; and who else has the page open."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.admin.fields import FRONT
from education.admin.findings import PREFIX
from education.admin.numbers import row_number
from education.library import LONGEST
from education.models import Page, WorkingCopy

KEPT = frozenset({"language", "path", "text", "other", "note", "seen", *FRONT, "change_kind"})
THERE = timedelta(minutes=2)
"""So long after their browser was last heard of, people count as still there."""
MOST = 2 * LONGEST


def copy_of(page: Page | None, user: User) -> WorkingCopy | None:
    """Return somebody's unsaved words of a page (None: of a new page), if there are any."""
    return WorkingCopy.objects.filter(page=page, user=user, typed_at__isnull=False).first()


def stamp(copy: WorkingCopy | None) -> str:
    """Return what tells one state of the kept words from another."""
    return copy.typed_at.isoformat() if copy and copy.typed_at else ""


def arrive(page: Page | None, user: User, *, at: datetime) -> None:
    """Note that somebody has the page open."""
    WorkingCopy.objects.update_or_create(page=page, user=user, defaults={"seen_at": at})


def leave(page: Page | None, user: User, *, at: datetime) -> None:
    """Note that somebody closed the page."""
    WorkingCopy.objects.filter(page=page, user=user).update(seen_at=at - THERE)


@transaction.atomic
def keep(page: Page | None, user: User, typed: QueryDict, *, known: str, at: datetime) -> tuple[WorkingCopy, str]:
    """Keep what was typed. Returns the copy and, if it was not kept, the reason.

    `known` is the state of the copy that the writer's window knows: words of another window are never covered.
    """
    WorkingCopy.objects.get_or_create(page=page, user=user, defaults={"seen_at": at})
    copy = WorkingCopy.objects.select_for_update().get(page=page, user=user)
    if stamp(copy) != known:
        return copy, _("Not kept: you have other unsaved words of this page, from another window or an earlier time.")
    kept = ((name, values) for name, values in typed.lists() if name in KEPT or name.startswith(PREFIX))
    # PostgreSQL has no NUL, and a page's text loses it anyhow
    fields = {_held(name): [_held(value) for value in values] for name, values in kept}
    if sum(len(str(value)) for values in fields.values() for value in values) > MOST:
        return copy, _("Not kept: this is too long.")
    copy.fields, copy.typed_at, copy.seen_at = fields, at, at
    copy.base = page.revisions.filter(pk=row_number(typed.get("seen", ""))).first() if page else None
    copy.save()
    return copy, ""


def throw_away(page: Page | None, user: User) -> None:
    """Forget somebody's unsaved words: they were saved, or are not wanted."""
    WorkingCopy.objects.filter(page=page, user=user).update(fields={}, typed_at=None, base=None)


def typed_in(copy: WorkingCopy) -> QueryDict:
    """Return the kept fields as the form would send them."""
    typed = QueryDict(mutable=True)
    for name, values in copy.fields.items():
        typed.setlist(name, [str(value) for value in values])
    return typed


def others(page: Page | None, user: User, *, at: datetime) -> list[str]:
    """Return one sentence for each other person who has the page open."""
    if page is None:
        return []
    there = WorkingCopy.objects.filter(page=page, seen_at__gt=at - THERE).exclude(user=user).select_related("user")
    return [_sentence(copy) for copy in there.order_by("pk")]


def clock(at: datetime) -> str:
    """Return a time as people read it on a clock, with its day when that is not today."""
    local = timezone.localtime(at)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j F, H:i")


def _held(typed: Any) -> str:
    return str(typed).replace("\0", "")


def _sentence(copy: WorkingCopy) -> str:
    user: Any = copy.user
    words = {"who": user.get_full_name() or user.get_username(), "when": clock(copy.typed_at or copy.seen_at)}
    if copy.typed_at:
        return _("%(who)s has this page open, too, with unsaved words from %(when)s.") % words
    return _("%(who)s has this page open, too (seen there at %(when)s).") % words
