"""The few words of a hit that show why it was found. Made only for what is shown: this is what costs most."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from education.search.entries import Entry
from education.search.index import Index
from education.search.sections import Section

LONGEST = 210
BEFORE = 60
"""Characters shown before the first word that was looked for, when a line is long."""
ENDS = (".", "!", "?", ":", "”")
NEVER = re.compile(r"(?!)")


class Marks:
    """The forms, on our pages, of the words that are looked for, and where they stand in a text."""

    def __init__(self, stems: Iterable[str], index: Index) -> None:
        self._stems = {form: stem for stem in stems for form in index.forms.get(stem, ())}
        longest_first = sorted(self._stems, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else NEVER

    def stems(self, text: str) -> set[str]:
        """Return the stems that a text holds."""
        text = text.lower()
        if not [form for form in self._stems if form in text]:  # far quicker than the pattern, and most often enough
            return set()
        return {self._stems[form] for form in self._pattern.findall(text)}

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand, from letter to letter."""
        low = text.lower()
        return [found.span() for found in self._pattern.finditer(low)] if len(low) == len(text) else []


def best_section(entry: Entry, marks: Marks) -> Section:
    """Return the section that says most of what is looked for and the title does not say; a heading counts twice."""
    known = marks.stems(entry.title)

    def fits(section: Section) -> tuple[int, int]:
        heading, text = marks.stems(section.heading), marks.stems(section.words)
        return 2 * len(heading - known) + len(text - known), 2 * len(heading) + len(text)

    return max(entry.sections, key=fits)


def extract(text: str, title: str, marks: Marks) -> SafeString:
    """Return the line that says most of what is looked for and the title does not say, its words marked."""
    known = marks.stems(title)
    lines = text.split("\n")
    said = [marks.stems(line) for line in lines]
    at = max(range(len(lines)), key=lambda number: (len(said[number] - known), len(said[number])))
    line = lines[at]
    for following in lines[at + 1 :]:
        if len(line) >= LONGEST // 2:
            break
        line += (" " if line.endswith(ENDS) else " · ") + following
    return marked(_window(line, marks), marks)


def _window(line: str, marks: Marks) -> str:
    """Return a line, or as much of it around the first word looked for as can be shown, in whole words."""
    if len(line) <= LONGEST:
        return line
    first = next(iter(marks.places(line)), (0, 0))[0]
    start = line.rfind(" ", 0, first - BEFORE) + 1 if first > LONGEST - BEFORE else 0
    end = line.rfind(" ", start, start + LONGEST)
    end = end if end > start else start + LONGEST
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"


def marked(text: str, marks: Marks) -> SafeString:
    """Return a text with the words that were looked for marked, and everything escaped."""
    parts, done = [], 0
    for start, end in marks.places(text):
        parts += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308 - each part is escaped
