"""Headings, in order and each with an id of its own, the list "On this page", and the ids of explained words."""

import re
from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from markdown_it.token import Token

from education.glossary import slug, word_id
from education.markdown.work import RESERVED, TOOK_AWAY, Work, line_of, text_of

ID = re.compile(r"^[a-z][a-z0-9-]*$")
HEADED_BY_TEMPLATE = frozenset({"home"})
"""Kinds of page whose template puts its own headings around the text."""


def number_headings(tokens: Sequence[Token], work: Work) -> None:
    """Give each heading its id, note skipped levels, and gather the contents."""
    work.ids |= RESERVED
    work.ids |= {token.meta["id"] for token in tokens if token.type == "heading_open" and "id" in token.meta}
    level, own = 1, set[str]()
    around: list[str] = []
    for token, inline in pairwise(tokens):
        if token.type in {"block_open", "block_close"}:
            around = [*around, token.info] if token.type == "block_open" else around[:-1]
            level = _block_level(token, level, work)
        elif token.type == "heading_open":
            wanted = int(token.tag[1])
            _check(token, inline, wanted, level, bool(set(around) - {"benefit"}), work)
            level = wanted
            token.attrs["id"] = _own_id(token, own, work) or work.take_id(slug(text_of(inline)) or "section")
            entry: dict[str, object] = {"id": token.attrs["id"], "text": text_of(inline), "level": wanted}
            work.contents.append(entry | ({"benefit": True} if around else {}))


def name_terms(tokens: Sequence[Token], work: Work) -> None:
    """Give each word of the glossary page the id that other pages link to."""
    for token, inline in pairwise(tokens):
        if token.type == "dl_open":
            token.attrs["class"] = "words"
        elif token.type == "dt_open":
            name = word_id(text_of(inline))
            if name in work.ids:
                work.fault(line_of(token), f"the word with the id {name!r} stands here a second time.")
            work.ids.add(name)
            token.attrs["id"] = name


def _check(token: Token, inline: Token, wanted: int, level: int, inside: bool, work: Work) -> None:
    line = line_of(token)
    if wanted == 1:
        work.fault(line, "headings begin at ##; the page's title comes from the front matter.")
    elif inside:
        work.fault(line, "a heading must not stand inside a block.")
    elif wanted > level + 1:
        work.fault(line, f"this heading jumps from level {level} to level {wanted}; do not skip one.")
    if not text_of(inline):
        work.fault(line, "this heading is empty.")


def _block_level(token: Token, level: int, work: Work) -> int:
    """Return the level after a block; some blocks bring a heading with them."""
    if token.type == "block_close":
        return level
    if token.info in {"do", "dont", "timeline", "evidence", "choices", "questions", "summary"}:
        if level < 2 and work.page.front.kind not in HEADED_BY_TEMPLATE:
            work.fault(line_of(token), f"the block {token.info} needs a heading (##) somewhere above it.")
        return max(level, 2)
    if token.info == "teachback":
        work.contents.append({"id": TOOK_AWAY, "text": _("Check what you took away"), "level": 2})
    return 2 if token.info in {"emergency", "urgent", "routine", "note", "glance", "teachback"} else level


def _own_id(token: Token, own: set[str], work: Work) -> str:
    given = str(token.meta.get("id", ""))
    if not given:
        return ""
    if not ID.match(given):
        work.fault(
            line_of(token), f"the id {given!r} must be small letters, digits and dashes, and begin with a letter."
        )
    elif given in own or given in RESERVED:
        work.fault(line_of(token), f"the id {given!r} is already used on this page; choose another.")
    own.add(given)
    return given
