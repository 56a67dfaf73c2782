"""Passes over the words of a page: facts and citations."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it.token import Token

from education.facts import FACT
from education.markdown.work import Work, inlines
from education.sources import RESERVED
from education.telephones import Said


def fill_facts(tokens: Sequence[Token], work: Work) -> None:
    """Put the facts of the clinic where a text names them: a telephone number becomes a link."""
    known = ", ".join(f"{{{fact}}}" for fact in work.context.facts)
    for _inline, child, line in inlines(tokens):
        if child.type == "text" and "{" in child.content:
            for name in FACT.findall(child.content):
                if name not in work.context.facts:
                    work.fault(line, f"{{{name}}} is not a fact that can be filled in; known: {known}.")
    for token in tokens:
        if token.type == "inline":
            token.children = list(_with_facts(token.children or (), work.context.facts))


def _with_facts(children: Sequence[Token], facts: Mapping[str, str]) -> Iterator[Token]:
    """Yield the pieces of a text; a fact that brings links is a piece of its own, inside a link it is plain words."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type != "text" or "{" not in child.content:
            yield child
            continue
        for at, part in enumerate(FACT.split(child.content)):
            said = facts.get(part, f"{{{part}}}") if at % 2 else part
            told = isinstance(said, Said) and not depth
            if said:
                yield child.copy(type="told" if told else "text", content=said)


def number_citations(tokens: Sequence[Token], work: Work) -> None:
    """Turn each citation into numbers, counted in the order of first use."""
    for _inline, child, line in inlines(tokens):
        if child.type == "citation":
            numbers = [number for key in child.meta["keys"] if (number := _number(key, line, work))]
            said = f'<span class="vh">{escape(_("source"))} </span>'
            links = [f'<a href="#source-{number}">{said}{number}</a>' for number in numbers]
            html = f'<sup class="cite">{", ".join(links)}</sup>' if links else ""
            child.type, child.content = "html_inline", html


def cite_front(work: Work) -> None:
    """Number the sources that claims and studies name, after those of the words."""
    for key in ("claims", "elsewhere", "studies"):
        for claim in getattr(work.page.front, key):
            for source in claim.get("sources", ()):
                if source not in work.context.sources:
                    work.faults.append(work.page.fault(key, f"{key}: there is no source called {source!r}."))
                elif source not in work.sources:
                    work.sources.append(source)


def _number(key: str, line: int, work: Work) -> int:
    if key in RESERVED:
        return 0
    if key not in work.context.sources:
        work.fault(line, f"there is no source called {key!r} in sources.json.")
        return 0
    if key not in work.sources:
        work.sources.append(key)
    return work.sources.index(key) + 1


def check_front(work: Work) -> None:
    """Note braces in the front matter that no fact fills."""
    for key in ("title", "message", "summary", "lede"):
        for name in FACT.findall(str(getattr(work.page.front, key))):
            if name not in work.context.facts:
                work.faults.append(work.page.fault(key, f"{key}: {{{name}}} is not a fact that can be filled in."))
