"""What the checks say of a text, as the editor shows it: each thing at the field or line that its author sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from education.admin.places import label_of, place
from education.checks import Finding
from education.checks.finding import WARNING
from education.faults import ContentError, Fault
from education.findings import findings
from education.front_edit import parts, read, with_keys
from education.gates import unrecorded
from education.library import PageText
from education.markdown import Context
from education.models import Page
from education.models.revision import text_digest
from education.revisions import look_over

PREFIX = "answer-"
LONGEST_ANSWER = 200
FAILURES = (ContentError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class Shown:
    """One finding and where it is: a line of the body, or a field of the front matter."""

    finding: Finding
    field: str
    line: int
    typed: str = ""
    """The reason that stands in its box, not saved yet."""

    @property
    def label(self) -> str:
        """What the field is called in the form."""
        return label_of(self.field)


@dataclass(frozen=True)
class ShownFault:
    """One fault that keeps the text from being a page: its field, its words, its line of the body."""

    field: str
    said: str
    line: int

    @property
    def label(self) -> str:
        """What the field is called in the form."""
        return label_of(self.field)


@dataclass(frozen=True)
class Panel:
    """All that is to be said of a text beside it."""

    faults: tuple["ShownFault", ...] = ()
    errors: tuple[Shown, ...] = ()
    warnings: tuple[Shown, ...] = ()
    answered: tuple[Shown, ...] = ()
    unrecorded: tuple[str, ...] = ()
    """What readers have to be told of the change before it is published."""
    readable: bool = True


def panel(page: Page, text: str, box: Mapping[str, int], data: Mapping[str, Any], *, whole: bool = False) -> Panel:
    """Look a text over and return what is to be said of it. Never raises for the text."""
    try:
        words, _rendered, context, faults = look_over(page, text)
        found = findings(words, context, today=timezone.localdate())
    except FAILURES:
        return Panel(readable=False)
    shown = [_shown(finding, words, box, data, whole=whole) for finding in found]
    return Panel(
        faults=tuple(
            ShownFault(*place(fault, words, box, whole=whole), _line(fault, words, whole=whole)) for fault in faults
        ),
        errors=tuple(each for each in shown if each.finding.level != WARNING),
        warnings=tuple(each for each in shown if each.finding.level == WARNING and not each.finding.answered),
        answered=tuple(each for each in shown if each.finding.answered),
        unrecorded=tuple(unrecorded(page, text_digest(text), words) if page.pk else ()),
    )


def with_answers(text: str, words: PageText, context: Context, data: Mapping[str, Any]) -> str:
    """Return the text with the reasons that somebody gave for its open warnings."""
    given = {name: " ".join(str(data[name]).split()) for name in data if name.startswith(PREFIX)}
    if not any(given.values()):
        return text
    answers = [
        {"rule": finding.rule, "words": finding.sentence[:LONGEST_ANSWER].strip(), "reason": reason}
        for finding in findings(words, context, today=timezone.localdate())
        if finding.level == WARNING and not finding.answered and finding.sentence
        if (reason := given.get(PREFIX + finding.fingerprint))
    ]
    old = read(parts(text).front).get("answers")
    return with_keys(text, {"answers": [*(old if isinstance(old, list) else []), *answers]}) if answers else text


def _shown(finding: Finding, words: PageText, box: Mapping[str, int], data: Mapping[str, Any], *, whole: bool) -> Shown:
    fault = Fault("", finding.line, "")
    field, _said = ("review", "") if finding.rule == "no-review-date" else place(fault, words, box, whole=whole)
    return Shown(finding, field, _line(fault, words, whole=whole), str(data.get(PREFIX + finding.fingerprint, "")))


def _line(fault: Fault, words: PageText, *, whole: bool) -> int:
    """Return the line in the field of the text; 0 for what stands in other fields."""
    return fault.line if whole else max(fault.line - words.body_line + 1, 0)
