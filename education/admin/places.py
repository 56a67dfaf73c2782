"""Which field of the form a fault of the text belongs to, and the line that its author sees there."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from education.admin.fields import EVIDENCE, KEYS, FrontFields
from education.faults import Fault
from education.library import PageText

NAMED = re.compile(r"needs (\w+)\.$|^(?:front matter: )?(\w+) is missing|^evidence: (\w+) is missing")


def place(fault: Fault, page: PageText, box: Mapping[str, int], *, whole: bool = False) -> tuple[str, str]:
    """Return the name of a fault's field and its words there.

    `box` has the line of each key in the box of other keys; `whole` says that the whole text stands in one field.
    """
    if whole or fault.line >= page.body_line:
        return "text", _at(fault.line if whole else fault.line - page.body_line + 1, fault)
    key = _key(fault, page)
    if key == "evidence":
        return f"evidence_{_part(fault)}", fault.message
    if key in KEYS or key == "changes":
        return "change_reason" if key == "changes" else key, fault.message
    known = key in box and key in page.lines
    return "other", _at(box[key] + fault.line - page.lines[key], fault) if known else fault.message


def label_of(field: str) -> str:
    """Return what a field is called in the form."""
    known = FrontFields.base_fields.get(field)
    return str(known.label if known else _("Other keys of the front matter"))


def _at(line: int, fault: Fault) -> str:
    return _("Line %(line)s: %(fault)s") % {"line": line, "fault": fault.message}


def _key(fault: Fault, page: PageText) -> str:
    """Return the key that a fault names, or else the one on whose lines it stands."""
    named = NAMED.search(fault.message)
    if named and (named[1] or named[2]):
        return str(named[1] or named[2])
    above = [(line, key) for key, line in page.lines.items() if line <= fault.line]
    return max(above)[1] if above else ""


def _part(fault: Fault) -> str:
    said = re.findall(r"\w+", fault.message)
    return next((word for word in said if word in EVIDENCE), "grade")
