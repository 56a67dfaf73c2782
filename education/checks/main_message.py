"""One main message, said in one sentence, and on condition pages a box that sums the page up before all else."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.room import most

MANY = rule(
    "many-messages",
    WARNING,
    title="More than one main message",
    why="Readers take one thing home; two or three compete.",
    mend="Say in message: the one thing that matters most, in one sentence.",
    source="clinical.md 4.4 (1)",
)
NO_BOX = rule(
    "no-summary-box",
    ERROR,
    title="No box “At a glance” at the top",
    why="Many people read only the beginning of a page.",
    mend="Begin the text with the block ::: glance.",
    source="clinical.md 4.3 (11), 4.4 (3)",
)
LONG_OPENING = rule(
    "long-opening",
    WARNING,
    title="A long way to the end of the summary",
    why="What matters most has to be seen before anybody scrolls.",
    mend="Shorten the lede or the rows of the block glance.",
    source="clinical.md 4.4 (10)",
)
MOST = 110


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find a message of several sentences, long summaries, and condition pages that begin without one."""
    message = [each for each in reading.sentences if each.key == "message"]
    if len(message) > 1:
        yield found(MANY, reading.line_of("message"), message[1].text, detail=f"{len(message)} sentences")
    if reading.kind == "condition" and not (reading.blocks and _first(reading)):
        yield found(NO_BOX, reading.page.body_line, reading.front.title)
    words = sum(len(each.words) for each in reading.sentences if each.key == "lede" or each.block == "glance")
    if words > (goal := most(MOST, reading)):
        yield found(LONG_OPENING, reading.line_of("lede"), reading.front.lede, detail=f"{words} words; at most {goal}")


def _first(reading: Reading) -> bool:
    """Say if the block "At a glance" stands before every other heading."""
    return bool(reading.headings) and reading.headings[0].block == "glance"
