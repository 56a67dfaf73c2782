"""The Atom feed of what changed on the pages of one language: what readers were told, and whether they should act."""

import hashlib
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education import languages
from education.models import Page
from education.press import finished
from education.record import Change, changes

NEWEST = 50


@finished
@require_safe
def changed_pages(request: HttpRequest) -> HttpResponse:
    """Hand out the newest changes of the published pages of a language."""
    feed = _feed(languages.spoken(), request.path)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def _feed(language: str, path: str) -> str:
    home = Page(language=language, path="").get_absolute_url()
    feed = Atom1Feed(
        title=_("What changed at %(clinic)s") % {"clinic": settings.CLINIC.name},
        link=settings.SITE_URL + home,
        description=_("Changes of our pages, each with its reason."),
        language=language,
        author_name=settings.CLINIC.name,
        feed_url=settings.SITE_URL + path,
    )
    pages = Page.objects.published().filter(language=language).defer("published__html", "published__text")
    for page, change in changes(pages)[:NEWEST]:
        _add(feed, page, change)
    return feed.writeString("utf-8")


def _add(feed: Atom1Feed, page: Page, change: Change) -> None:
    """Add one change. Its id stays the same for ever, as feed readers know it by that."""
    record = f"{settings.SITE_URL}{page.get_absolute_url()}changes/"
    exact = hashlib.sha256(f"{change.on} {change.kind} {change.reason}".encode()).hexdigest()[:16]
    act = _("This changes what you should do. Please read the page again.") if change.act else ""
    feed.add_item(
        title=f"{page.words().front['title']}: {change.label}",
        link=settings.SITE_URL + page.get_absolute_url(),
        description=escape(f"{change.reason} {act}".strip()),  # readers take it for HTML
        unique_id=f"{record}#{exact}",
        updateddate=datetime.combine(change.on, time(12), tzinfo=UTC),
    )
