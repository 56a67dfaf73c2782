"""How to reach somebody, without giving them away."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking import answers, mailbox, phone
from booking.forms.base import Choices, StepForm, Text, choice
from booking.given import is_for_oneself


class ChannelForm(StepForm):
    """Only the ways that the clinic staffs."""

    channel = choice(_("How should we contact you?"), answers.CHANNEL, _("Choose how we should contact you"))

    def prepare(self) -> None:
        offered = [(key, answers.CHANNEL[key]) for key in settings.CLINIC.channels]
        self.fields["channel"].choices = offered  # type: ignore[attr-defined]
        if not is_for_oneself(self.given):
            self.fields["channel"].help_text = gettext("We can contact you, or the person you help.")


class PhoneForm(StepForm):
    """A number, whether it takes messages, and when to call it."""

    heading = _("What number should we call?")
    optional = ("call_times",)
    hint = _("We use it only to talk with you about this request.")
    phone = Text(
        label=_("Phone number"),
        limit=phone.LONGEST,
        too_long=_("Phone number must be 40 characters or fewer"),
        widget=forms.TelInput(attrs={"class": "in w20", "autocomplete": "tel"}),
    )
    voicemail = choice(
        _("If you do not pick up, may we leave a message?"), answers.VOICEMAIL, _("Choose if we may leave a message")
    )
    call_times = Choices(
        answers.DAYPARTS, label=_("When is a good time to call?"), wrong=_("Choose a good time to call")
    )

    def prepare(self) -> None:
        self.fields["call_times"].choices = list(answers.open_dayparts().items())  # type: ignore[attr-defined]
        self.fields["phone"].error_messages["required"] = self.how_to_write_it()
        if not is_for_oneself(self.given):
            self.fields["phone"].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        """Keep the number as it was typed, if it can be one."""
        typed: str = self.cleaned_data["phone"]
        if phone.read(typed) is None:
            raise forms.ValidationError(self.how_to_write_it(), code="invalid")
        return typed

    @staticmethod
    def how_to_write_it() -> str:
        """Return the words for a number that cannot be one, with an example of the clinic's country."""
        example = settings.CLINIC.country.phone_example
        return (
            gettext("Enter a phone number, like %(example)s") % {"example": example}
            if example
            else gettext("Enter a phone number, with its area code")
        )


class EmailForm(StepForm):
    """An address, taken as it is: likely slips are pointed out on the check page."""

    email = Text(
        label=_("What is your e-mail address?"),
        help_text=_("Others who read this inbox will see that a clinic wrote to you."),
        limit=mailbox.LONGEST,
        too_long=_("E-mail address must be 254 characters or fewer"),
        error_messages={"required": _("Enter an e-mail address, like name@example.com")},
        widget=forms.EmailInput(
            attrs={"class": "in w34", "autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def prepare(self) -> None:
        if not is_for_oneself(self.given):
            self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        """Take the address that we can write to."""
        address = mailbox.read(self.cleaned_data["email"])
        if address is None:
            raise forms.ValidationError(_("Enter an e-mail address, like name@example.com"), code="invalid")
        return address
