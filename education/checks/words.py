"""From the tokens of one paragraph to its sentences, with what belongs to each: citations, links, facts, line.

Words are read without what nobody sees: a soft hyphen must not hide one from any check.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from education.canonical import as_read
from education.checks.parts import Image, Link
from education.facts import FACT

END = re.compile(r"[.!?…][”\"’»)\]]{0,3}\s{1,9}(?=[“\"‘«¿¡(\[]{0,3}[^\Wa-z_])")
SHORT = frozenset("dr mr mrs ms st vs prof e.g i.e etc no fig approx dra sr sra ud uds ej aprox núm".split())
"""Words whose full stop ends no sentence."""


@dataclass
class Words:
    """The words of one paragraph, with the places of what was taken out of them."""

    text: str = ""
    breaks: list[int] = field(default_factory=list)
    citations: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, Link]] = field(default_factory=list)
    facts: list[tuple[int, str]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def gather(children: Sequence[Token], facts: Mapping[str, str], line: int) -> Words:
    """Read the inline tokens of a paragraph that begins on a line of the whole text."""
    words, parts, at = Words(), [""], 0
    opened: tuple[int, int, str, int] | None = None
    for child in children:
        said = ""
        if child.type == "link_open":
            opened = (at, len(parts), str(child.attrs.get("href", "")), line)
        elif child.type == "link_close" and opened:
            words.links.append((opened[0], Link(opened[2], "".join(parts[opened[1] :]).strip(), opened[3])))
        elif child.type == "citation":
            words.citations += [(at, key) for key in child.meta["keys"]]
        elif child.type == "image":
            words.images.append(_image(child, line))
        elif child.type in {"softbreak", "hardbreak"}:
            said, line = " ", line + 1
            words.breaks.append(at + 1)
        elif child.type in {"text", "code_inline", "text_special"}:
            said = _filled(as_read(child.content), facts, at, words)
        parts.append(said)
        at += len(said)
    words.text = "".join(parts)
    return words


def plain(text: str, facts: Mapping[str, str]) -> Words:
    """Read a text without marks: one of the front matter."""
    words = Words()
    words.text = _filled(as_read(text), facts, 0, words)
    return words


def _image(image: Token, line: int) -> Image:
    alt = as_read(image.content).strip()
    return Image(str(image.attrs.get("src", "")), alt, str(image.attrs.get("title", "")), line)


def _filled(text: str, facts: Mapping[str, str], at: int, words: Words) -> str:
    """Put the facts in and note where they stand."""
    if "{" not in text:
        return text
    parts, last = [], 0
    for match in FACT.finditer(text):
        parts += [text[last : match.start()], said := facts.get(match[1], match[0])]
        last = match.end()
        if match[1] in facts:
            begin = at + sum(map(len, parts[:-1]))
            words.facts += [(begin + start, match[1]) for start, _end in spans(said)]  # a fact may be two sentences
    return "".join([*parts, text[last:]])


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends."""
    start = 0
    for match in END.finditer(text):
        before = text[max(start, match.start() - 8) : match.start()].rpartition(" ")[2]
        if match[0][0] == "." and before.lower().lstrip('(“"') in SHORT:
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
