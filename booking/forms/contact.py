"""How to reach somebody, without giving them away."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking import answers, mailbox, phone
from booking.forms.base import Choices, StepForm, Text, choice
from booking.given import whose_details

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ChannelForm(StepForm):
    """Only the ways that the clinic staffs."""

    channel = choice(_("How should we contact you?"), answers.CHANNEL, _("Choose how we should contact you"))

    def prepare(self) -> None:
        offered = [(key, answers.CHANNEL[key]) for key in settings.CLINIC.channels]
        self.fields["channel"].choices = offered  # type: ignore[attr-defined]
        if whose_details(self.given) == "theirs":
            self.fields["channel"].label = gettext("How should we contact the person you help?")


class PhoneForm(StepForm):
    """A number, whether it takes messages, and when to call it."""

    heading = _("What number should we call?")
    optional = ("call_times",)
    hint = _("We use it only to talk about this request.")
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
        if whose_details(self.given) == "theirs":
            self.heading = _("What is their phone number?")
            self.fields["voicemail"].label = gettext("If they do not pick up, may we leave a message?")
            self.fields["phone"].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        """Keep the number as it was typed, if it can be one."""
        typed: str = self.cleaned_data["phone"]
        if phone.read(typed) is None:
            raise forms.ValidationError(self.how_to_write_it(), code="invalid")
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask about a number that seems to lack its area code."""
        typed = self.cleaned_data.get("phone", "")
        number = phone.parse(typed) if typed != self.given.get("phone") else None
        if number and number.is_local:
            question = Choices(
                {typed: _("Yes, it needs no area code")},
                label=gettext("Is %(number)s the whole number?") % {"number": number.shown},
                wrong=_("Add the area code to the phone number, or say that it needs none"),
                required=True,
            )
            self.ask(question, after="phone")
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        own = ("phone", "voicemail", "call_times")
        return {**{name: self.cleaned_data[name] for name in own}, "phone_of": whose_details(self.given)}

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
    """An address. A likely slip is asked about once; whoever says that it is right is believed."""

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
        if whose_details(self.given) == "theirs":
            self.fields["email"].label = gettext("What is their e-mail address?")
            self.fields["email"].widget.attrs["autocomplete"] = "off"

    @property
    def heading(self) -> "StrOrPromise":
        """The page's question, or that there is one about the answer."""
        return self.fields["email"].label or "" if self.is_single else gettext("Please look at the address again")

    def clean_email(self) -> str:
        """Take the address that we can write to. What was typed apart is never joined: it may be somebody else's."""
        typed = self.cleaned_data["email"]
        address = mailbox.read(typed)
        if address is None and " " in mailbox.tidy(typed):
            raise forms.ValidationError(_("Write the e-mail address without a space in it"), code="apart")
        if address is None:
            raise forms.ValidationError(_("Enter an e-mail address, like name@example.com"), code="invalid")
        return address

    def clean(self) -> dict[str, Any]:
        """Ask about a likely slip, and take the address that was chosen."""
        typed = self.cleaned_data.get("email", "")
        meant = mailbox.did_you_mean(typed) if typed != self.given.get("email") else ""
        if meant:
            question = choice(
                gettext("Did you mean %(address)s?") % {"address": meant},
                {
                    meant: gettext("Yes, use %(address)s") % {"address": meant},
                    typed: gettext("No, %(address)s is right") % {"address": typed},
                },
                _("Choose which e-mail address is right"),
            )
            return {**self.cleaned_data, "email": self.ask(question, after="email") or typed}
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        return {"email": self.cleaned_data["email"], "email_of": whose_details(self.given)}
