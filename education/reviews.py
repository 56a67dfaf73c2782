"""The calendar of checks: who is told that a page is due or late, and the day on which pages change by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from education.expiry import Currency, currency, review_day
from education.models import Edition, Page, ReviewReminder, SignOff

PEOPLE = 2
Kind = ReviewReminder.Kind


@dataclass(frozen=True)
class Due:
    """A page whose check is due or late, and whom to tell."""

    page: Page
    kind: ReviewReminder.Kind
    review_on: date
    people: list[User]


@transaction.atomic
def tick(*, at: datetime) -> bool:
    """Move the edition once on a day on which some page became late, so that finished pages are made again."""
    today = timezone.localdate(at)
    edition, _created = Edition.objects.select_for_update().get_or_create(pk=1)
    if edition.day == today:
        return False
    before = edition.day or today - timedelta(days=1)
    Edition.objects.filter(pk=1).update(day=today)
    changed = any(currency(day, before) is not currency(day, today) for _page, day, _sign_off in calendar())
    if changed:
        Edition.move_on()
    return changed


def untold(*, at: datetime) -> Iterator[Due]:
    """Yield each page whose check is due or late and of which nobody was told for this date and kind."""
    told = set(ReviewReminder.objects.values_list("page_id", "kind", "review_on"))
    managers = list(_managers())
    for page, day, sign_off in calendar():
        now = currency(day, timezone.localdate(at))
        kind = Kind.OVERDUE if now.past else Kind.DUE
        if day is not None and now is not Currency.CHECKED and (page.pk, kind, day) not in told:
            yield Due(page, kind, day, _whom(page, sign_off, managers))


def note_told(due: Due, *, at: datetime) -> bool:
    """Write down that people are told of a page, once for each date and kind. Returns False if they were."""
    key = {"page": due.page, "kind": due.kind, "review_on": due.review_on}
    _row, new = ReviewReminder.objects.get_or_create(**key, defaults={"told_at": at})
    return new


def calendar() -> Iterator[tuple[Page, date | None, SignOff | None]]:
    """Yield every published page with the day of its next check and the sign-off of its words."""
    current = SignOff.objects.filter(digest=F("page__published__digest")).select_related("signer")
    signed = {sign_off.page_id: sign_off for sign_off in current.order_by("signed_at", "pk")}
    pages = Page.objects.published().select_related("published__author")
    for page in pages.defer("published__html", "published__text", "published__contents").order_by("pk"):
        sign_off = signed.get(page.pk)
        yield page, review_day(page.words().front, sign_off), sign_off


def _whom(page: Page, sign_off: SignOff | None, managers: list[User]) -> list[User]:
    """Return two people who can be written to: who signed and who wrote last, filled up with managers."""
    first = [sign_off.signer or sign_off.confirmed_by if sign_off else None, page.words().author]
    people: list[User] = []
    for person in [*first, *managers]:
        if person is not None and person.is_active and person.email and person not in people:
            people.append(person)
    return people[:PEOPLE]


def _managers() -> Iterator[User]:
    """Yield the active people who keep the staff records: whoever sees to it that pages are checked."""
    people = User.objects.with_perm("education.change_staffrecord", is_active=True)
    yield from people.filter(is_staff=True).order_by("is_superuser", "pk")
