"""Blocks in which readers mark something for themselves: what matters to them, what to ask, what they took away.

Their controls stand in no form and have nowhere to go: what is marked cannot leave the page, with script or without.
"""

from collections.abc import Callable
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from education.markdown.lists import bold_first, items, tighten
from education.markdown.work import TOOK_AWAY, Work, line_of, raw

SCALE = (("lot", gettext_lazy("A lot")), ("little", gettext_lazy("A little")), ("not", gettext_lazy("Not much")))
"""How much something matters."""
CHOICES, QUESTIONS, ANSWERS = range(2, 13), range(2, 4), range(2, 4)
"""How many a block may hold: things that may matter, questions at a page's end, answers to each."""
PARTS = frozenset("dt_open dt_close dd_open dd_close dl_close paragraph_open paragraph_close inline".split())


Entry = tuple[Token, list[Token]]
"""The words of a line, and those of each line below it."""


def _radio(name: str, key: str, label: str = "", value: str = "") -> str:
    """Return one of several to choose from; without a label of ours, that of the author follows."""
    told = f' value="{value}"' if value else ""
    ours = f' class="scale-label">{escape(label)}</label></div>' if label else ">"
    return f'<div class="pick radio"><input type="radio" name="{name}" id="{key}"{told}><label for="{key}"{ours}'


def _entries(inside: list[Token], line: int, work: Work, name: str) -> list[Entry]:
    """Return the lines of a block with those below each; note what else stands in it."""
    if not inside or inside[0].type != "dl_open" or inside[-1].type != "dl_close":
        work.fault(line, f"the block {name} holds a list only: a line of words, below it : and what belongs to them.")
        return []
    entries: list[Entry] = []
    for before, token in pairwise(inside):
        if token.type == "inline" and before.type == "dt_open":
            entries.append((token, []))
        elif token.type == "inline" and before.type == "paragraph_open":
            entries[-1][1].append(token)
        two = (before.type, token.type) == ("paragraph_close", "paragraph_open")
        if two or token.type not in PARTS:
            work.fault(line_of(token) or line, f"in the block {name} each line after : is one short paragraph.")
    return entries


def _once(line: int, name: str, work: Work) -> None:
    if f"block:{name}" in work.ids:
        work.fault(line, f"the block {name} is already on this page.")
    work.ids.add(f"block:{name}")


def shape_choices(inside: list[Token], line: int, work: Work) -> list[Token]:
    """Return what may matter to a reader: each with a scale to mark, and what it says about the options."""
    _once(line, "choices", work)
    entries = _entries(inside, line, work, "choices")
    _count(len(entries), CHOICES, line, work, "the block choices", "lines to weigh")
    out: list[Token] = []
    for number, (words, told) in enumerate(entries, start=1):
        if len(told) != 1:
            work.fault(line_of(words), "each line of the block choices has one line below it: : what fits it.")
        name = f"matters-{number}"
        scale = "".join(_radio(name, f"{name}-{key}", str(label), key) for key, label in SCALE)
        legend = work.put('<div class="note weigh"><fieldset><legend>')
        row = work.put(f'</legend><div class="acts">{scale}</div>')
        out += [legend, words, row, *(part for text in told for part in (raw("<p>"), text, raw("</p>\n")))]
        out.append(work.put("</fieldset></div>"))
    return out


def shape_questions(inside: list[Token], line: int, work: Work) -> list[Token]:
    """Return questions to take along, each with a box to tick."""
    _once(line, "questions", work)
    if not inside or inside[0].type != "bullet_list_open" or inside[-1].type != "bullet_list_close":
        work.fault(line, "the block questions holds a list only: each line begins with a dash.")
        return inside
    tighten(inside, work)
    out = [work.put('<ul class="asks" role="list">')]
    for number, item in enumerate(items(inside), start=1):
        key = f"ask-{number}"
        box = f'<div class="pick check"><input type="checkbox" id="{key}" value="ask"><label for="{key}">'
        out += [item[0], work.put(box), *item[1:-1], work.put("</label></div>"), item[-1]]
    return [*out, work.put("</ul>")]


