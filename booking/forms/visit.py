"""When somebody could come, what they need, and what they want us to know."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking import answers
from booking.forms.base import Choices, StepForm, Text
from booking.given import is_for_oneself

WHEN = _("Choose at least one day and one part of the day, or “Any time”")
WHAT_YOU_NEED = _("Choose what you need, or “None of these”")


class TimesForm(StepForm):
    """Days and parts of the day. "Any time" beside days is no error: the meaning is clear."""

    heading = _("When could you come?")
    hint = _("Choose all that you could manage.")
    days = Choices(answers.DAYS, label=_("Days"), wrong=WHEN, or_last=True)
    dayparts = Choices(answers.DAYPARTS, label=_("Parts of the day"), wrong=WHEN)

    def prepare(self) -> None:
        open_days = {**answers.open_days(), "any": answers.DAYS["any"]}
        self.fields["days"].choices = list(open_days.items())  # type: ignore[attr-defined]
        self.fields["dayparts"].choices = list(answers.open_dayparts().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for both a day and a part of it, once."""
        days, parts = self.cleaned_data.get("days", []), self.cleaned_data.get("dayparts", [])
        if "any" in days:
            return {"days": ["any"], "dayparts": parts}
        if not self.errors and not (days and parts):
            self.add_error("days" if not days else "dayparts", WHEN)
        return self.cleaned_data


class NeedsForm(StepForm):
    """What a visit needs. Nothing ticked means nothing needed."""

    optional = ("needs",)
    needs = Choices(
        answers.NEEDS, label=_("Do you need any of these for your visit?"), wrong=WHAT_YOU_NEED, or_last=True
    )

    def clean_needs(self) -> list[str]:
        """Refuse a need together with "None of these": only the person can say which it is."""
        needs: list[str] = self.cleaned_data["needs"]
        if "none" in needs and len(needs) > 1:
            raise forms.ValidationError(WHAT_YOU_NEED, code="both")
        return needs


class LanguageForm(StepForm):
    """Which language the interpreter should speak."""

    interpreter_language = Text(
        label=_("Which language do you need?"),
        limit=60,
        too_long=_("Language must be 60 characters or fewer"),
        error_messages={"required": _("Enter a language")},
        widget=forms.TextInput(attrs={"class": "in w20", "autocomplete": "language"}),
    )

    def prepare(self) -> None:
        if not is_for_oneself(self.given):
            self.fields["interpreter_language"].label = gettext("Which language do they need?")
            self.fields["interpreter_language"].widget.attrs["autocomplete"] = "off"


class MessageForm(StepForm):
    """The one free field, optional and short."""

    optional = ("message",)

    message = Text(
        label=_("Is there anything you want us to know before we contact you?"),
        help_text=_(
            "For example, what you hope for. A few words are enough. We do not read this at once: not for emergencies."
        ),
        limit=500,
        too_long=_("Your message must be 500 characters or fewer"),
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"class": "in", "rows": 5, "autocomplete": "off"}),
    )
