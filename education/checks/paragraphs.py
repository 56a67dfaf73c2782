"""Paragraphs stay short: three sentences at most."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading

MOST = 3
LONG_PARAGRAPH = rule(
    "long-paragraph",
    WARNING,
    title="A long paragraph",
    why="Tired or worried readers lose their place in a long paragraph.",
    mend="Make two paragraphs of it, or a list.",
    source="clinical.md 4.5",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find paragraphs of running text with too many sentences."""
    for paragraph in reading.paragraphs:
        count = len(paragraph.sentences)
        if paragraph.kind in {"p", "li", "definition"} and count > MOST:
            first = paragraph.sentences[0].text
            yield found(LONG_PARAGRAPH, paragraph.line, first, detail=f"{count} sentences; at most {MOST}")
