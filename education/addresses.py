"""Addresses that pages once had lead to the new ones; addresses of withdrawn pages say so, when and why."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation

from education import navigation
from education.models import Moved, Page

AN_HOUR = "max-age=3600"
"""So long browsers may remember an old address: a new page may stand there one day."""


def answer(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """Answer for an address without a published page: 301 to where it moved, 410 if withdrawn, 404 with the page in
    another language if it is there. Raises Http404.
    """
    moved = Moved.objects.filter(language=language, path=path).select_related("page").first()
    if moved is not None and moved.page.published_id:
        response = HttpResponsePermanentRedirect(moved.page.get_absolute_url())
        response["Cache-Control"] = AN_HOUR
        return response
    page = Page.objects.at(language, path).filter(withdrawn_at__isnull=False).first()
    page = page or (moved.page if moved and moved.page.withdrawn_at else None)
    return _gone(request, page) if page else _not_in(request, language, path)


def _gone(request: HttpRequest, page: Page) -> HttpResponse:
    above = navigation.site(page.language).breadcrumb(page.path)
    last = page.last_public()
    title = last.front.get("title", page.path) if last else page.path
    context = {"page": page, "title": title, "breadcrumb": above, "hub": above[-1:]}
    with translation.override(page.language):
        response = render(request, "education/withdrawn.html", context, status=410)
    response["Content-Language"] = page.language
    return response


def _not_in(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """Say that a page is not there in this language, offer it in others, and list what there is."""
    versions = navigation.versions(path)
    there = [version for version in versions if version.is_there]
    if not there:
        raise Http404
    site = navigation.site(language)
    told = {"there": there, "versions": versions, "breadcrumb": site.breadcrumb(path), "children": site.children("")}
    return render(request, "education/not_in_language.html", told, status=404)


def lead_here(page: Page, old_paths: list[str]) -> list[str]:
    """Let old paths lead to a page, and free the page's own address. Returns the paths that did not yet lead here."""
    Moved.objects.filter(language=page.language, path=page.path).delete()
    rows = dict(Moved.objects.filter(language=page.language, path__in=old_paths).values_list("path", "page"))
    new = [path for path in old_paths if path != page.path and rows.get(path) != page.pk]
    for path in new:
        Moved.objects.update_or_create(language=page.language, path=path, defaults={"page": page})
    return new
