"""Safety first, then the topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking import answers, safety
from booking.forms.base import StepForm, choice
from booking.given import area_of


class SafetyForm(StepForm):
    """Two exits and nothing to fill in: pressing the button says "none of these"."""

    template = "booking/safety.html"
    heading = _("First, check that you do not need help sooner")
    check = safety.GENERAL

    @property
    def answers(self) -> dict[str, Any]:
        return {"safety": "none", "urgent_signs": ""}


class AboutForm(StepForm):
    """Where it hurts, or that one would rather not say."""

    area = choice(
        _("What would you like to talk about?"),
        answers.AREA,
        _("Choose what you would like to talk about"),
        help_text=_("It helps us offer the right clinician."),
    )


class AreaCheckForm(StepForm):
    """The signs of one area. It carries that area along: another tab may have chosen a different one meanwhile."""

    template = "booking/safety.html"
    shown_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.area = area_of(self.given) or "unsaid"
        self.initial["shown_for"] = self.area

    @property
    def heading(self) -> str:
        if self.area in ("other", "unsaid"):
            return gettext("One more check before we go on")
        return gettext("One more check for this area: %(area)s") % {"area": str(answers.AREA[self.area]).lower()}

    @property
    def check(self) -> safety.Check | None:
        """The two lists to show."""
        return safety.for_area(self.area)

    @property
    def answers(self) -> dict[str, Any]:
        return {"area_check": self.cleaned_data["shown_for"], "area_signs": ""}


class UrgentForm(forms.Form):
    """Going on after the advice. Which sign it was is never asked."""

    urgent_signs = forms.ChoiceField(choices=list(answers.URGENT.items()))
    shown_for = forms.ChoiceField(choices=[("", ""), *((key, key) for key in answers.AREA)], required=False)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers to keep: from the general list, or from the list of one area."""
        signs, area = self.cleaned_data["urgent_signs"], self.cleaned_data["shown_for"]
        return {"area_check": area, "area_signs": signs} if area else {"safety": "advice", "urgent_signs": signs}
