"""The form in which staff write a page: its text in fields, where it stands, and what they changed."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from education.admin.fields import FRONT
from education.admin.findings import with_answers
from education.admin.places import place
from education.admin.text import TextForm
from education.library import LANGUAGE, NAME
from education.models import Page, Revision
from education.revisions import look_over

FIELDSETS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (_("The page"), {"fields": ("title", "short_title", ("kind", "order", "area"), "message", "summary", "lede")}),
    (_("Words"), {"fields": ("text",), "classes": ("body",)}),
    (
        _("How sure we are (condition pages)"),
        {
            "fields": (("evidence_grade", "evidence_upto", "evidence_label", "evidence_searched"), "evidence_studies"),
            "classes": ("collapse",),
        },
    ),
    (_("Related pages and statements"), {"fields": ("related", "uses"), "classes": ("collapse",)}),
    (_("Dates and the next check"), {"fields": (("updated", "review"), "when_overdue")}),
    (_("Other keys"), {"fields": ("other",), "classes": ("collapse",)}),
    (_("What changed for readers"), {"fields": ("change_kind", "change_reason", "change_act")}),
    (_("Save"), {"fields": ("note", "seen", "copy"), "classes": ("saving",)}),
)


class PageForm(TextForm, forms.ModelForm):
    """Checks a page as an import would, and never covers what somebody else saved meanwhile."""

    note = forms.CharField(
        label=_("What you changed"),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=_("One line for your colleagues: what and why."),
    )
    copy = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    class Meta:
        model = Page
        fields = ("language", "path")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer: Revision | None = None
        self.mine = ""
        self.take_apart(self.instance, self.instance.newest() if self.instance.pk else None)

    def clean_path(self) -> str:
        """Accept only paths that a file could have, below a page that exists."""
        path = str(self.cleaned_data["path"]).strip("/ ")
        if path and not all(NAME.match(part) for part in path.split("/")):
            raise forms.ValidationError(_("Use small letters, digits and single dashes, like conditions/knee-pain."))
        above = path.rpartition("/")[0]
        if above and not Page.objects.filter(path=above).exists():
            raise forms.ValidationError(
                _("There is no page at %(path)s, which would be above this one.") % {"path": above}
            )
        return path

    def clean_language(self) -> str:
        """Accept only codes that a folder could have."""
        language = str(self.cleaned_data["language"])
        if not LANGUAGE.match(language):
            raise forms.ValidationError(_("Write the code of a language, like en."))
        return language

    def clean(self) -> dict[str, Any]:
        """Put the text together, name every fault at its field, and find out if someone was faster."""
        cleaned = super().clean() or {}
        if self.is_whole():
            for name in FRONT:
                self.errors.pop(name, None)
        if not self.errors.keys() & {"path", "language", "text", *FRONT}:
            new = self.instance.pk is None
            seen = cleaned.get("seen")
            text = self._checked(Page(language=cleaned["language"], path=cleaned["path"]) if new else self.instance)
            if not new:
                self._check_seen(text, seen)
            if "text" in cleaned:  # a fault takes it out of what is cleaned
                cleaned["text"] = text
        return cleaned

    def _checked(self, page: Page) -> str:
        """Return the text with the answers to its warnings; faults are added to the fields they belong to."""
        text = self.written()
        words, _rendered, context, faults = look_over(page, text)
        answered = with_answers(text, words, context, self.data)
        if answered != text:
            text = answered
            words, _rendered, context, faults = look_over(page, text)
        for sentence in self.box_faults():
            self.add_error("other", sentence)
        for fault in faults:
            self.add_error(*place(fault, words, {} if self.is_whole() else self.box_lines(), whole=self.is_whole()))
        return text

    def _check_seen(self, text: str, seen: int | None) -> None:
        # the row is locked until the save, so that of two saves at once the second sees the first
        newest = Page.objects.select_for_update().get(pk=self.instance.pk).newest()
        if newest is not None and newest.pk != seen:
            self.newer, self.mine = newest, text
            typed = cast(QueryDict, self.data).copy()
            typed[self.add_prefix("seen")] = str(newest.pk)  # saving again is then a decision
            self.data = typed
            who = (newest.author.get_full_name() or newest.author) if newest.author else _("A file")
            when = date_format(timezone.localtime(newest.saved_at), "H:i")
            words = _(
                "%(who)s saved other words at %(when)s, shown below the form. Yours are kept here, unsaved. "
                "Bring both together, then save again."
            )
            self.add_error(None, words % {"who": who, "when": when})
        elif newest is not None and newest.text == text:
            self.add_error("text", _("The text is the same as the one saved last."))
