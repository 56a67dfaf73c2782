"""Fills the places of a page's text with what is drawn from the data of all pages, whenever the page is shown."""

import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from education.markdown.evidence import STEPS
from education.navigation import Entry, Site
from education.plot import plot
from education.studies import about, cited, grouped, studies

PLACE = re.compile(r"<!--show:([a-z]+)(?:-([a-z]+))?-->")
"""Only our renderer can write one."""


def fill(html: str, this: Entry, site: Site) -> str:
    """Return the HTML of a page with every place filled."""

    def filled(match: re.Match[str]) -> str:
        name, which = match[1], match[2] or ""
        return render_to_string(f"components/shown/{name}.html", SHOWN[name](this, site, which))

    return PLACE.sub(filled, html)


def _near(this: Entry, site: Site, which: str) -> dict[str, Any]:
    """The studies about one condition, by how near they are to PIT."""
    found = grouped(about(studies(site), this.path))
    return {"groups": [(group, cited(group.studies, this.front)) for group in found]}


def _grades(this: Entry, site: Site, which: str) -> dict[str, Any]:
    """Each condition with how many studies of each nearness we know, and our grade."""
    known = studies(site)
    rows = [(entry, grouped(about(known, entry.path)), grade_of(entry)) for entry in site.conditions]
    return {"rows": rows, "groups": grouped(())}


def _plot(this: Entry, site: Site, which: str) -> dict[str, Any]:
    """The plot of the studies, and the same in a table."""
    known = studies(site)
    return {"plot": plot(known), "groups": grouped(known)}


def _studies(this: Entry, site: Site, which: str) -> dict[str, Any]:
    """The table of studies of one nearness."""
    found = [study for study in studies(site) if study.nearness == which]
    return {"which": which, "rows": cited(found, this.front)}


def grade_of(entry: Entry) -> str | Promise:
    """Return the grade of a condition in words; one that lies between two steps names both."""
    words = dict(STEPS)
    evidence = entry.front.get("evidence") or {}
    lower, upper = words.get(evidence.get("grade", ""), ""), words.get(evidence.get("upto", ""), "")
    return _("%(lower)s to %(upper)s") % {"lower": lower, "upper": str(upper).lower()} if upper else lower


SHOWN: dict[str, Callable[[Entry, Site, str], dict[str, Any]]] = {
    "near": _near,
    "grades": _grades,
    "plot": _plot,
    "studies": _studies,
}
