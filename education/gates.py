"""What stands between words and the patients who would read them: faults, the checks, and the record of changes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from education import checks
from education.checks.finding import ERROR, Finding
from education.compare import Difference
from education.faults import Fault
from education.findings import findings
from education.library import Files, PageText, look_at
from education.markdown import Context, Rendered
from education.models import Page, Revision, SignOff
from education.models.revision import text_digest
from education.revisions import look_over


@dataclass(frozen=True)
class Look:
    """A text as it stands today: what blocks it, what somebody has to give a reason for, and how it prints."""

    errors: list[str]
    warnings: list[Finding]
    """Open warnings of the checks: nobody answered them in the text."""
    rendered: Rendered
    fingerprint: str


def look(page: Page, revision: Revision, *, today: date) -> Look:
    """Return everything that is to say against publishing a revision today."""
    words, rendered, context, faults = look_over(page, revision.text)
    errors = [_("Line %(line)s: %(fault)s") % {"line": fault.line, "fault": fault.message} for fault in faults]
    told = checks.open_findings(findings(words, context, today=today))
    errors += [in_words(finding) for finding in checks.errors(told)]
    warnings = list({each.fingerprint: each for each in told if each.level != ERROR}.values())
    return Look(errors + unrecorded(page, revision.digest, words), warnings, rendered, context.fingerprint)


def unfit(difference: Difference, context: Context, at: datetime, found: Files) -> list[Fault]:
    """Return what stops a file's words on their way to patients: errors of the checks, and a change nobody told of.

    Warnings are for `check`.
    """
    (language, path), file, page = difference.key, difference.file, difference.page
    words, _faults = look_at(file.text, language=language, path=path, file=file.name)
    today = max(timezone.localdate(at), words.front.updated)  # a machine's slow clock is no fault of the words
    told = checks.errors(findings(words, context, today=today, found=found))
    silent = unrecorded(page, text_digest(file.text), words) if page else []
    return [Fault(file.name, each.line, str(each)) for each in told] + [words.fault("changes", each) for each in silent]


def in_words(finding: Finding) -> str:
    """Tell an error of the checks as one line: where, what, why, and how to mend it."""
    told = {"line": finding.line, "sentence": finding.sentence or finding.title}
    return " ".join((_("Line %(line)s: “%(sentence)s”.") % told, finding.why, finding.mend))


def unrecorded(page: Page, digest: str, words: PageText) -> list[str]:
    """Return what is missing from the page's public record of changes."""
    before = page.last_public()
    if before is None or before.digest == digest:
        return []
    kept, now = before.front.get("changes") or [], words.front.plain()["changes"]
    lost = [change for change in kept if change.get("kind") == "correction" and change not in now]
    told = [
        _("Corrections stay for ever. Put this one back under “changes”: %(date)s, %(reason)s") % change
        for change in lost
    ]
    if not any(change not in kept for change in now):
        told.append(_("Say what changed for readers, in plain words (in a file: a dated entry under “changes”)."))
    return told


def is_signed(revision: Revision) -> bool:
    """Say whether a clinician's name stands under exactly these words, given after the page was last withdrawn."""
    stands = Q(page__withdrawn_at=None) | Q(signed_at__gt=F("page__withdrawn_at"))
    return SignOff.objects.of_words(revision.page_id, revision.digest).filter(stands).exists()
