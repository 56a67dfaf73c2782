"""Pages about what to do before and after a visit give steps, and something to tick off."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading

NO_STEPS = rule(
    "no-steps",
    WARNING,
    title="What to do, but not in steps",
    why="People do one thing after the other; a numbered list lets them find their place again.",
    mend="Put what to do in a numbered list, one step each.",
    source="clinical.md 4.3 (22)",
)
NO_CHECKLIST = rule(
    "no-checklist",
    WARNING,
    title="Nothing to tick off",
    why="A list to print and fill in is remembered where a text is not.",
    mend="Add the block ::: checklist with what to bring or to tell.",
    source="clinical.md 4.3 (23)",
)
STEPS = frozenset({"treatment/get-ready", "treatment/your-visit", "treatment/after-your-visit"})
CHECKLIST = frozenset({"treatment/get-ready"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find pages about a visit without a numbered list, and the page for getting ready without a checklist."""
    at, title = reading.line_of("title"), reading.front.title
    if reading.path in STEPS and not any(each.ordered for each in reading.lists):
        yield found(NO_STEPS, at, title)
    if reading.path in CHECKLIST and not any(block.name == "checklist" for block in reading.blocks):
        yield found(NO_CHECKLIST, at, title)
