"""Pictures have words for people who cannot see them, and drawings have a caption."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Image, Reading

LONGEST = 150
NO_ALT = rule(
    "no-alt-text",
    ERROR,
    title="A picture without words",
    why="People who cannot see the picture, or do not get it, would miss what it says.",
    mend='Write ![what it shows](picture:name), or add "decorative" behind the name if it says nothing.',
    source="WCAG 1.1.1",
)
POOR_ALT = rule(
    "poor-alt-text",
    WARNING,
    title="Words that do not stand for the picture",
    why="A screen reader already says that it is a picture; a file name says nothing, a long text too much.",
    mend="Say in one short sentence what the picture shows.",
    source="WCAG 1.1.1",
)
NO_CAPTION = rule(
    "no-caption",
    ERROR,
    title="A drawing without a caption",
    why="A caption says what to look at; many people read it before the text.",
    mend="Write one sentence below the drawing that says what it shows.",
    source="clinical.md 4.3 (17)",
)
OPENING = re.compile(
    r"^(?:an? |the )?(?:picture|image|photo|photograph|drawing|graphic|icon) (?:of|showing)\b", re.IGNORECASE
)
FILE = re.compile(r"^\S+\.(?:jpe?g|png|webp|avif|gif|svg)$|^(?:img|dsc|image|picture|photo)[\W_]?\d*$", re.IGNORECASE)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pictures and drawings without words, or with words that do not serve."""
    for image in reading.images:
        if not image.alt and image.title != "decorative":
            yield found(NO_ALT, image.line, image.src)
        elif _poor(image):
            yield found(POOR_ALT, image.line, image.alt, detail=f"{len(image.alt)} characters")
    for block in reading.blocks:
        if block.name == "figure" and not block.sentences:
            yield found(NO_CAPTION, block.line, block.title)


def _poor(image: Image) -> bool:
    return bool(OPENING.match(image.alt) or FILE.match(image.alt)) or len(image.alt) > LONGEST
