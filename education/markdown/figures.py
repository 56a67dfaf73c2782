"""Figures: a drawing with its words, and what is drawn from data of all pages when the page is shown."""

from markdown_it.token import Token

from education.keys import NEARNESS
from education.markdown.work import PUT, Work, line_of, raw

OVERVIEWS = {"grades": "", "plot": "", "studies": NEARNESS[:-1]}
"""The blocks that are filled when the page is shown, with the names that their first line may hold."""


def shape_figure(opening: Token, drawing: str, inside: list[Token], work: Work) -> list[Token]:
    """Return one of our drawings with the words below it."""
    line = line_of(opening)
    if drawing and drawing not in work.context.drawings:
        known = ", ".join(work.context.drawings)
        work.fault(line, f"there is no drawing called {drawing[:40]!r}; known: {known}.")
    elif drawing:
        if f"drawing:{drawing}" in work.ids:
            work.fault(line, f"the drawing {drawing} is already on this page.")
        work.ids.add(f"drawing:{drawing}")
    put = PUT.format(f"drawing:{drawing}") if drawing in work.context.drawings else ""
    words = _one_paragraph(opening, inside, work)
    return [raw(f'<figure class="fig">{put}<figcaption>', opening), *words, raw("</figcaption></figure>\n")]


def shape_overview(opening: Token, which: str, inside: list[Token], work: Work) -> list[Token]:
    """Return the place of an overview with its caption; the numbers come when the page is shown."""
    name, line = opening.info, line_of(opening)
    known = OVERVIEWS[name]
    if known and which not in known:
        work.fault(line, f"the block {name} names one of: {', '.join(known)}.")
    if work.page.front.kind != "evidence":
        work.fault(line, f"the block {name} stands only on the page of kind evidence.")
    shown = f"{name}-{which}" if known and which in known else name
    if f"show:{shown}" in work.ids:
        work.fault(line, f"{shown} is already on this page.")
    work.ids |= {f"show:{shown}", f"{shown}-caption"}
    words = _one_paragraph(opening, inside, work)
    start = raw(f'<figure class="shown"><figcaption id="{shown}-caption">', opening)
    return [start, *words, raw(f"</figcaption>{PUT.format(f'show:{shown}')}</figure>\n")]


def _one_paragraph(opening: Token, inside: list[Token], work: Work) -> list[Token]:
    if [token.type for token in inside] != ["paragraph_open", "inline", "paragraph_close"]:
        work.fault(line_of(opening), f"the block {opening.info} holds one paragraph: the words that go with it.")
    for token in inside:
        token.hidden = token.hidden or token.type.startswith("paragraph")
    return inside
