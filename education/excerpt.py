"""One part of a page's finished words, to be shown on another page."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "em", "strong", "ul", "ol", "li", "dl", "dt", "dd", "a", "br"}
DROPPED = re.compile(r"<figure\b.*?</figure>|<sup\b.*?</sup>|<svg\b.*?</svg>|<table\b.*?</table>", re.DOTALL)
HEADING = re.compile(r"<h[2-6]\b[^>]*>(.*?)</h[2-6]>", re.DOTALL)


def place_of(html: str, name: str) -> re.Match[str] | None:
    """Return where a part of a page begins: a box with this heading, or the heading itself."""
    if not name:
        return None
    section = re.search(rf'<section class="[^"]*" aria-labelledby="{re.escape(name)}">', html)
    return section or re.search(rf'<h([2-6]) id="{re.escape(name)}">', html)


def part(html: str, name: str) -> str:
    """Return the words of one part of a page, up to the next heading that is not below its own; empty: no such part."""
    begin = place_of(html, name)
    if begin is None:
        return ""
    if begin[0].startswith("<section"):
        return html[begin.start() : html.index("</section>", begin.end())]
    end = re.compile(rf"<h[2-{begin[1]}]\b|<section\b").search(html, begin.end())
    return html[begin.start() : end.start() if end else len(html)]


def plain_part(html: str, name: str, url: str) -> SafeString:
    """Return one part of the page at an address so that it can stand anywhere: no ids, boxes or drawings.

    What it links to on its own page leads there.
    """
    words = HEADING.sub(r"<p><strong>\1</strong></p>", DROPPED.sub("", part(html, name)))

    def lead_back(tag: str, attribute: str, value: str) -> str:
        return f"{url}{value}" if value.startswith("#") else value

    kept = nh3.clean(words, tags=TAGS, attributes={"a": {"href"}}, attribute_filter=lead_back, link_rel=None)
    return mark_safe(kept.strip())  # noqa: S308 - cleaned one line above
