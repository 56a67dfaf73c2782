"""What every page of the journey has in common."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from booking.clean import visible
from booking.given import Given

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SURE = "sure"
"""The name of a question that only some answers give rise to."""
MOST_TYPED = 5_000
"""Longer text is too long for every question, and is not even read: to tidy it can take the square of its length."""


class Text(forms.CharField):
    """Typed text, cleaned of what nobody can see. It is never cut short silently: too long is said."""

    def __init__(self, *, limit: int, too_long: "StrOrPromise", lines: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit, self.too_long, self.lines = limit, too_long, lines

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        if len(typed) > MOST_TYPED:
            raise forms.ValidationError(self.too_long, code="too_long")
        return visible(typed, lines=self.lines)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise forms.ValidationError(self.too_long, code="too_long")


class StepForm(forms.Form):
    """A page's question. It is filled from the draft and gives back only the answers that are its own."""

    use_required_attribute = False
    hint: "StrOrPromise" = ""
    optional: tuple[str, ...] = ()  # only what is optional is marked
    template = "booking/step.html"

    def __init__(self, data: Mapping[str, Any] | None = None, *, given: Given) -> None:
        self.given = given
        super().__init__(data, initial=dict(given))
        for name in self.optional:
            self.fields[name].is_optional = True  # type: ignore[attr-defined]
        self.prepare()

    def prepare(self) -> None:
        """Fit the questions to what is known by now."""

    def ask(self, question: forms.ChoiceField, *, after: str) -> Any:
        """Put a question below the answer that gave rise to it. Return what was chosen, or None and add an error.

        What it offers is the very answer that it asks about: typed anew, that answer is asked about anew.
        """
        self.fields[SURE] = question
        before = list(self.fields)[: list(self.fields).index(after) + 1]
        self.order_fields([*before, SURE])
        try:
            return question.clean(question.widget.value_from_datadict(self.data, self.files, SURE))
        except forms.ValidationError as error:
            self.add_error(SURE, error)
            return None

    @property
    def heading(self) -> "StrOrPromise":
        """The page's question. A page with one field asks it in the field's own label."""
        return next(iter(self)).label

    @property
    def is_single(self) -> bool:
        """Say whether the one field's label or legend is the page's heading."""
        return len(self.fields) == 1

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers, as the draft and the model keep them."""
        return self.cleaned_data


def choice(
    label: "StrOrPromise", choices: Mapping[str, Any], wrong: "StrOrPromise", **kwargs: Any
) -> forms.ChoiceField:
    """Return radios of which none is chosen beforehand."""
    errors = {"required": wrong, "invalid_choice": wrong}
    return forms.ChoiceField(
        label=label, choices=list(choices.items()), widget=forms.RadioSelect, error_messages=errors, **kwargs
    )


class Choices(forms.MultipleChoiceField):
    """Checkboxes of which none need be ticked. `or_last` sets the last one apart: it stands for none, or for all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, of: Mapping[str, Any], *, wrong: "StrOrPromise", or_last: bool = False,
                 required: bool = False, **kwargs: Any) -> None:  # fmt: skip
        errors = {"required": wrong, "invalid_choice": wrong, "invalid_list": wrong}
        super().__init__(choices=list(of.items()), required=required, error_messages=errors, **kwargs)
        self.or_last = or_last
