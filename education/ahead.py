"""What keeps people safe does not wait for its translation: a change of the source shows on the translated page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from education import languages, navigation
from education.excerpt import place_of, plain_part
from education.models import Page, Revision
from education.translations import LEDE, Change, is_pressing, missing_changes


@dataclass(frozen=True)
class Notice:
    """What the source says and its translation does not yet: the words as HTML, their place, and where they stand."""

    html: SafeString
    url: str
    where: str = ""
    withdrawn_on: date | None = None
    """The source was withdrawn then; the words are the reason."""

    def printed(self) -> SafeString:
        """Return it as patients see it, in the language spoken now."""
        return render_to_string("components/ahead.html", {"notice": self, "language": languages.source()})


def with_notices(page: Page, revision: Revision, html: str) -> tuple[str, SafeString]:
    """Return finished words with each notice before the part it is about, and the notices that belong above them all.

    Asks the database only if there is something to show.
    """
    above: list[str] = []
    for notice in _notices(page, revision) if languages.is_translation(page.language) else ():
        place = place_of(html, notice.where)
        if place is None:
            above.append(notice.printed())
        else:
            html = f"{html[: place.start()]}{notice.printed()}{html[place.start() :]}"
    return html, mark_safe("".join(above))  # noqa: S308 - printed by our template


def _notices(page: Page, revision: Revision) -> Iterator[Notice]:
    source = navigation.site(languages.source()).page(page.path)
    if source is None:
        yield from _withdrawn(page)
        return
    missing = missing_changes(source.front.get("changes") or (), revision.front.get("changes") or ())
    pressing = [change for change in missing if is_pressing(change)]
    found = Page.objects.published().at(languages.source(), page.path).first() if pressing else None
    if found is not None:
        last = {change.get("where", ""): change for change in pressing}  # two changes of one part show its words once
        yield from (_notice(change, found) for change in last.values())


def _notice(change: Change, source: Page) -> Notice:
    """Return the part of the source that changed; where no part is named, the reason that its readers were given."""
    words, url, where = source.words(), source.get_absolute_url(), str(change.get("where") or "")
    if where == LEDE:
        return Notice(format_html("<p>{}</p>", words.front.get("lede", "")), url)
    if html := plain_part(words.html, where, url):
        return Notice(html, f"{url}#{where}", where)
    return Notice(format_html("<p>{}</p>", change.get("reason", "")), url)


def _withdrawn(page: Page) -> Iterator[Notice]:
    gone = Page.objects.at(languages.source(), page.path).filter(withdrawn_at__isnull=False).first()
    if gone is not None and gone.withdrawn_at is not None:
        reason = format_html("<p>{}</p>", gone.withdrawn_because)
        yield Notice(reason, gone.get_absolute_url(), withdrawn_on=timezone.localdate(gone.withdrawn_at))
