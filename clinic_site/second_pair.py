"""A second pair of eyes on the accounts of clinicians and managers: no manager alone makes one, or takes one over.

Managers' too, because they confirm: whoever made one, or set a colleague's password, could confirm their own wishes.
"""

from datetime import datetime

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from booking.history import person_name
from clinic_site.models import AccountChange
from clinic_site.roles import CLINICIAN, MANAGER
from education.models import SignOff, StaffRecord

Kind = AccountChange.Kind
RIGHT = "auth.change_user"
ROLES_THAT_WAIT = {CLINICIAN: Kind.ROLE, MANAGER: Kind.MANAGER}


class Refused(Exception):  # noqa: N818
    """Why somebody may not decide, as a sentence."""


def is_guarded(person: User) -> bool:
    """Say whether somebody confirms or signs, or once signed: taking that role away first opens no account."""
    if person.pk is None:
        return False
    return (
        person.groups.filter(name__in=ROLES_THAT_WAIT).exists()
        or StaffRecord.objects.filter(user=person).exists()
        or SignOff.objects.filter(signer=person).exists()
    )


def needs_another(manager: User, person: User) -> bool:
    """Say whether this manager's change of this account waits for a second person. Nobody needs one for their own."""
    return not manager.is_superuser and manager.pk != person.pk and is_guarded(person)


@transaction.atomic
def ask(person: User, kind: str, *, by: User, at: datetime, value: str = "") -> AccountChange:
    """Keep a change until somebody decides; one of the same kind that still waits is set aside."""
    waiting = AccountChange.objects.open().filter(person=person, kind=kind)
    waiting.update(decided_at=at, decided_by=by, confirmed=False, value="")
    return AccountChange.objects.create(person=person, kind=kind, value=value, asked_by=by, asked_at=at)


def hindrance(change: AccountChange, by: User) -> str:
    """Return why somebody may not confirm a change, or nothing."""
    if change.decided_at:
        return _("This is decided already.")
    if not by.has_perm(RIGHT):
        return _("A manager confirms this.")
    if change.asked_by_id == by.pk:
        return _("You asked for this. Another manager, or whoever runs the site, confirms it.")
    if change.person_id == by.pk:
        return _("This is your own account. Another manager, or whoever runs the site, confirms it.")
    return ""


def standing(change: AccountChange) -> str:
    """Say where a change stands, as a sentence."""
    if not change.decided_at:
        return _("Waits for a second person.")
    said = _("Confirmed by %(name)s.") if change.confirmed else _("Refused by %(name)s.")
    return said % {"name": person_name(change.decided_by)}


def news(person: User) -> list[str]:
    """Return what others asked or decided about somebody's account since they last signed in, as sentences."""
    changes = AccountChange.objects.filter(person=person).exclude(asked_by=person)
    if person.last_login is not None:
        changes = changes.filter(Q(asked_at__gt=person.last_login) | Q(decided_at__gt=person.last_login))
    words = _(
        "%(name)s asked on %(when)s that your account changes: %(change)s. %(standing)s "
        "If you did not expect this, tell your manager at once."
    )
    return [
        words
        % {
            "name": person_name(change.asked_by),
            "when": formats.date_format(timezone.localtime(change.asked_at), "DATETIME_FORMAT"),
            "change": change,
            "standing": standing(change),
        }
        for change in changes.select_related("person", "asked_by", "decided_by").order_by("asked_at")
    ]


@transaction.atomic
def decide(change: AccountChange, *, confirm: bool, by: User, at: datetime) -> None:
    """Let a change take effect, or set it aside; whoever asked may set it aside, too. Raises Refused."""
    change = AccountChange.objects.select_for_update().get(pk=change.pk)
    refused = hindrance(change, by)
    if refused and (confirm or change.decided_at or not by.has_perm(RIGHT)):
        raise Refused(refused)
    if confirm:
        _take_effect(change)
    change.value, change.decided_by, change.decided_at, change.confirmed = "", by, at, confirm
    change.save()


def _take_effect(change: AccountChange) -> None:
    person = User.objects.select_for_update().get(pk=change.person_id)
    role = next((name for name, kind in ROLES_THAT_WAIT.items() if kind == change.kind), "")
    if role:
        person.groups.add(Group.objects.get(name=role))
    elif change.kind == Kind.PASSWORD:
        person.password = change.value
    elif change.kind == Kind.EMAIL:
        person.email = change.value
    else:
        person.is_active = True
    person.save()
