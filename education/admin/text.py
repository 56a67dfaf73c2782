"""A page's text taken apart into the fields of a form, and put together again without touching what nobody changed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.admin.fields import FRONT, OWN, FrontFields, offer_choices
from education.admin.front_values import changed_values, initial_of
from education.admin.numbers import row_number
from education.admin.widgets import Editor
from education.front_edit import entries, parts, read, with_body, with_entries, with_keys
from education.library import LONGEST, look_at
from education.models import Page, Revision

EMPTY = "---\n---\n"


class TextForm(FrontFields):
    """The whole text of a page in fields: front matter, the keys that have no field, and the body."""

    text = forms.CharField(
        label=_("Text"),
        strip=False,
        max_length=LONGEST,
        widget=Editor,
        help_text=_("Markdown. A whole page pasted here, front matter and all, is taken as it is."),
    )
    other = forms.CharField(
        label=_("Other keys of the front matter"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80, "class": "code", "spellcheck": "false"}),
        help_text=_("As in a file: ask, sections, causes, answers and the like. Leave it alone if you are not sure."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def take_apart(self, page: Page, newest: Revision | None) -> None:
        """Fill the fields from the newest words; typed fields are put together with the words they began with."""
        self.base = self._begun_with(page, newest)
        front = parts(self.base).front
        self.front = read(front)
        self.box = "".join(entry for key, entry in entries(front).items() if key not in OWN)
        offer_choices(self.fields, self.front, page.language or "en", page.path)
        if newest is not None:
            taken = {"text": parts(self.base).body, "other": self.box, "seen": newest.pk}
            self.initial: dict[str, Any] = {**initial_of(self.front), **taken, **(self.initial or {})}

    def _begun_with(self, page: Page, newest: Revision | None) -> str:
        seen = str(self.data.get("seen", "")) if self.is_bound and newest else ""
        begun = page.revisions.filter(pk=row_number(seen)).first() if seen else None
        found = begun or newest
        return found.text if found else EMPTY

    def written(self) -> str:
        """Return the text as the form stands, whatever is wrong with it: a field that cannot be read is left out."""
        body = file_lines(self["text"].value())
        if self.is_whole():
            return body
        cleaned = {}
        for name in FRONT:
            try:
                cleaned[name] = self.fields[name].clean(self[name].value())
            except forms.ValidationError:
                continue
        values = changed_values(cleaned, self.front, timezone.localdate())
        return with_body(self._with_box(with_keys(self.base, values)), body)

    def _with_box(self, text: str) -> str:
        """Put the entries of the box into the text: those that differ from what stands there."""
        box = self.typed_box()
        if box.strip() == self.box.strip():
            return text
        old, new = entries(self.box), {key: entry for key, entry in entries(box).items() if key not in OWN}
        gone = dict.fromkeys(old.keys() - new.keys(), "")
        return with_entries(text, gone | {key: entry for key, entry in new.items() if entry != old.get(key)})

    def is_whole(self) -> bool:
        """Say if somebody put a whole page with its front matter where its words belong."""
        return bool(parts(file_lines(self["text"].value())).front)

    def typed_box(self) -> str:
        """Return what stands in the box of the other keys, one line end at its end."""
        box = file_lines(self["other"].value())
        return f"{box.rstrip()}\n" if box.strip() else ""

    def box_lines(self) -> dict[str, int]:
        """Return the line of each key in the box."""
        lines = look_at(f"---\n{self.typed_box()}---\n", language="en", path="", file="")[0].lines
        return {key: line - 1 for key, line in lines.items()}

    def box_faults(self) -> list[str]:
        """Say what is wrong with the box itself: it cannot be read, or a key stands there that has a field."""
        box = self.typed_box()
        if self.is_whole() or not box:
            return []
        if entries(box):
            twice = sorted(entries(box).keys() & OWN)
            return [_("%(key)s has a field of its own.") % {"key": key} for key in twice]
        last = box.count("\n")
        faults = look_at(f"---\n{box}---\n", language="en", path="", file="")[1][:1]
        return [
            _("Line %(line)s: %(fault)s") % {"line": min(each.line - 1, last), "fault": each.message} for each in faults
        ]


def file_lines(value: Any) -> str:
    """Take line ends as files have them: browsers send others."""
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")
