"""Turns a page's text into the HTML that patients see, and names every fault that keeps it from being a page."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from markdown_it.token import Token

from education.facts import fill_all
from education.faults import ContentError, Fault
from education.library import PageText
from education.markdown.blocks import shape_blocks
from education.markdown.context import Context, fingerprint, read_context
from education.markdown.headings import number_headings
from education.markdown.links import check_links, gather_links
from education.markdown.parser import parser
from education.markdown.sanitise import clean
from education.markdown.tables import shape_tables
from education.markdown.texts import check_front, fill_facts, find_leftovers, number_citations
from education.markdown.work import Work

__all__ = ["Context", "Rendered", "check_links", "fingerprint", "press", "preview", "read_context", "render"]

SPLIT = "\n<!--body-->\n"
"""Stands between the opening boxes of a page and its first heading; only we can write it."""
WORDS_A_MINUTE = 200
NO_PLACES = str.maketrans("", "", "\ue000\ue001\x00")


@dataclass(frozen=True)
class Rendered:
    """A page made ready to print."""

    html: str
    contents: list[dict[str, Any]]
    words: list[dict[str, str]]
    sources: list[dict[str, Any]]
    minutes: int
    front: dict[str, Any]
    """The front matter as plain data, facts filled in, with words, sources, minutes and the page's ids."""
    anchors: frozenset[str] = frozenset()
    links: tuple[tuple[int, str], ...] = field(default=())


def render(page: PageText, *, context: Context) -> Rendered:
    """Return the page ready to print. Raises ContentError with every fault of its text."""
    rendered, faults = press(page, context=context)
    if context.anchors is not None:
        faults += check_links(page, rendered.links, rendered.anchors, context.anchors)
    if faults:
        raise ContentError(faults)
    return rendered


def press(page: PageText, *, context: Context) -> tuple[Rendered, list[Fault]]:
    """Render as far as possible. Returns the page with its faults, links still unchecked; never raises for its text."""
    work = Work(page, context)
    with translation.override(page.language):
        tokens = _read(page.body, work)
        html = SPLIT.join(_print(part, work) for part in _halves(tokens))
    anchors = frozenset(name for name in work.ids if ":" not in name)
    anchors |= {f"source-{number}" for number in range(1, len(work.sources) + 1)}
    return _rendered(page, work, html, anchors), work.faults


def _read(body: str, work: Work) -> list[Token]:
    tokens = parser().parse(body.translate(NO_PLACES), {"work": work})
    check_front(work)
    fill_facts(tokens, work)
    find_leftovers(tokens, work)
    number_citations(tokens, work)
    gather_links(tokens, work)
    number_headings(tokens, work)
    if work.page.front.kind == "glossary":
        name_terms(tokens, work)
    return shape_blocks(shape_tables(tokens, work), work)


def name_terms(tokens: list[Token], work: Work) -> None:
    """Give each word of the glossary page the id that other pages link to."""
    from education.glossary import word_id
    from education.markdown.work import line_of, text_of

    for token, inline in pairwise(tokens):
        if token.type == "dl_open":
            token.attrs["class"] = "words"
        elif token.type == "dt_open":
            name = word_id(text_of(inline))
            if name in work.ids:
                work.fault(line_of(token), f"the word with the id {name!r} stands here a second time.")
            work.ids.add(name)
            token.attrs["id"] = name


def _halves(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            return tokens[:at], tokens[at:]
    return tokens, []


def _print(tokens: list[Token], work: Work) -> str:
    md = parser()
    return clean(md.renderer.render(tokens, md.options, {"work": work}), work.context.drawings).strip()


def _rendered(page: PageText, work: Work, html: str, anchors: frozenset[str]) -> Rendered:
    known = work.context.words
    words = [{"id": key, "term": known[key].term, "definition": known[key].definition} for key in work.words]
    sources = [
        {"number": number, "key": key, "html": work.context.sources[key].html}
        for number, key in enumerate(work.sources, start=1)
    ]
    minutes = max(1, math.ceil((len(page.body.split()) + len(page.front.lede.split())) / WORDS_A_MINUTE))
    front = fill_all(page.front.plain(), work.context.facts)
    front |= {"minutes": minutes, "words": words, "sources": sources, "anchors": sorted(anchors)}
    return Rendered(html, work.contents, words, sources, minutes, front, anchors, tuple(work.links))


def preview(text: str) -> str:
    """Return a text as HTML for the editor's live preview, its faults in a list above. Never raises."""
    from education.models import Page
    from education.revisions import look_over

    try:
        page, rendered, _context, faults = look_over(Page(path="preview"), str(text))
    except (ContentError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return "<p>This text cannot be shown.</p>"
    return str(format_html("{}{}<div>{}</div>", _fault_list(faults), _title(page), mark_safe(rendered.html)))  # noqa: S308 - sanitised


def _fault_list(faults: list[Fault]) -> str:
    if not faults:
        return ""
    lines = format_html_join("", "<li>Line {}: {}</li>", ((fault.line, fault.message) for fault in faults))
    return format_html('<ul class="faults">{}</ul>', lines)


def _title(page: PageText) -> str:
    return format_html("<h1>{}</h1><p>{}</p>", page.front.title, page.front.lede) if page.front.title else ""
