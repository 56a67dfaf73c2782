"""What differs between two texts, word by word, as HTML that can also be heard."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.edits import Differ, gathered

WORD = re.compile(r"\s+|\w+|[^\w\s]")
AROUND = 2  # lines that stay in sight beside a change
FOLDED = 4  # fewer lines than this are not worth folding
NOTHING = mark_safe("")
ALIKE = 0.3  # below this share of common words, old and new are told apart as wholes


@dataclass
class Diff:
    """Two texts as one: what differs as HTML, and how many words came and went."""

    html: SafeString = NOTHING
    added: int = 0
    removed: int = 0

    @property
    def words(self) -> str:
        """Say how much differs."""
        if not self.html:
            return _("The words are the same.")
        came = ngettext("%(n)d word added", "%(n)d words added", self.added) % {"n": self.added}
        went = ngettext("%(n)d word taken out", "%(n)d words taken out", self.removed) % {"n": self.removed}
        return f"{came}, {went}."


def word_diff(old: str, new: str) -> Diff:
    """Return what differs between two texts. Long stretches that are the same are folded."""
    diff, differ = Diff(), Differ()
    if old == new:
        return diff
    hunks = gathered(differ.hunks(old.split("\n"), new.split("\n")))
    parts: list[SafeString] = []
    for place, (was, now) in enumerate(hunks):
        if was == now:
            parts += _same(now, first=place == 0, last=place == len(hunks) - 1)
        else:
            parts.append(_changed("\n".join(was), "\n".join(now), differ, diff))
    diff.html = format_html('<div class="diff">{}</div>', _join(parts))
    return diff


def _same(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[SafeString]:
    """Yield lines that did not change: those beside a change in sight, the rest folded."""
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(lines) - head - tail < FOLDED:
        yield _plain(lines)
        return
    hidden = lines[head : len(lines) - tail]
    count = ngettext("%(n)d line is the same", "%(n)d lines are the same", len(hidden)) % {"n": len(hidden)}
    yield _plain(lines[:head])
    yield format_html("<details><summary>{}</summary>{}</details>", count, _plain(hidden))
    yield _plain(lines[len(lines) - tail :])


def _plain(lines: Sequence[str]) -> SafeString:
    return format_html("<p>{}</p>", "\n".join(lines)) if lines else NOTHING


def _changed(old: str, new: str, differ: Differ, diff: Diff) -> SafeString:
    was, now = WORD.findall(old), WORD.findall(new)
    hunks = gathered(differ.hunks(was, now))
    common = sum(len(part) for part, other in hunks if part == other)
    if common < ALIKE * max(len(was), len(now)):
        hunks = [(was, now)]
    parts: list[SafeString] = []
    for before, after in hunks:
        if before == after:
            parts.append(format_html("{}", "".join(after)))
            continue
        diff.removed += _count(before)
        diff.added += _count(after)
        parts += [_mark("del", _("taken out:"), before), _mark("ins", _("added:"), after)]
    return format_html('<p class="changed">{}</p>', _join(parts))


def _mark(tag: str, told: str, tokens: Sequence[str]) -> SafeString:
    """Return words marked for the eye, and with a hidden word before and after them for the ear."""
    if not tokens:
        return NOTHING
    hidden = '<span class="visually-hidden">{} </span>'
    marked = "<{}>" + hidden + "{}" + hidden + "</{}>"
    return format_html(marked, tag, told, "".join(tokens), _("– end."), tag)


def _count(tokens: Sequence[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _join(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
