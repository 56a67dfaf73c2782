"""What staff write down with a move."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from booking.history import EMAIL_OUTCOMES, person_name
from booking.models import ConsultationRequest, Event
from booking.rights import workers
from booking.workflow import NOTE_NEEDED

LONGEST = 2000
NOTE_HELP = _("Colleagues read this later; the patient may ask to see it.")


class MoveForm(forms.Form):
    """Every move carries the version that its maker saw, so that nobody overwrites what they did not see."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note"),
        help_text=NOTE_HELP,
        required=False,
        widget=forms.Textarea({"rows": 4}),  # no maxlength: a browser would cut a long text without a word
        validators=[
            MaxLengthValidator(LONGEST, _("Shorten the note to %(limit_value)d characters; it has %(show_value)d"))
        ],
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the move is told."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class ReasonForm(MoveForm):
    """A move whose note is its point."""

    def __init__(self, *args: Any, asked: Any, missing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label, note.required = asked, True
        note.error_messages["required"] = missing


class LogCallForm(MoveForm):
    """How a try to reach somebody went."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=Event.CallOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the call went")},
    )
    field_order = ("outcome", "note")

    def __init__(self, *args: Any, wrote: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wrote:
            outcome: Any = self.fields["outcome"]
            outcome.choices = list(EMAIL_OUTCOMES.items())
            outcome.error_messages["required"] = _("Choose how it went")


class CloseForm(MoveForm):
    """How a request ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=ConsultationRequest.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended")},
    )
    field_order = ("outcome", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") in NOTE_NEEDED and not cleaned.get("note"):
            self.add_error("note", _("Write in a few words why, so that a colleague can understand it later"))
        return cleaned


class ColleagueField(forms.ModelChoiceField):
    """A choice among people, by the names that colleagues use."""

    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class HandOverForm(MoveForm):
    """To whom a request goes, and where things stand."""

    to = ColleagueField(
        label=_("Who takes over?"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague"), "invalid_choice": _("Choose a colleague from the list")},
    )
    field_order = ("to", "note")

    def __init__(self, *args: Any, holder: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = workers().exclude(pk=holder or 0)
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = _("Write a note, so that your colleague knows where it stands")
