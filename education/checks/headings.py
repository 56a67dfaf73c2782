"""Headings go down one step at a time, and each says something else."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.finding import same_words as plain
from education.checks.reading import Reading
from education.checks.room import most

LONGEST = 12
ORDER = rule(
    "heading-order",
    ERROR,
    title="A heading that skips a level",
    why="People who use a screen reader go from heading to heading; a missing step sounds like a missing part.",
    mend="Begin at ##, and go down one # at a time.",
    source="WCAG 1.3.1",
)
TWICE = rule(
    "same-heading",
    WARNING,
    title="Two headings with the same words",
    why="In the list of contents nobody can tell them apart.",
    mend="Say in each what this part is about.",
    source="clinical.md 4.3 (9)",
)
LONG = rule(
    "long-heading",
    WARNING,
    title="A long heading",
    why="A heading is read at a glance or not at all.",
    mend="Say it in a few words; the rest belongs in the text.",
    source="clinical.md 4.3 (9)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find headings out of order, said twice, or too long."""
    level, said = 1, Counter[tuple[int, str]]()
    for heading in reading.headings:
        if heading.level > level + 1 or heading.level == 1:
            detail = f"from level {level} to level {heading.level}"
            yield found(ORDER, heading.line, heading.text, detail=detail)
        level = heading.level
        if len(heading.text.split()) > (goal := most(LONGEST, reading)):
            yield found(LONG, heading.line, heading.text, detail=f"at most {goal} words")
        said[heading.level, plain(heading.text)] += 1
        if heading.text and said[heading.level, plain(heading.text)] == 2:
            yield found(TWICE, heading.line, heading.text)