def shape_summary(inside: list[Token], line: int, work: Work) -> list[Token]:
    """Return the words that go with a summary, and the place where a script says back what was marked."""
    _once(line, "summary", work)
    if not {"block:choices", "block:questions"} & work.ids:
        work.fault(line, "the block summary needs the block choices or questions above it.")
    work.mirrors = True
    opening = work.put('<div class="mirror flow">')
    return [opening, *inside, work.put(render_to_string("components/aid/mirror.html").strip() + "</div>")]


def shape_teachback(inside: list[Token], line: int, work: Work) -> list[Token]:
    """Return questions with answers to choose from; choosing any of them shows the right one and why."""
    _once(line, "teachback", work)
    heading = f'<section class="note flow teach" aria-labelledby="{TOOK_AWAY}"><h2 id="{TOOK_AWAY}">'
    hint = _("Choose an answer, and the page says more. This is for you alone: nothing is sent.")
    out = [work.put(f"{heading}{escape(_('Check what you took away'))}</h2><p>{escape(hint)}</p>")]
    entries = _entries(inside, line, work, "teachback")
    _count(len(entries), QUESTIONS, line, work, "the block teachback", "questions")
    for number, (question, answers) in enumerate(entries, start=1):
        out += [work.put("<fieldset><legend>"), question, work.put("</legend>")]
        out += [*_answers(answers, number, line_of(question), work), work.put("</fieldset>")]
    return [*out, work.put("</section>")]


def _answers(answers: list[Token], number: int, line: int, work: Work) -> list[Token]:
    """Return the answers to choose from, then the right one with its reason: the page announces it when it shows."""
    right: list[tuple[Token, list[Token]]] = []
    out: list[Token] = []
    for at, answer in enumerate(answers, start=1):
        bold = bold_first(answer)
        words = _inline(_without_stop(bold[0])) if bold else answer
        right += [(words, bold[1])] if bold and bold[1] else []
        key = f"{TOOK_AWAY}-{number}-{at}"
        out += [work.put(_radio(f"{TOOK_AWAY}-{number}", key)), _plain(words), work.put("</label></div>")]
    _count(len(answers), ANSWERS, line, work, "each question of the block teachback", "answers")
    if len(right) != 1:
        work.fault(line, "one answer of the block teachback is the right one: **its words in bold.** Then why.")
        return out
    words, (first, *why) = right[0]
    reason = _inline([first.copy(content=first.content.lstrip()), *why])
    opening, end = work.put('<div role="status"><p>'), work.put("</p></div>")
    return [*out, opening, raw("<strong>"), words, raw(".</strong> "), reason, end]


def _inline(children: list[Token]) -> Token:
    return Token("inline", "", 0, content="", children=children)


def _plain(words: Token) -> Token:
    """Return words without the links of facts: who chooses an answer must not call anybody by it."""
    return _inline([each.copy(type="text") if each.type == "told" else each for each in words.children or ()])


def _without_stop(children: list[Token]) -> list[Token]:
    """Return words as they stand beside a box: without the stop that ends them."""
    ends = bool(children) and children[-1].type == "text"
    return [*children[:-1], children[-1].copy(content=children[-1].content.rstrip(". "))] if ends else children


def _count(number: int, allowed: range, line: int, work: Work, where: str, what: str) -> None:
    if number not in allowed:
        most = allowed[-1]
        work.fault(line, f"{where} has {number} {what}; it should have {allowed[0]} to {most}.")


AID: dict[str, Callable[[list[Token], int, Work], list[Token]]] = {
    "choices": shape_choices,
    "questions": shape_questions,
    "summary": shape_summary,
    "teachback": shape_teachback,
}
