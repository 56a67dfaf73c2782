"""A translation agrees with its source in all that can be compared without understanding a word.

The same places, blocks, lists and tables in the same order; in each section the same numbers, citations and facts of
the clinic; the same links; the same keys of the front matter. Denials are counted paragraph by paragraph.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from education.checks.agreement_rules import BLOCKS, CHANGES, CITATIONS, FACTS, FRONT, LINKS, LISTS, PLACES, TABLES
from education.checks.denials import lost_denials
from education.checks.figures_compared import lost_numbers
from education.checks.finding import Finding, Rule, found
from education.checks.parts import Block, Reading, Section, Sentence
from education.checks.reading import read
from education.facts import FACT
from education.glossary import read_words
from education.library import PageText
from education.markdown.context import Context
from education.outline import named_places
from education.translations import missing_changes

SAME = ("kind", "order", "area", "related", "uses", "offline")
"""Keys of the front matter with one value in all languages."""
SAME_INSIDE = {"causes": ("id", "certainty", "drawing"), "claims": ("id", "grade", "nearness", "sources"),
               "elsewhere": ("sources",)}  # fmt: skip
"""Keys of the entries of these lists that are the same, too."""


def compare(translation: PageText, source: PageText) -> list[Finding]:
    """Return where a translation does not agree with the text that it was made from, at its own lines."""
    ours, theirs = read(translation, Context()), read(source, Context())
    found_here = [*_front(ours, theirs), *_form(ours, theirs), *_links(ours, theirs)]
    if ours.kind == "glossary":
        return found_here + list(_words(translation, source))
    same = len(ours.sections) == len(theirs.sections)  # else it was said above
    for one, other in zip(ours.sections, theirs.sections, strict=True) if same else ():
        found_here += _counted(CITATIONS, one.line, one.title, _cited(one.sentences), _cited(other.sentences))
        found_here += _counted(FACTS, one.line, one.title, _facts(one.sentences), _facts(other.sentences))
        found_here += lost_numbers(one, other, translation.language)
        found_here += lost_denials(one, other, translation.language)
    return found_here


def _front(ours: Reading, theirs: Reading) -> Iterator[Finding]:
    """Find keys of the front matter that differ where no word is translated."""
    for key in SAME:
        if getattr(ours.front, key) != getattr(theirs.front, key):
            yield found(FRONT, ours.line_of(key), detail=f"{key}: {getattr(theirs.front, key)!s}")
    for key, inside in SAME_INSIDE.items():
        if _inside(ours, key, inside) != _inside(theirs, key, inside):
            yield found(FRONT, ours.line_of(key), detail=f"{key}: {', '.join(inside)}")
    if ours.front.evidence.get("grade") != theirs.front.evidence.get("grade"):
        yield found(FRONT, ours.line_of("evidence"), detail=f"grade: {theirs.front.evidence.get('grade')}")
    for key in ("ask", "when_overdue"):
        if bool(getattr(ours.front, key)) != bool(getattr(theirs.front, key)):
            yield found(FRONT, ours.line_of(key), detail=key)
    for change in missing_changes(theirs.front.plain()["changes"], ours.front.plain()["changes"]):
        yield found(CHANGES, ours.line_of("changes"), detail=f"{change.get('date')} {change.get('kind')}")


def _inside(reading: Reading, key: str, inside: Iterable[str]) -> list[list[Any]]:
    return [[entry.get(name) for name in inside] for entry in getattr(reading.front, key)]


def _form(ours: Reading, theirs: Reading) -> Iterator[Finding]:
    """Find places, blocks, lists and tables that are missing, added, or in another order."""
    for rule, read_from in FORMS.items():
        yield from _in_order(rule, list(read_from(ours)), list(read_from(theirs)))


def _lined(reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield each place of a page with its line; the words of a glossary stand in the order of their alphabet."""
    places = [(reading.page.body_line + line, name) for line, name in named_places(reading.page)]
    words = [place for place in places if place[1].startswith("w-")]
    yield from (place for place in places if place not in words)
    yield from sorted(words, key=lambda place: place[1])


def _block(block: Block) -> str:
    return f"{block.name} {block.title}" if block.name == "figure" else block.name


FORMS: dict[Rule, Callable[[Reading], Iterable[tuple[int, str]]]] = {
    PLACES: _lined,
    BLOCKS: lambda reading: [(each.line, _block(each)) for each in reading.blocks],
    LISTS: lambda reading: [(each.line, f"{len(each.items)} items") for each in reading.lists],
    TABLES: lambda reading: [(each.line, f"{len(each.head)} by {len(each.rows)} cells") for each in reading.tables],
}
"""What stands in the same order in both, and how it is read."""


def _in_order(rule: Rule, ours: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    """Find the first place where two orders part; what follows would only repeat it."""
    for one, other in zip_longest(ours, theirs):
        if one is None or other is None or one[1] != other[1]:
            line = one[0] if one else ours[-1][0] if ours else 1
            here, there = (each[1] if each else "nothing" for each in (one, other))
            yield found(rule, line, detail=f"here {here}, in the source {there}")
            return


def _links(ours: Reading, theirs: Reading) -> Iterator[Finding]:
    mine, wanted = (Counter(link.href for link in reading.links) for reading in (ours, theirs))
    for href in sorted((mine - wanted).keys() | (wanted - mine).keys()):
        line = next((link.line for link in ours.links if link.href == href), ours.page.body_line)
        yield found(LINKS, line, href, detail=f"{mine[href]} here, {wanted[href]} in the source")


def _counted(rule: Rule, line: int, title: str, mine: Counter[str], wanted: Counter[str]) -> Iterator[Finding]:
    """Find what a section has too few or too many of."""
    lost, added = sorted((wanted - mine).elements()), sorted((mine - wanted).elements())
    if lost or added:
        told = [f"missing: {', '.join(lost)}"] * bool(lost) + [f"not in the source: {', '.join(added)}"] * bool(added)
        yield found(rule, line, title, detail="; ".join(told))


def _words(translation: PageText, source: PageText) -> Iterator[Finding]:
    """Compare each word of a glossary with the same word of the source, wherever the alphabet put it."""
    mine, wanted = read_words(translation.body), read_words(source.body)
    lines = translation.body.split("\n")
    for name in mine.keys() & wanted.keys():
        line = next((at for at, text in enumerate(lines, translation.body_line) if f"{{#{name}}}" in text), 1)
        here, there = (_said(words[name].definition, line, translation) for words in (mine, wanted))
        yield from lost_numbers(here, there, translation.language)
        yield from lost_denials(here, there, translation.language)


def _said(text: str, line: int, page: PageText) -> Section:
    section = Section(page.front.title, "", 1, line)
    section.sentences.append(Sentence(text, line, "definition", section))
    return section


def _cited(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(key for sentence in sentences for key in sentence.citations)


def _facts(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(name for sentence in sentences for name in FACT.findall(sentence.text))
