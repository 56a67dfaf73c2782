"""Consent and sending."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.given import Given, contact_whom


def consent_words(given: Given) -> str:
    """Return what a person agrees to. It is stored with the request as they read it."""
    words = gettext(
        "I agree that %(clinic)s may keep and use the details above, health details among them, "
        "to contact me about this request. I can withdraw at any time."
    )
    if contact_whom(given) == "person":
        words = gettext(
            "We both agree that %(clinic)s may keep and use the details above, health details among them, "
            "to contact the person I help about this request. We can withdraw at any time."
        )
    return words % {"clinic": settings.CLINIC.name}


class SendForm(forms.Form):
    """The box to tick, and a box that only machines fill in."""

    use_required_attribute = False
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box if you agree that we may use these details")}
    )
    website = forms.CharField(
        required=False,
        label=_("Leave this box empty"),
        widget=forms.TextInput(attrs={"class": "in w34", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, given: Given) -> None:
        super().__init__(data)
        self.fields["consent"].label = consent_words(given)

    @classmethod
    def to_read_again(cls, names: Iterable[str], *, given: Given) -> "SendForm":
        """Return the form for answers that are not those that were read: its box is not ticked, and says why."""
        form = cls({}, given=given)
        words = _("Your answers were changed in another window or tab: %(answers)s. Read them again, then tick the box")
        told = ", ".join(names)
        unknown = _("Read your answers once more, then tick the box")
        form.fields["consent"].error_messages["required"] = words % {"answers": told} if told else unknown
        return form

    def clean_website(self) -> str:
        """Refuse what a machine filled in, in words by which a person can mend it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty the box “Leave this box empty”, then send again"), code="filled")
        return ""
