"""The few words of a hit that show why it was found. Made only for what is shown: this is what costs most."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from education.search.entries import Entry
from education.search.index import Index
from education.search.sections import Section

LONGEST = 210
BEFORE = 60
"""Characters shown before the first word that was looked for, when a line is long."""
ENDS = (".", "!", "?", ":", "”")
NEVER = re.compile(r"(?!)")

Marker = re.Pattern[str]


def marker(stems: Iterable[str], index: Index) -> Marker:
    """Return a pattern for every form, on our pages, of what is looked for."""
    forms = sorted({form for stem in stems for form in index.forms.get(stem, ())}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE) if forms else NEVER


def best_section(entry: Entry, index: Index, marks: Marker) -> Section:
    """Return the section that says most of what is looked for and the title does not say; a heading counts twice."""
    known = _stems(entry.title, index, marks)

    def fits(section: Section) -> tuple[int, int]:
        heading, text = _stems(section.heading, index, marks), _stems(section.text, index, marks)
        return 2 * len(heading - known) + len(text - known), 2 * len(heading) + len(text)

    return max(entry.sections, key=fits)


def _stems(text: str, index: Index, marks: Marker) -> set[str]:
    return {index.stems.of(found.lower()) for found in marks.findall(text)}


def extract(text: str, title: str, index: Index, marks: Marker) -> SafeString:
    """Return the line that says most of what is looked for and the title does not say, its words marked."""
    known = _stems(title, index, marks)
    lines = text.split("\n")
    said = [_stems(line, index, marks) for line in lines]
    at = max(range(len(lines)), key=lambda number: (len(said[number] - known), len(said[number])))
    line = lines[at]
    for following in lines[at + 1 :]:
        if len(line) >= LONGEST // 2:
            break
        line += (" " if line.endswith(ENDS) else " · ") + following
    return marked(_window(line, marks), marks)


def _window(line: str, marks: Marker) -> str:
    """Return a line, or as much of it around the first word looked for as can be shown, in whole words."""
    if len(line) <= LONGEST:
        return line
    first = marks.search(line)
    start = first.start() - BEFORE if first and first.start() > LONGEST - BEFORE else 0
    start = line.rfind(" ", 0, max(start, 0)) + 1
    end = line.rfind(" ", start, start + LONGEST)
    end = end if end > start else start + LONGEST
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"


def marked(text: str, marks: Marker) -> SafeString:
    """Return a text with the words that were looked for marked, and everything escaped."""
    return mark_safe("".join(_marked(text, marks)))  # noqa: S308 - each part is escaped


def _marked(text: str, marks: Marker) -> Iterator[str]:
    done = 0
    for found in marks.finditer(text):
        yield escape(text[done : found.start()])
        yield f"<mark>{escape(found[0])}</mark>"
        done = found.end()
    yield escape(text[done:])
