"""What people write down when they decide on words: reasons, a time, a note to the author, a word to patients."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.checks.finding import Finding
from education.models import Page, PageEvent
from education.moves import LONGEST

TOO_LONG = _("Shorten this to %(limit_value)d letters; it has %(show_value)d")


class Words(forms.CharField):
    """A few lines. No limit in the browser, which would cut a long text without a word."""

    def __init__(self, *, required: Any, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3}), error_messages={"required": required}, **kwargs)
        self.validators.append(MaxLengthValidator(LONGEST, TOO_LONG))


class PublishForm(forms.Form):
    """A reason for each open warning, and a time for those who publish later."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Choose a day"), "invalid": _("Write the day like 2026-11-22")},
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose a time"), "invalid": _("Write the time like 09:30")},
    )

    def __init__(self, *args: Any, warnings: Iterable[Finding], later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings = list(warnings)
        for finding in self.warnings:
            self.fields[reason_field(finding)] = Words(
                label=_("Why may line %(line)s stay as it is?") % {"line": finding.line},
                help_text=f"{finding.why} {finding.mend}",
                required=_("Line %(line)s: give a reason, or mend the sentence") % {"line": finding.line},
            )
        for name in ("day", "time"):
            self.fields[name].required = later

    def asked(self) -> list[tuple[Finding, forms.BoundField]]:
        """Return each warning with the field for its reason."""
        return [(finding, self[reason_field(finding)]) for finding in self.warnings]

    def reasons(self) -> dict[str, str]:
        """Return what was typed, by warning."""
        return {finding.fingerprint: str(self.data.get(reason_field(finding), "")) for finding in self.warnings}

    def when(self) -> datetime:
        """Return the time chosen, in the clinic's zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


def reason_field(finding: Finding) -> str:
    """Return the name of the field for a warning's reason."""
    return f"reason-{finding.fingerprint}"


def given_before(page: Page) -> dict[str, str]:
    """Return the reasons that were accepted when this page was last published: the same words need no new ones."""
    kinds = (PageEvent.Kind.PUBLISHED, PageEvent.Kind.SCHEDULED)
    last = page.events.filter(kind__in=kinds).order_by("-pk").first()
    return {f"reason-{fingerprint}": kept["reason"] for fingerprint, kept in (last.reasons if last else {}).items()}


class NoteForm(forms.Form):
    """What should change before these words are published."""

    note = Words(label=_("What should change?"), required=_("Write what should change, so that the author knows"))


class WithdrawForm(forms.Form):
    """What patients read in place of the page."""

    reason = Words(
        label=_("Why is it withdrawn?"),
        help_text=_("Patients read this, with today’s date, at the page’s address. At most 300 letters, plain words."),
        required=_("Say why: patients read it"),
    )
