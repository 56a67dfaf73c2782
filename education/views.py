"""The pages that patients read: the same for everybody, so no user, session or form token comes near them."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from education import addresses, edition_code, navigation
from education.expiry import standing
from education.ledger import OVERVIEWS
from education.machines.structured import graph
from education.markdown import SPLIT
from education.models import Page, Revision

TEMPLATES = {"home", "hub", "condition", "urgent", "glossary", "contact", "claims", "sources", "reading", "page"}


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Show one published page, or say where it moved or why it was withdrawn."""
    if "\0" in path:
        raise Http404  # PostgreSQL has no such text, not even to look for
    language, path = split_language(path)
    found = Page.objects.published().at(language, path).first()
    return show(request, found, found.words()) if found else addresses.answer(request, language, path)


def show(request: HttpRequest, found: Page, revision: Revision, **more: Any) -> HttpResponse:
    """Print a revision of a page as patients see it."""
    with translation.override(found.language):
        template = f"education/{kind_of(revision)}.html"
        shown = context(found, revision, whole="unpublished" in more) | more
        response = render(request, template, shown)
    response["Content-Language"] = found.language
    if shown["noindex"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def context(found: Page, revision: Revision, *, whole: bool = False) -> dict[str, Any]:
    """Return what the templates of pages may use. `whole`: also words that are folded for patients."""
    now = standing(found, revision, today=timezone.localdate(), whole=whole)
    text = {"page": found, "revision": revision, "front": revision.front, "contents": now.contents}
    state = {"signed": now.sign_off, "review": now.review, "currency": now.currency, "noindex": now.folded}
    state["votable"] = not whole and found.published_id == revision.pk  # nobody votes on words that are being checked
    around = _around(found, revision)
    said = {"structured": graph(found, revision, now, around["breadcrumb"]), **_on_paper(revision)}
    return text | state | _html(revision, now.html) | around | said


def _html(revision: Revision, html: str) -> dict[str, Any]:
    """Return the words of a revision ready to print, whole and in the parts before and from its first heading."""
    intro, _split, body = html.partition(SPLIT)
    return {
        "html": mark_safe(intro + body),  # noqa: S308 - sanitised when it was saved, like all below
        "intro_html": mark_safe(intro),  # noqa: S308
        "body_html": mark_safe(body),  # noqa: S308
        "sources": [source | {"html": mark_safe(source["html"])} for source in revision.front.get("sources", ())],  # noqa: S308
    }


def _on_paper(revision: Revision) -> dict[str, Any]:
    """Return what a printed page shows, so that its reader can ask what changed since."""
    code = edition_code.code_of(revision)
    return {"edition_code": code, "square": edition_code.square(code)}


def _around(found: Page, revision: Revision) -> dict[str, Any]:
    """Return the page's place among the others, and what it shows of them."""
    site = navigation.site(found.language)
    this = navigation.Entry(found.path, found.get_absolute_url(), revision.front)
    previous, following = site.previous_next(found.path)
    overview = OVERVIEWS.get(this.kind)
    return {
        **(overview(revision.front, site) if overview else {}),
        "site": site,
        "section": found.path.partition("/")[0],
        "updated": this.updated,
        "breadcrumb": site.breadcrumb(found.path),
        "children": site.children(found.path) if found.path else [],
        "previous": previous,
        "following": following,
        "related": site.related(this),
        "areas": site.areas,
        "causes": site.causes,
    }


def kind_of(revision: Revision) -> str:
    """Return the name of the template for a page's kind."""
    kind = str(revision.front.get("kind", "page"))
    return kind if kind in TEMPLATES else "page"


def split_language(path: str) -> tuple[str, str]:
    """Return the language of a path and the path in it: English is at the root, others below their code."""
    first, _slash, rest = path.partition("/")
    others = {code for code, _name in settings.LANGUAGES if code != "en"}
    return (first, rest) if first in others else ("en", path)
