"""The public record of a page: what changed and why, for ever; and its exact words as Markdown."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from education import languages, navigation
from education.models import Page, PageEvent, Revision

KINDS: dict[str, str | Promise] = {
    "first": _("First version"),
    "wording": _("Wording"),
    "evidence": _("Evidence"),
    "safety": _("Safety"),
    "correction": _("Correction: we had this wrong"),
    "withdrawn": _("Taken away for a time"),
}


@dataclass(frozen=True)
class Change:
    """One change as readers are told of it. `act`: it changes what they should do."""

    on: date
    kind: str
    reason: str
    act: bool = False

    @property
    def label(self) -> str | Promise:
        """The kind in plain words."""
        return KINDS.get(self.kind, self.kind)


def changes_of(page: Page) -> list[Change]:
    """Return every change that readers were ever told of, the newest first.

    Read from all words that were ever published, so that an entry which a later text leaves out still stands.
    """
    seen = Revision.objects.filter(page=page, state__in=[Revision.State.PUBLISHED, Revision.State.SUPERSEDED])
    told = {
        Change(date.fromisoformat(entry["date"]), entry["kind"], entry["reason"], bool(entry["act"]))
        for entries in seen.order_by().values_list("front__changes", flat=True)
        for entry in entries or ()
    }
    withdrawn = page.events.filter(kind=PageEvent.Kind.WITHDRAWN).values_list("at", "note")
    told |= {Change(timezone.localdate(at), "withdrawn", note) for at, note in withdrawn}
    return sorted(told, key=lambda change: (change.on, change.kind, change.reason), reverse=True)


def _find(path: str) -> Page:
    """Return the published page at a path that came with an address."""
    if "\0" in path:
        raise Http404  # PostgreSQL has no such text, not even to look for
    return get_object_or_404(Page.objects.published().at(languages.spoken(), path))


@require_safe
def what_changed(request: HttpRequest, path: str = "") -> HttpResponse:
    """Show what changed on a page, when, why, and whether readers should do something else now."""
    page = _find(path)
    site, front = navigation.site(page.language), page.words().front
    this = navigation.Entry(page.path, page.get_absolute_url(), front)
    context: dict[str, Any] = {
        "page": page,
        "entry": this,
        "versions": [
            replace(version, url=f"{version.url}changes/" if version.is_there else version.url)
            for version in navigation.versions(page.path)
        ],
        "section": page.path.partition("/")[0],
        "breadcrumb": [*site.breadcrumb(page.path), this],
        "changes": changes_of(page),
    }
    with translation.override(page.language):
        response = render(request, "education/changes.html", context)
    response["Content-Language"] = page.language
    return response


@require_safe
def markdown(request: HttpRequest, path: str = "") -> HttpResponse:
    """Hand out the published words of a page exactly as they were written and signed."""
    page = _find(path)
    response = HttpResponse(page.words().text, content_type="text/markdown; charset=utf-8")
    response["Content-Language"] = page.language
    response["Link"] = f'<{settings.SITE_URL}{page.get_absolute_url()}>; rel="canonical"'
    return response
