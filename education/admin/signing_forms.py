"""The forms of signing: when the next check is, and whom to ask from outside."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.invitations import MOST_DAYS, USUAL_DAYS
from education.models import Page, Revision, StaffRecord
from education.signing import LONGEST_MONTHS, USUAL_MONTHS, months_on


class SignForm(forms.Form):
    """A signature under the revision whose number and digest stand in the form."""

    digest = forms.CharField(widget=forms.HiddenInput)
    next_review = forms.DateField(
        label=_("Next check by"),
        help_text=_("At most %(months)s months from now.") % {"months": LONGEST_MONTHS},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a date, like 2027-03-31.")},
    )
    read = forms.BooleanField(
        label=_("I have read exactly these words, and I answer for them."),
        error_messages={"required": _("Tick this only once you have read the words.")},
    )

    def __init__(self, data: Any, *, revision: Revision) -> None:
        self.revision = revision
        usual = months_on(timezone.localdate(), USUAL_MONTHS)
        super().__init__(data, initial={"digest": revision.digest, "next_review": usual})

    def clean(self) -> dict[str, Any]:
        """The tick has done its work."""
        cleaned = super().clean() or {}
        cleaned.pop("read", None)
        return cleaned


class InviteForm(forms.Form):
    """Whom to ask, about which words, and for how long."""

    invited = forms.CharField(label=_("Who is asked"), max_length=100, help_text=_("A name. It is not sent anywhere."))
    revision = forms.ModelChoiceField(Revision.objects.none(), label=_("Which words"), empty_label=None)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS, help_text="1–30"
    )

    def __init__(self, data: Any = None, *, page: Page, newest: Revision) -> None:
        super().__init__(data, initial={"revision": newest.pk})
        words = Revision.objects.filter(pk__in={newest.pk, page.published_id or newest.pk}).order_by("-pk")
        field: Any = self.fields["revision"]
        field.queryset = words
        field.label_from_instance = lambda each: (
            _("What patients see now") if each.pk == page.published_id else _("The words saved last")
        )


def may_be_recorded(manager: User) -> QuerySet[User]:
    """Return the colleagues who have no staff record yet; nobody but a superuser writes their own."""
    people = User.objects.filter(is_active=True, is_staff=True).exclude(pk__in=StaffRecord.objects.values("user"))
    others = people if manager.is_superuser else people.exclude(pk=manager.pk)
    return others.order_by("first_name", "last_name", "username")
