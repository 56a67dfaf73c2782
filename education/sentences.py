"""The sentences of a page as patients read them, section by section, so that a reviewer can mark each one."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from education.models import Revision

BLOCKS = frozenset("p li h2 h3 h4 h5 h6 dt dd th td caption figcaption legend label".split())
SILENT = frozenset({"sup", "svg", "button"})
SCALE = ("class", "scale-label")
"""The steps of a scale say nothing by themselves."""
END = re.compile(r"(?<=[.!?])\s+(?=[\"“‘(]?[A-Z0-9])")


@dataclass
class Section:
    """What stands under one main heading; `sentences` are numbered through the whole page."""

    title: str
    sentences: list[tuple[int, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers the words of our sanitised HTML, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.tag, self.words, self.silent, self.in_scale = "", "", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT or SCALE in attrs
        self.in_scale = self.in_scale or SCALE in attrs
        if tag in BLOCKS:
            self._end()
            self.tag = tag

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT or (tag == "label" and self.in_scale)
        self.in_scale = self.in_scale and tag != "label"
        if tag in BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        self.words += "" if self.silent else data

    def _end(self) -> None:
        words = " ".join(self.words.split())
        if words:
            self.blocks.append((self.tag, words))
        self.words = ""


def sections(revision: Revision) -> list[Section]:
    """Return every sentence of a revision under its heading: the title and opening words first."""
    reader = _Reader()
    reader.feed(revision.html)
    reader.close()
    found = [Section(str(revision.front.get("title", "")))]
    opening = [str(revision.front.get(key, "")) for key in ("title", "lede", "when_overdue")]
    number = 0
    for tag, words in [("p", text) for text in opening if text] + reader.blocks:
        if tag == "h2":
            found.append(Section(words))
        for sentence in END.split(words):
            found[-1].sentences.append((number, sentence))
            number += 1
    return found
