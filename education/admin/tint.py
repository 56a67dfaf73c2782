"""A text tinted by what each sentence of it stands on, told in words and by the line below it, not by colour alone."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from education.admin.findings import FAILURES
from education.checks.standing import BASES, CLINIC_FACT, COMMON_KNOWLEDGE, NOTHING, SOURCED, Standing, standing, tally
from education.models import Page
from education.revisions import look_over

NAMES = {
    SOURCED: _("a source"),
    CLINIC_FACT: _("a fact of the clinic"),
    COMMON_KNOWLEDGE: _("common knowledge"),
    NOTHING: _("nothing"),
}


@dataclass(frozen=True)
class Tinted:
    """One sentence, and the name of what it stands on."""

    standing: Standing
    name: Any


def tinted(page: Page, text: str) -> dict[str, Any]:
    """Return the sentences of a text by section, and how many stand on what. Never raises for the text."""
    try:
        words, _rendered, context, _faults = look_over(page, text)
        found = standing(words, context)
    except FAILURES:
        found = []
    counts = tally(found)
    return {
        "counts": [(basis, NAMES[basis], counts[basis]) for basis in BASES],
        "sections": [
            (section, [Tinted(each, NAMES[each.basis]) for each in group])
            for section, group in groupby(found, key=lambda each: each.section)
        ],
    }
