"""The front matter as fields of a form: each key that people write often has its own, the rest stand in one box."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from education.areas import BY_KEY
from education.keys import CHANGES, GRADES, KINDS
from education.models import Page

KEYS = (
    *("title", "short_title", "kind", "order", "area", "message", "summary", "lede", "updated"),
    *("review", "when_overdue", "related", "uses"),
)
"""The keys with one field of the same name."""
EVIDENCE = ("grade", "upto", "label", "studies", "searched")
"""What the key `evidence` holds, each with a field of its own."""
OWN = frozenset({*KEYS, "evidence", "changes"})
CHANGE_WORDS = {
    "first": _("First version"),
    "wording": _("Only the wording"),
    "evidence": _("New evidence"),
    "safety": _("Safety"),
    "correction": _("Correction: we had been wrong"),
}
LINES = {"rows": 2, "cols": 80, "spellcheck": "true"}


class Words(forms.CharField):
    """Plain words on one line, however many lines the box shows."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        widget = forms.Textarea(attrs=LINES | {"rows": rows}) if rows else forms.TextInput(attrs={"size": 60})
        super().__init__(**{"widget": widget, "required": False, "max_length": 2000} | options)

    def clean(self, value: Any) -> str:
        return " ".join(str(super().clean(value)).split())


class Day(forms.DateField):
    """A date as the browser's own calendar gives it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class Ticks(forms.MultipleChoiceField):
    """Any of some choices; what a page holds already can always be chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **options)

    def offer(self, choices: Mapping[str, str], held: Iterable[str]) -> None:
        """Offer these choices, by value, and what is held already."""
        self.choices = list(({value: value for value in held} | dict(choices)).items())


def _choices(words: Iterable[str]) -> list[tuple[str, Any]]:
    return [("", "–"), *((word, word.replace("-", " ").capitalize()) for word in words)]


class FrontFields(forms.Form):
    """The fields of the front matter."""

    title = Words(label=_("Title"), required=True, max_length=200)
    short_title = Words(label=_("Short title"), help_text=_("For menus, when the title is long."))
    kind = forms.ChoiceField(label=_("Kind of page"), choices=[(kind, kind.capitalize()) for kind in KINDS])
    order = forms.IntegerField(
        label=_("Order"), required=False, help_text=_("The page's place among its neighbours: a whole number.")
    )
    area = forms.ChoiceField(
        label=_("Place on the body"),
        required=False,
        choices=[("", "–"), *((area.key, area.label) for area in BY_KEY.values())],
    )
    message = Words(
        label=_("Main message"),
        rows=2,
        required=True,
        help_text=_("What one person should remember. At most 45 words."),
    )
    summary = Words(
        label=_("Summary"), rows=2, required=True, help_text=_("For search results. At most 160 characters.")
    )
    lede = Words(label=_("Opening words"), rows=2, required=True, help_text=_("Below the title. At most 45 words."))
    evidence_grade = forms.ChoiceField(label=_("How sure we are"), required=False, choices=_choices(GRADES))
    evidence_upto = forms.ChoiceField(
        label=_("Or up to"),
        required=False,
        choices=_choices(GRADES),
        help_text=_("Only if our grade lies between two steps."),
    )
    evidence_label = Words(label=_("In a few words"), help_text=_("Such as: Small trials."))
    evidence_studies = Words(label=_("The studies in one sentence"), rows=2)
    evidence_searched = Words(label=_("When we searched"), help_text=_("Such as: November 2026."))
    related = Ticks(label=_("Related pages"))
    uses = Ticks(label=_("Statements of the ledger that this page makes"))
    updated = Day(label=_("Updated on"))
    review = Day(label=_("Check again by"), required=False)
    when_overdue = Words(
        label=_("What stands here when the check is long overdue"),
        rows=2,
        help_text=_("A neutral sentence in place of what the page says about benefits. At most 45 words."),
    )
    change_kind = forms.ChoiceField(
        label=_("Kind of change"),
        required=False,
        choices=[("", _("Nothing that readers need to know")), *((kind, CHANGE_WORDS[kind]) for kind in CHANGES)],
    )
    change_reason = Words(label=_("What changed, in plain words"), rows=2, help_text=_("At most 40 words."))
    change_act = forms.BooleanField(label=_("This changes what readers should do"), required=False)
    change_where = Words(
        label=_("Where it stands"),
        max_length=80,
        help_text=_(
            "For a safety change: the id of its heading or box, like emergency, or lede for the opening words. "
            "Readers of other languages see this part at once."
        ),
    )

    def clean_change_reason(self) -> str:
        """Ask for both or neither: what kind of change, and its words."""
        kind, reason = self.cleaned_data.get("change_kind"), str(self.cleaned_data["change_reason"])
        if kind and not reason:
            raise forms.ValidationError(_("Tell readers in plain words what changed."))
        if reason and not kind:
            raise forms.ValidationError(_("Choose the kind of change, too."))
        return reason


FRONT = tuple(FrontFields.base_fields)


def offer_choices(fields: Mapping[str, forms.Field], front: Mapping[str, Any], language: str, path: str) -> None:
    """Let authors choose among the published pages of the language and the statements of the ledger."""
    pages: dict[str, str] = {}
    claims: dict[str, str] = {}
    for page in Page.objects.published().filter(language=language).defer("published__html").order_by("path"):
        told = page.words().front
        if page.path and page.path != path:
            pages[page.path] = f"{told.get('label') or page.path} ({page.path})"
        claims |= {claim["id"]: f"{claim['id']}: {claim['text']}" for claim in told.get("claims") or ()}
    for name, known in (("related", pages), ("uses", claims)):
        field = fields[name]
        assert isinstance(field, Ticks)
        field.offer(known, as_list(front.get(name)))


def as_list(value: Any) -> list[Any]:
    """Return a value of front matter as a list; anything else counts as empty."""
    return list(value) if isinstance(value, list) else []
