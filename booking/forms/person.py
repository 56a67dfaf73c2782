"""Who it is for, and what to call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking import answers
from booking.forms.base import StepForm, Text, choice
from booking.given import is_for_oneself, whose_name


class WhoForm(StepForm):
    """Whose consultation it is."""

    who_for = choice(_("Who is the consultation for?"), answers.WHO, _("Choose who the consultation is for"))


class NameForm(StepForm):
    """A name to call somebody by. Browsers fill it in only when it is one's own."""

    name = Text(
        label=_("What should we call you?"),
        help_text=_("The name you use is fine."),
        limit=100,
        too_long=_("Name must be 100 characters or fewer"),
        error_messages={"required": _("Enter a name")},
        widget=forms.TextInput(attrs={"class": "in w34", "spellcheck": "false", "autocomplete": "name"}),
    )

    def prepare(self) -> None:
        if not is_for_oneself(self.given):
            self.fields["name"].label = _("What is their name?")
            self.fields["name"].help_text = _("The name they use is fine.")
            self.fields["name"].widget.attrs["autocomplete"] = "off"

    @property
    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "name_of": whose_name(self.given)}


class HelperForm(StepForm):
    """Who asks for somebody else, and which of the two we contact. For a child, it is whoever asks."""

    heading = _("Who are you?")
    helper_name = Text(
        label=_("Your name"),
        help_text=_("Staff then know who to ask for when they call or write."),
        limit=100,
        too_long=_("Your name must be 100 characters or fewer"),
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"class": "in w34", "spellcheck": "false", "autocomplete": "name"}),
    )
    contact_whom = choice(_("Who should we contact?"), answers.CONTACT_WHOM, _("Choose who we should contact"))

    def prepare(self) -> None:
        if self.given.get("who_for") == "child":
            del self.fields["contact_whom"]

    @property
    def answers(self) -> dict[str, Any]:
        return {"contact_whom": "helper", **self.cleaned_data}
