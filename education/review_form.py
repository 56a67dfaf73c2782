"""What an outside reviewer may answer: their name under these words, or marks beside sentences. Never both."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.models import Revision
from education.sentences import sections
from education.signing import LONGEST_MONTHS, SAID, USUAL_MONTHS, SigningError, check_next_review, months_on

SIGN, MARK = "sign", "mark"
FOR_SIGNING = {
    "role": _("Write your profession and role."),
    "registration": _("Write the register’s name and your number in it."),
    "interests": _("Write what readers should know of, or: none."),
    "next_review": _("Choose a day for the next check."),
}


def _line(
    label: Any, hint: Any = "", *, longest: int = 100, complete: str = "off", needed: Any = ""
) -> forms.CharField:
    attrs = {"class": "in", "autocomplete": complete}
    errors = {"required": needed} if needed else None
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(needed), widget=widget, error_messages=errors
    )


class AnswerForm(forms.Form):
    """One answer for one revision."""

    verdict = forms.ChoiceField(
        label=_("What do you say to these words?"),
        choices=[
            (SIGN, _("I have read all of it, and I put my name under exactly these words")),
            (MARK, _("Something should change: I have marked it below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you sign these words or want something changed.")},
    )
    name = _line(_("Your name"), complete="name", needed=_("Write your name."))
    role = _line(_("Your profession and role"), _("If you sign, patients read this."))
    registration = _line(_("Your registration"), _("If you sign: the register’s name and your number in it."))
    register_url = forms.URLField(
        label=_("Link to the public register"),
        help_text=_("If there is one, like https://www.example.org/register."),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "in", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the whole address of the register, like https://www.example.org.")},
    )
    interests = _line(
        _("Your interests"), _("If you sign: money or ties that readers should know of; or: none."), longest=300
    )
    next_review = forms.DateField(
        label=_("When should somebody check this page again?"),
        help_text=_("At most %(months)s months from now.") % {"months": LONGEST_MONTHS},
        required=False,
        widget=forms.DateInput(attrs={"class": "in w20", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date, like 2027-03-31.")},
    )

    def __init__(self, *args: Any, revision: Revision, at: datetime, **kwargs: Any) -> None:
        self.sections, self.at = sections(revision), at
        kwargs.setdefault("initial", {"next_review": months_on(timezone.localdate(at), USUAL_MONTHS)})
        super().__init__(*args, **kwargs)
        self.own = list(self.fields)
        for section in self.sections:
            for number, sentence in section.sentences:
                widget = forms.Textarea(attrs={"class": "in", "rows": 2})
                self.fields[f"mark-{number}"] = forms.CharField(
                    label=sentence, required=False, max_length=1000, widget=widget
                )

    def questions(self) -> list[forms.BoundField]:
        """Return the fields about the reviewer."""
        return [self[name] for name in self.own if name != "verdict"]

    def marked(self) -> Iterator[tuple[str, list[forms.BoundField], bool]]:
        """Yield each section: its title, a field for each of its sentences, and whether any of them is filled in."""
        for section in self.sections:
            fields = [self[f"mark-{number}"] for number, _sentence in section.sentences]
            yield section.title, fields, any(field.value() or field.errors for field in fields)

    def clean(self) -> dict[str, Any]:
        """Ask for what the verdict needs."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == SIGN:
            self._clean_signature(cleaned)
        elif cleaned.get("verdict") == MARK and not self._marks(cleaned) and not self.errors:
            self.add_error("verdict", _("Write at least one comment beside a sentence below."))
        return cleaned

    def _clean_signature(self, cleaned: dict[str, Any]) -> None:
        if self._marks(cleaned):
            words = _("You wrote comments. Choose that something should change, or clear them and sign.")
            self.add_error("verdict", words)
        for field, words in FOR_SIGNING.items():
            if not cleaned.get(field) and field not in self.errors:
                self.add_error(field, words)
        try:
            check_next_review(cleaned.get("next_review") or timezone.localdate(self.at), at=self.at)
        except SigningError as error:
            if "next_review" not in self.errors:
                self.add_error("next_review", str(error))

    def _marks(self, cleaned: dict[str, Any]) -> list[dict[str, str]]:
        found = ((self.fields[name].label, words) for name, words in cleaned.items() if name.startswith("mark-"))
        return [{"sentence": str(sentence), "comment": words} for sentence, words in found if words]

    def said(self) -> dict[str, Any]:
        """Return the answer as it is kept."""
        cleaned = self.cleaned_data
        day = cleaned.get("next_review")
        kept = {field: cleaned.get(field) or "" for field in (*SAID, "register_url")}
        return kept | {"next_review": day.isoformat() if day else "", "marks": self._marks(cleaned)}

    @property
    def approves(self) -> bool:
        """Say whether this is a signature."""
        return bool(self.cleaned_data["verdict"] == SIGN)
