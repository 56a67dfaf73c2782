"""Signing exact words: by a clinician of ours who did not write them. Every other wording stays unsigned."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Edition, Page, PageEvent, Revision, SignOff, StaffRecord
from education.models.revision import text_digest

LONGEST_MONTHS = 36
USUAL_MONTHS = 12
MONTHS_A_YEAR = 12
SAID = ("name", "role", "registration", "interests")


class SigningError(Exception):
    """Why words cannot be signed, as a sentence for the person who tried."""


def signature_of(page: Page, revision: Revision) -> SignOff | None:
    """Return the newest sign-off of exactly these words (one query), or None: then nobody has checked them."""
    digest = revision.digest or text_digest(revision.text)
    return SignOff.objects.of_words(page.pk, digest).first() if page.pk else None


def months_on(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def record_of(person: User) -> StaffRecord | None:
    """Return what is printed beside this person's signature, if it says everything that readers should know."""
    record = StaffRecord.objects.filter(user=person).first()
    return record if record and all(getattr(record, field).strip() for field in SAID) else None


def wrote(person: User, revision: Revision) -> bool:
    """Say whether words are this person's own: they wrote part of them since the words last published or signed."""
    others = Revision.objects.filter(page=revision.page_id)
    same = others.filter(digest=revision.digest, author=person)
    earlier = others.filter(pk__lt=revision.pk)
    seen = earlier.ever_public()
    signed = earlier.filter(digest__in=SignOff.objects.filter(page=revision.page_id).values("digest"))
    base = (seen | signed).order_by("-pk").values_list("pk", flat=True).first() or 0
    since = others.filter(pk__gt=base, pk__lte=revision.pk, author=person)
    return (same | since).exists()


def hindrance(revision: Revision, person: User) -> str:
    """Return why this person cannot sign these words, or nothing."""
    if not person.has_perm("education.sign_page"):
        return _("Only a clinician signs a page.")
    if wrote(person, revision):
        return _("You wrote some of these words. A colleague who did not write them signs them.")
    if record_of(person) is None:
        return _("Ask your manager to fill in your staff record. It is what patients read beside your signature.")
    return ""


def check_next_review(day: date, *, at: datetime) -> None:
    """Raise SigningError unless the next check is in the future, and not too far."""
    today = timezone.localdate(at)
    if not today < day <= months_on(today, LONGEST_MONTHS):
        words = _("Choose a day for the next check: after today, and within %(months)s months.")
        raise SigningError(words % {"months": LONGEST_MONTHS})


@transaction.atomic
def sign(*, revision_id: int, digest: str, by: User, next_review: date, at: datetime) -> SignOff:
    """Put a clinician's name under exactly the words that they saw. Raises SigningError."""
    page = Page.objects.select_for_update().get(revisions=revision_id)
    revision = Revision.objects.get(pk=revision_id)
    newest = page.newest()
    current = {page.published_id, newest.pk if newest else None}
    if revision.pk not in current or revision.digest != digest:
        raise SigningError(_("Somebody saved newer words meanwhile. Read them first, then sign them."))
    refused = hindrance(revision, by)
    if refused:
        raise SigningError(refused)
    check_next_review(next_review, at=at)
    record = StaffRecord.objects.get(user=by)
    said = {field: getattr(record, field) for field in (*SAID, "register_url")}
    return put_under(page, revision, said | {"signer": by}, next_review=next_review, at=at, by=by)


def put_under(
    page: Page, revision: Revision, who: dict[str, object], *, next_review: date, at: datetime, by: User
) -> SignOff:
    """Keep a sign-off with its line of history. Inside a transaction; patients see it at once on published words."""
    kept = SignOff.objects.create(
        page=page,
        revision=revision,
        digest=revision.digest,
        written_by=revision.author,
        signed_at=at,
        next_review=next_review,
        **who,
    )
    PageEvent.objects.create(
        page=page, revision=revision, kind=PageEvent.Kind.SIGNED, at=at, by=by, note=f"{kept.name}, {kept.role}"
    )
    published = page.published
    if published is not None and published.digest == revision.digest:
        Edition.move_on()
    return kept
