"""A page as plain text that people can read: made from the page as patients see it, without a mark of any kind.

A small writer of our own: the libraries write Markdown again (html2text) or bring a parser for all of the web.
"""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

SKIPPED = frozenset({"script", "style", "svg", "form", "nav", "button", "template", "noscript", "head", "select"})
SKIPPED_CLASSES = frozenset({"record", "toc", "footnote-back", "leaflet"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    "p", "div", "section", "article", "aside", "header", "footer", "blockquote", "figure", "figcaption", "pre", "hr",
    "ul", "ol", "dl", "table", "caption", "fieldset", "legend", "details", "summary", "address", "main",
}  # fmt: skip
"""What stands in a paragraph of its own."""
LINES = frozenset({"li", "dt", "dd", "tr"})
"""What begins a line."""
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "col"})
DIGITS = re.compile(r"\D")
SPACE = re.compile(r"\s+")
INDENT = "\t"
"""Stands for three blanks until all other blanks are in order."""
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060")
"""What only tells a browser where a word may break."""


def plain_text(html: str, *, site_url: str) -> str:
    """Return the main part of a printed page as text: a line for each row and item, links with whole addresses."""
    found = MAIN.search(html)
    writer = _Writer(site_url)
    writer.feed(found[0] if found else html)
    writer.close()
    return writer.done()


class _Writer(HTMLParser):
    def __init__(self, site_url: str) -> None:
        super().__init__()
        self.site_url = site_url
        self.blocks: list[str] = [""]
        """The paragraphs so far; the last is being written."""
        self.open: list[tuple[str, bool]] = []
        """The elements that are open, and whether each hides what is in it."""
        self.lists: list[int] = []
        """For each list that is open the number of its last item; -1 if it has none."""
        self.links: list[tuple[str, int]] = []
        self.heads: list[str] = []
        self.cells: list[str] | None = None
        self.in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "img" and told.get("alt"):
            self._say(_("Picture: %(words)s") % {"words": told["alt"]})
        if tag in VOID:
            self._say("\n" if tag == "br" and not self.cells else " ")
            return
        self.open.append((tag, self._hidden or _hides(tag, told)))
        if not self._hidden:
            self._enter(tag, told)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in (each for each, _hides in self.open):
            last, hidden = self.open.pop()
            if not hidden:
                self._leave(last)
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        self._say(SPACE.sub(" ", data.translate(UNSEEN)))

    @property
    def _hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _enter(self, tag: str, told: dict[str, str]) -> None:
        if tag in BLOCKS and self.cells is None:
            self._begin(line=tag in {"ul", "ol"} and bool(self.lists))
        if tag in {"ul", "ol"}:
            self.lists.append(int(told.get("start") or 1) - 1 if tag == "ol" else -1)
        elif tag in LINES:
            self._begin(line=True)
            self.blocks[-1] += self._mark(tag)
        elif tag == "table":
            self.heads = []
        elif tag in {"th", "td"}:
            self.in_head = tag == "th" and told.get("scope") != "row"
            self.cells = [] if self.cells is None else self.cells
            self.cells.append("")
        elif tag == "a":
            self.links.append((told.get("href", ""), len(self._written)))
        elif tag == "sup":
            self._say(" [")

    def _leave(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "tr" and self.cells is not None:
            self._row(self.cells)
        elif tag == "a" and self.links:
            href, start = self.links.pop()
            self._address(href, self._written[start:])
        elif tag == "sup":
            self._say("]")
        if tag in BLOCKS and self.cells is None and not (tag in {"ul", "ol"} and self.lists):
            self._begin()

    def _row(self, cells: list[str]) -> None:
        """Write a row of a table as one line, each cell after the heading of its column."""
        self.cells = None
        cells = [_tidy(cell) for cell in cells]
        if self.in_head:
            self.heads = cells
            return
        heads = [*self.heads, *[""] * len(cells)]
        first, *rest = (f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False) if cell)
        self._say("; ".join([first, *rest]))

    def _mark(self, tag: str) -> str:
        if tag == "dd":
            return INDENT
        if tag != "li" or not self.lists:
            return ""
        indent = INDENT * (len(self.lists) - 1)
        if self.lists[-1] < 0:
            return f"{indent}- "
        self.lists[-1] += 1
        return f"{indent}{self.lists[-1]}. "

    def _address(self, href: str, said: str) -> None:
        """Write where a link leads, unless its words say so or it leads to a place on this page."""
        where = href.removeprefix("mailto:").removeprefix("tel:").removeprefix("sms:")
        dialled = DIGITS.sub("", where) if where != href and "@" not in where else ""
        if href.startswith("/"):
            self._say(f" ({self.site_url}{href})")
        elif where and href[0] not in "#?" and where not in said and not (dialled and dialled in DIGITS.sub("", said)):
            self._say(f" ({where})")

    def _begin(self, *, line: bool = False) -> None:
        """Begin a paragraph, or a line of the present one."""
        if line and self.blocks[-1].strip():
            self.blocks[-1] += "\n"
        elif self.blocks[-1].strip():
            self.blocks.append("")

    @property
    def _written(self) -> str:
        return self.cells[-1] if self.cells else self.blocks[-1]

    def _say(self, words: str) -> None:
        """Write words where they belong, unless they stand in what is hidden."""
        if self._hidden:
            return
        if self.cells:
            self.cells[-1] += words
        else:
            self.blocks[-1] += words

    def done(self) -> str:
        """Return what was written."""
        return "\n\n".join(told for block in self.blocks if (told := _tidy(block))) + "\n"


def _hides(tag: str, told: dict[str, str]) -> bool:
    """Say whether an element holds nothing to read: what only a screen, a pointer or a program needs."""
    classes = set(told.get("class", "").split())
    unseen = "hidden" in told or told.get("aria-hidden") == "true"
    return tag in SKIPPED or bool(classes & SKIPPED_CLASSES) or unseen


def _tidy(block: str) -> str:
    """Return lines without blanks that nobody typed; each stands in as far as it should."""
    lines = (re.sub(r" ?\t ?", "\t", re.sub(" {2,}", " ", line)).strip(" ") for line in block.split("\n"))
    told = [re.sub(r" (?=[.,;:!?)\]])", "", line) for line in lines if line.strip(" -\t")]
    return "\n".join(told).replace(INDENT, "   ")
