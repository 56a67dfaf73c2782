"""Consent and sending."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def consent_words() -> str:
    """Return what a person agrees to. It is stored with the request as they read it."""
    return gettext(
        "I agree that %(clinic)s may keep and use the details above, health details among them, "
        "to contact me about this request. I can withdraw at any time."
    ) % {"clinic": settings.CLINIC.name}


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

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["consent"].label = consent_words()

    def clean_website(self) -> str:
        """Refuse what a machine filled in, in words by which a person can mend it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty the box “Leave this box empty”, then send again"), code="filled")
        return ""
