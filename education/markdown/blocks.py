"""Our blocks: each checks what stands inside it and wraps it in the structure that the style sheet knows."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from markdown_it.token import Token

from education.facts import number_to_call
from education.markdown.aid import AID
from education.markdown.evidence import scale
from education.markdown.figures import shape_figure, shape_overview
from education.markdown.lists import items, shape_timeline, tighten
from education.markdown.work import NO_PLACES, PUT, Work, line_of, raw, text_of


@dataclass
class Block:
    """One block as read: its name, its heading and its inside."""

    opening: Token
    heading: Token
    inside: list[Token]

    @property
    def name(self) -> str:
        return self.opening.info

    @property
    def line(self) -> int:
        return line_of(self.opening)


def shape_blocks(tokens: list[Token], work: Work) -> list[Token]:
    """Return the tokens with every block in its final structure."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].type != "block_open":
            out.append(tokens[at])
            at += 1
            continue
        end = _end(tokens, at)
        block = Block(tokens[at], tokens[at + 1], tokens[at + 2 : end])
        out += _shape(block, work)
        at = end + 1
    return out


def _end(tokens: list[Token], start: int) -> int:
    steps = ({"block_open": 1, "block_close": -1}.get(tokens[at].type, 0) for at in range(start, len(tokens)))
    return next(at for at, depth in enumerate(accumulate(steps), start) if not depth)


def _shape(block: Block, work: Work) -> list[Token]:
    shape = SHAPES.get(block.name)
    if shape is None:  # unknown: already a fault, so its inside is shown as it is
        return block.inside
    wants_heading = block.name in {*CARE, "note", *NAMES}
    if wants_heading and not block.heading.content:
        wanted = NAMES.get(block.name, "its heading")
        work.fault(block.line, f"the block {block.name} needs {wanted} on its first line.")
    if not wants_heading and block.heading.content:
        work.fault(block.line, f"the block {block.name} takes nothing after its name.")
    if not block.inside:
        work.fault(block.line, f"the block {block.name} is empty.")
    return shape(block, work)


def _take(wanted: str, work: Work) -> str:
    """Return the block's own id: plain for the first on a page, numbered for the next."""
    taken = f"block:{wanted}"
    if taken in work.ids:
        return work.take_id(wanted)
    work.ids |= {taken, wanted}
    return wanted


NAMES = {"figure": "the name of its drawing", "studies": "how near their method is"}
"""Blocks whose first line names what they show."""
CARE = {
    "emergency": ("now", gettext_lazy("Emergency: "), gettext_lazy("When to call for help now")),
    "urgent": ("soon", gettext_lazy("Urgent: "), gettext_lazy("When to get help today")),
    "routine": ("plan", gettext_lazy("See a doctor: "), gettext_lazy("When to see a doctor first")),
}


def _care(block: Block, work: Work) -> list[Token]:
    css, hidden, listed = CARE[block.name]
    name = _take(block.name, work)
    work.contents.insert(_cards(work), {"id": name, "text": str(listed), "level": 2, "card": True})
    for before, token in zip(block.inside, block.inside[1:], strict=False):
        if token.type == "paragraph_open" and before.type.endswith("list_close"):
            token.attrs["class"] = "gap"
    opening = f'<section class="care {css}" aria-labelledby="{name}"><h2 id="{name}"><span class="vh">{hidden}</span>'
    call = [work.put(render_to_string("components/call.html", number_to_call()).strip())] if css == "now" else []
    inside = [raw("</h2><div>\n"), *block.inside, *call, raw("</div></section>\n")]
    return [raw(opening, block.opening), block.heading, *inside]


def _cards(work: Work) -> int:
    return sum(1 for entry in work.contents if entry.get("card"))


def _note(block: Block, work: Work) -> list[Token]:
    name = work.take_id("note")
    opening = f'<section class="note flow" aria-labelledby="{name}"><h2 id="{name}">'
    return [raw(opening, block.opening), block.heading, raw("</h2>\n"), *block.inside, raw("</section>\n")]


