"""The form in which staff write a page: its whole text, and what they changed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import MarkdownxWidget

from education.faults import ContentError
from education.library import LANGUAGE, LONGEST, NAME
from education.models import Page, Revision
from education.revisions import proof

BLANK = """---
title:
order: 1
message:
summary:
lede:
updated: {today:%Y-%m-%d}
---
"""


class PageForm(forms.ModelForm):
    """Takes a page's text, checks it as an import would, and refuses to cover what someone else saved meanwhile."""

    text = forms.CharField(
        label=_("Text"),
        strip=False,
        max_length=LONGEST,
        widget=MarkdownxWidget(
            attrs={"rows": 30, "spellcheck": "true", "data-no-pictures": _("Pictures cannot be added here yet.")}
        ),
        help_text=_("Front matter between two lines ---, then Markdown. The preview shows what is wrong as you write."),
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=_("One line for your colleagues: what you changed and why."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ("language", "path")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer: Revision | None = None
        newest = self.instance.newest() if self.instance.pk else None
        if newest is not None:
            self.initial = {**self.initial, "text": newest.text, "seen": newest.pk}

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

    def clean_text(self) -> str:
        """Take line ends as files have them: browsers send others."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        """Name every fault of the text, and find out if someone was faster."""
        cleaned = super().clean() or {}
        if "text" in cleaned and not self.errors.keys() & {"path", "language"}:
            text, seen = cleaned["text"], cleaned.get("seen")  # a fault takes the text out of what is cleaned
            new = self.instance.pk is None
            self._check_text(text, Page(language=cleaned["language"], path=cleaned["path"]) if new else self.instance)
            self._check_seen(text, seen)
        return cleaned

    def _check_text(self, text: str, page: Page) -> None:
        try:
            proof(page, text)
        except ContentError as error:
            for fault in error.faults:
                words = _("Line %(line)s: %(fault)s") % {"line": fault.line, "fault": fault.message}
                self.add_error("text", words)

    def _check_seen(self, text: str, seen: int | None) -> None:
        if not self.instance.pk:
            return
        # the row is locked until the save, so that of two saves at once the second sees the first
        newest = Page.objects.select_for_update().get(pk=self.instance.pk).newest()
        if newest is not None and newest.pk != seen:
            self.newer = newest
            again = {self.add_prefix("seen"): str(newest.pk)}
            self.data = {**self.data.dict(), **again}  # type: ignore[attr-defined]  # saving again is then a decision
            who = (newest.author.get_full_name() or newest.author) if newest.author else _("A file")
            when = date_format(timezone.localtime(newest.saved_at), "H:i")
            self.add_error(
                None,
                _(
                    "%(who)s saved other words at %(when)s, shown below the form. Yours are kept here, unsaved. "
                    "Bring both together, then save again."
                )
                % {"who": who, "when": when},
            )
        elif newest is not None and newest.text == text:
            self.add_error("text", _("The text is the same as the one saved last."))
