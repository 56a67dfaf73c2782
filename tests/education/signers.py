"""Invented people who write and sign, and the shortest way to a signature."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.utils import timezone

from education.models import Page, Revision, SignOff, StaffRecord
from education.revisions import save_text
from education.signing import sign

RECORD = {"role": "test physiotherapist", "registration": "Zzyx Register 000", "interests": "none"}


def person(name: str, role: str = "Clinician", **more: object) -> User:
    """Return a member of staff with a role."""
    user = User.objects.create_user(name, f"{name}@example.org", is_staff=True, first_name=name.title(), **more)
    user.groups.set(Group.objects.filter(name=role))
    return user


def clinician(name: str = "zoe") -> User:
    """Return a clinician whose staff record is complete."""
    user = person(name)
    StaffRecord.objects.create(
        user=user, name=f"{name.title()} Testperson", register_url="https://example.org/register", **RECORD
    )
    return user


def newest(page: Page) -> Revision:
    """Return the page's words saved last."""
    found = page.newest()
    assert found is not None
    return found


def draft(page: Page, words: str, author: User | None) -> Revision:
    """Save other words."""
    text = newest(page).text + f"\n{words}\n"
    return save_text(page, text, author=author, note="", at=timezone.now())


def signed(
    revision: Revision, by: User, *, at: datetime | None = None, next_review: date | None = None, digest: str = ""
) -> SignOff:
    """Sign a revision."""
    at = at or timezone.now()
    day = next_review or timezone.localdate(at) + timedelta(days=365)
    return sign(revision_id=revision.pk, digest=digest or revision.digest, by=by, next_review=day, at=at)