def _glance(block: Block, work: Work) -> list[Token]:
    name = _take("glance", work)
    rows = sum(1 for token in block.inside if token.type == "dt_open")
    if not block.inside or block.inside[0].type != "dl_open" or block.inside[-1].type != "dl_close":
        work.fault(block.line, "the block glance holds a list of terms: a line with the term, below it : and the text.")
    elif not 3 <= rows <= 5:
        work.fault(block.line, f"the block glance has {rows} rows; it should have 3 to 5.")
    inside: list[Token] = []
    for token in block.inside:
        if token.type == "dt_open":
            inside += [raw("</div>"), raw("<div>")] if inside[-1].type != "dl_open" else [raw("<div>")]
        if token.type == "dl_close" and inside[-1].type != "dl_open":
            inside.append(raw("</div>"))
        inside.append(token)
    title = escape(_("At a glance"))
    opening = f'<section class="glance" aria-labelledby="{name}"><h2 id="{name}">{title}</h2>\n'
    return [raw(opening, block.opening), *inside, raw("</section>\n")]


TICKS = {"do": (gettext_lazy("Do"), "ok"), "dont": (gettext_lazy("Don’t"), "no"), "checklist": ("", "")}


def _ticks(block: Block, work: Work) -> list[Token]:
    heading, icon = TICKS[block.name]
    if not block.inside or block.inside[0].type != "bullet_list_open" or block.inside[-1].type != "bullet_list_close":
        work.fault(block.line, f"the block {block.name} holds a list only: each line begins with a dash.")
        return block.inside
    tighten(block.inside, work)
    for item in items(block.inside):
        words = next((text_of(token) for token in item if token.type == "inline"), "")
        # Translators: how each line of the list "Don’t" begins, with the space after it
        if block.name == "dont" and not words.startswith(first := pgettext("each line of a list begins", "do not ")):
            work.fault(line_of(item[0]), f"each line of the block dont begins with the words: {first}".rstrip())
    block.inside[0].attrs["class"] = "ticks" if icon else "ticks checks"
    inside: list[Token] = []
    for token in block.inside:
        inside += [raw("</span>")] if token.type == "list_item_close" else []
        inside.append(token)
        sign = PUT.format(icon) if icon else ""
        inside += [raw(f"{sign}<span>")] if token.type == "list_item_open" else []
    return [raw(f"<h3>{heading}</h3>\n" if heading else "", block.opening), *inside]


def _figure(block: Block, work: Work) -> list[Token]:
    return shape_figure(block.opening, block.heading.content.strip(), block.inside, work)


def _overview(block: Block, work: Work) -> list[Token]:
    return shape_overview(block.opening, block.heading.content.strip(), block.inside, work)


def _whole(block: Block, work: Work) -> list[Token]:
    return WHOLE[block.name](block.inside, block.line, work)


def _benefit(block: Block, work: Work) -> list[Token]:
    """Mark what folds when nobody has checked the page for long."""
    if not work.page.front.when_overdue:
        work.fault(block.line, "the block benefit needs when_overdue in the front matter: the words when it folds.")
    opening, closing = (raw(PUT.format(name) + "\n") for name in ("benefit", "benefit:end"))
    return [opening, *shape_blocks(block.inside, work), closing]


def _evidence(block: Block, work: Work) -> list[Token]:
    if not work.page.front.evidence:
        work.fault(block.line, "the block evidence needs evidence in the front matter (pages of kind condition).")
        return block.inside
    opening, closing = (part.translate(NO_PLACES) for part in scale(work.page.front, work.context.facts))
    closing = PUT.format("show:near") + closing
    return [raw(opening, block.opening), *block.inside, raw(closing)]


WHOLE = {"timeline": shape_timeline, **AID}
SHAPES: dict[str, Callable[[Block, Work], list[Token]]] = {
    **dict.fromkeys(CARE, _care),
    "note": _note,
    "glance": _glance,
    "do": _ticks,
    "dont": _ticks,
    "checklist": _ticks,
    "figure": _figure,
    **dict.fromkeys(WHOLE, _whole),
    "evidence": _evidence,
    "benefit": _benefit,
    **dict.fromkeys(("grades", "plot", "studies"), _overview),
}
