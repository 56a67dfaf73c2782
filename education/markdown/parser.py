"""Our Markdown: CommonMark without HTML, with tables, footnotes, definition lists, citations and our blocks."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from education.glossary import OWN_ID
from education.telephones import html_of

BLOCKS = (
    "emergency", "urgent", "routine", "note", "glance", "do", "dont", "checklist", "figure", "timeline", "evidence",
    "benefit", "grades", "plot", "studies", "choices", "questions", "summary", "teachback",
)  # fmt: skip
HOLDERS = {"benefit": ("note", "figure", "timeline", "evidence", "plot", "studies")}
"""The blocks that may hold others, and which: what keeps people safe never stands in one that may fold."""
LONGEST_PARAGRAPH = 2_000
BLOCK_LINE = re.compile(r"^:::[ \t]*(\S*)[ \t]*(.*)$")
CITATION = re.compile(r"\[(@[a-z0-9-]+(?:;[ ]?@[a-z0-9-]+)*)\]")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the one parser; it keeps nothing between pages, so threads may share it."""
    md = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False, "maxNesting": 20})
    md.enable("table").disable(["lheading", "html_block", "html_inline"])
    md.use(footnote_plugin).use(deflist_plugin)
    md.block.ruler.before("fence", "clinic_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("link", "citation", _citation)
    md.core.ruler.before("inline", "own_ids", _own_ids)
    md.core.ruler.before("inline", "shorten", _shorten)
    md.add_render_rule("told", _told)
    md.add_render_rule("footnote_ref", _footnote_ref)
    md.add_render_rule("footnote_anchor", _footnote_anchor)
    md.add_render_rule("footnote_block_open", _footnote_block_open)
    return md


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `::: name heading` … `:::` into block_open, its heading as text, the inside, and block_close."""
    match = BLOCK_LINE.match(_line(state, start))
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    work, (name, heading) = state.env["work"], match.groups()
    if not name:
        work.fault(start, "::: closes a block, but none is open.")
        state.line = start + 1
        return True
    if name not in BLOCKS:
        work.fault(start, f"there is no block called {name[:40]!r}; known: {', '.join(BLOCKS)}.")
    close, closed = _closing_line(state, start, end, name)
    opening = state.push("block_open", "", 1)
    opening.map, opening.info, opening.markup = [start, close], name, heading
    holder = state.env.get("holder", "")
    if state.level > (2 if holder else 1):
        work.fault(start, f"the block {name} must not stand inside a list or a quotation.")
    elif holder and name not in HOLDERS[holder]:
        work.fault(start, f"the block {name} must not stand inside the block {holder}.")
    _push_heading(state, start, heading)
    state.env["holder"] = name if name in HOLDERS else holder
    _read_inside(state, start + 1, close)
    state.env["holder"] = holder
    state.push("block_close", "", -1)
    state.line = close + 1 if closed else close
    return True


def _closing_line(state: StateBlock, start: int, end: int, name: str) -> tuple[int, bool]:
    open_inside = 0
    for number in range(start + 1, end):
        text = _line(state, number)
        if text == ":::" and not open_inside:
            return number, True
        if text == ":::":
            open_inside -= 1
        elif text.startswith(":::") and name in HOLDERS:
            open_inside += 1
        elif text.startswith(":::"):
            state.env["work"].fault(
                start, f"the block {name} is not closed before the next one begins on a later line."
            )
            return number, False
    state.env["work"].fault(start, f"the block {name} is never closed; put ::: on a line of its own after it.")
    return end, False


def _push_heading(state: StateBlock, line: int, heading: str) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = heading, [line, line + 1], []


def _read_inside(state: StateBlock, start: int, end: int) -> None:
    parent, last = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, last


def _citation(state: StateInline, silent: bool) -> bool:
    """Read `[@key]` and `[@key1; @key2]`."""
    match = CITATION.match(state.src, state.pos, state.posMax) if state.src.startswith("[@", state.pos) else None
    if match is None:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")  # the mark stands close to the word it belongs to
        state.push("citation", "", 0).meta = {"keys": re.findall(r"[a-z0-9-]+", match[1])}
    state.pos = match.end()
    return True


def _shorten(state: StateCore) -> None:
    """Refuse endless paragraphs: reading them takes longer the longer they are."""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
            state.env["work"].fault(token.map[0] if token.map else 0, "this paragraph is far too long.")
            token.content = token.content[:LONGEST_PARAGRAPH]


def _own_ids(state: StateCore) -> None:
    """Take `{#id}` off the end of a heading, or of a word to explain, before its words are read."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        match = OWN_ID.search(inline.content) if heading.type in {"heading_open", "dt_open"} else None
        if match:
            heading.meta["id"] = match[1]
            inline.content = inline.content[: match.start()].rstrip()


def _told(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Return a fact with the links that it brings."""
    return html_of(tokens[at].content)


def _footnote_ref(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    number, again = tokens[at].meta["id"] + 1, tokens[at].meta.get("subId", 0)
    name = f"fnref{number}" + (f"-{again}" if again else "")
    said = escape(_("note"))
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="{name}"><span class="vh">{said} </span>{number}</a></sup>'
    )


def _footnote_anchor(
    self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    number, again = tokens[at].meta["id"] + 1, tokens[at].meta.get("subId", 0)
    name = f"fnref{number}" + (f"-{again}" if again else "")
    label = _("Back to the text of note %(number)d") % {"number": number}
    return f' <a href="#{name}" class="footnote-back" aria-label="{escape(label)}">↩</a>'


def _footnote_block_open(
    self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    label = escape(_("Notes"))
    return f'<section class="footnotes" aria-label="{label}"><ol class="footnotes-list">\n'
