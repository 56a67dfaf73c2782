"""Turns a page's text into the HTML that patients see, and names every fault that keeps it from being a page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from markdown_it.token import Token

from education.facts import fill_all
from education.faults import Fault
from education.glossary import letters, read_words
from education.library import PageText
from education.markdown.blocks import shape_blocks
from education.markdown.context import Context, fingerprint, read_context
from education.markdown.headings import name_terms, number_headings
from education.markdown.leftovers import find_leftovers, front_leftovers
from education.markdown.links import check_links, gather_links
from education.markdown.parser import parser
from education.markdown.pictures import shape_pictures
from education.markdown.sanitise import clean
from education.markdown.tables import shape_tables
from education.markdown.texts import check_front, cite_front, fill_facts, number_citations
from education.markdown.work import NO_PLACES, Work

__all__ = ["SPLIT", "Context", "Rendered", "check_links", "fingerprint", "press", "read_context"]

SPLIT = "\n<!--body-->\n"
"""Stands between the opening boxes of a page and its first heading; only we can write it."""
WORDS_A_MINUTE = 200


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
    env: dict[str, Any] = {"work": work}
    tokens = parser().parse(body.translate(NO_PLACES), env)
    _clear_places(tokens)
    check_front(work)
    front_leftovers(work)
    find_leftovers(tokens, work, env)
    fill_facts(tokens, work)
    number_citations(tokens, work)
    cite_front(work)
    gather_links(tokens, work)
    tokens = shape_pictures(tokens, work)
    number_headings(tokens, work)
    if work.page.front.kind == "glossary":
        name_terms(tokens, work)
    return shape_blocks(shape_tables(tokens, work), work)


def _clear_places(tokens: Iterable[Token]) -> None:
    """Take out the marks of our drawings that a text wrote as entities: they become marks only once they are read."""
    for token in tokens:
        token.content = token.content.translate(NO_PLACES)
        _clear_places(token.children or ())


def _halves(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            return tokens[:at], tokens[at:]
    return tokens, []


def _print(tokens: list[Token], work: Work) -> str:
    md = parser()
    ours = {**work.context.drawings, **work.pictures, **work.controls}
    return clean(md.renderer.render(tokens, md.options, {"work": work}), ours).strip()


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
    front |= {"mirrors": work.mirrors}
    if page.front.kind == "glossary":
        front["terms"] = [{"id": word.id, "term": word.term} for word in read_words(page.body).values()]
        front["letters"] = letters(read_words(page.body).values())
    return Rendered(html, work.contents, words, sources, minutes, front, anchors, tuple(work.links))
