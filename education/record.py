"""The public record of a page: what changed and why, for ever; and its words as plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from education import languages, navigation, views
from education.models import Page, PageEvent, Revision
from education.models.page import PageQuerySet
from education.plain import plain_text
from education.press import finished

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
    """Return every change that readers were ever told of on a page, the newest first."""
    return [change for _page, change in changes([page])]


def changes(pages: Iterable[Page]) -> list[tuple[Page, Change]]:
    """Return every change that readers were ever told of on some pages, the newest first (two queries).

    Read from all words that were ever published, so that an entry which a later text leaves out still stands.
    """
    by_key = {page.pk: page for page in pages}
    seen = Revision.objects.ever_public().filter(page__in=by_key).order_by("pk")
    told = [
        (key, change)
        for key, entries in seen.values_list("page", "front__changes")
        for change in _as_written(entries or ())
    ]
    withdrawn = PageEvent.objects.filter(page__in=by_key, kind=PageEvent.Kind.WITHDRAWN)
    events = withdrawn.order_by("pk").values_list("page", "at", "note")
    told += [(key, Change(timezone.localdate(at), "withdrawn", note)) for key, at, note in events]
    once = list(dict.fromkeys(told))  # of one day, what was written last comes first
    once.reverse()
    newest_first = sorted(once, key=lambda each: each[1].on, reverse=True)
    return [(by_key[key], change) for key, change in newest_first]


def changes_since(revision: Revision) -> list[Change]:
    """Return what readers of these words were not yet told, the newest first."""
    known = set(_as_written(revision.front.get("changes") or ()))
    public_on = timezone.localdate(revision.saved_at)
    return [
        change
        for change in changes_of(revision.page)
        if change not in known and (change.kind != "withdrawn" or change.on >= public_on)
    ]


def _as_written(entries: Iterable[dict[str, Any]]) -> Iterator[Change]:
    """Yield the changes that front matter tells."""
    for entry in entries:
        yield Change(date.fromisoformat(entry["date"]), entry["kind"], entry["reason"], bool(entry["act"]))


def _find(path: str, pages: PageQuerySet) -> Page:
    """Return the one of these pages that is at a path which came with an address."""
    if "\0" in path:
        raise Http404  # PostgreSQL has no such text, not even to look for
    return get_object_or_404(pages.at(languages.spoken(), path))


@finished
@require_safe
def what_changed(request: HttpRequest, path: str = "") -> HttpResponse:
    """Show what changed on a page, when, why, and whether readers should do something else now; also when withdrawn."""
    page = _find(path, Page.objects.ever_published())
    words = page.last_public()
    site, front = navigation.site(page.language), words.front if words else {}
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


@finished
@require_safe
def as_text(request: HttpRequest, path: str = "") -> HttpResponse:
    """Hand out a published page as plain text, with all that patients see: numbers filled in, sources numbered."""
    page = _find(path, Page.objects.published())
    shown = views.show(request, page, page.words())
    with translation.override(page.language):
        text = plain_text(shown.content.decode(), site_url=settings.SITE_URL)
    address = f"{settings.SITE_URL}{page.get_absolute_url()}"
    response = HttpResponse(f"{text}\n{address}\n", content_type="text/plain; charset=utf-8")
    response["Content-Language"] = page.language
    response["Link"] = f'<{address}>; rel="canonical"'
    return response


@require_safe
def to_text(request: HttpRequest, path: str = "") -> HttpResponsePermanentRedirect:
    """Lead from the address that the text once had; never by the path as it came, which may begin with //host."""
    page = _find(path, Page.objects.published())
    return HttpResponsePermanentRedirect(f"{page.get_absolute_url()}index.txt")
