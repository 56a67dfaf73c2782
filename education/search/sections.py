"""Takes a finished page apart into its sections: what stands under one heading, line by line, ready to be found."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from education.canonical import as_read
from education.markdown.sanitise import BENEFIT, BENEFIT_END

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})
LINES = HEADINGS | {"p", "li", "tr", "dd", "caption", "figcaption", "div", "section", "pre", "blockquote"}
CELLS = frozenset({"td", "th"})
LEFT_OUT = frozenset({"svg", "sup"})
"""Drawings and the numbers of sources."""
SPACE = re.compile(r"[ \t\r\f\v]+")


class Section(NamedTuple):
    """The words under one heading of a page. The opening has neither anchor nor heading."""

    anchor: str
    heading: str
    text: str
    """One line for each paragraph, item or row of a table."""
    benefit: str = ""
    """What it says PIT may do: found, but never quoted without the words around it."""

    @property
    def words(self) -> str:
        """All its words."""
        return f"{self.text}\n{self.benefit}" if self.benefit else self.text


def read_sections(html: str) -> list[Section]:
    """Return the sections of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.done()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self.anchor = ""
        self.heading: list[str] = []
        self.text: list[str] = []
        self.benefit: list[str] = []
        self.into = self.body = self.text
        self.left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in LEFT_OUT:
            self.left_out += 1
        elif tag in HEADINGS and anchor:
            self._finish()
            self.anchor = anchor
            self.into = self.heading
        elif tag in LINES:
            self.into.append("\n")
        elif tag == "br":
            self.into.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in LEFT_OUT:
            self.left_out -= 1
        elif tag in HEADINGS:
            self.into.append("\n")
            self.into = self.body
        elif tag in LINES:
            self.into.append("\n")
        elif tag in CELLS:
            self.into.append(" · ")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.into.append(as_read(data).replace("\n", " "))

    def handle_comment(self, data: str) -> None:
        if f"<!--{data}-->" in {BENEFIT, BENEFIT_END}:
            self._stand(benefit=f"<!--{data}-->" == BENEFIT)

    def _stand(self, *, benefit: bool) -> None:
        self.body = self.into = self.benefit if benefit else self.text

    def done(self) -> list[Section]:
        """Return what was read."""
        self._finish()
        return self.sections

    def _finish(self) -> None:
        heading, text, benefit = (_lines(part) for part in (self.heading, self.text, self.benefit))
        if heading or text or benefit:
            self.sections.append(Section(self.anchor, " ".join(heading), "\n".join(text), "\n".join(benefit)))
        inside = self.body is self.benefit
        self.heading, self.text, self.benefit = [], [], []
        self._stand(benefit=inside)


def _lines(parts: list[str]) -> list[str]:
    text = SPACE.sub(" ", "".join(parts))
    return [line for each in text.split("\n") if (line := each.strip(" ·"))]
