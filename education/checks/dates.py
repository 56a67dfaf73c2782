"""A page says when its words changed and when somebody looks at it again."""

from collections.abc import Iterator
from datetime import date, timedelta

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading

FARTHEST = timedelta(days=3 * 366)
NO_REVIEW = rule(
    "no-review-date",
    WARNING,
    title="No date for the next check",
    why="What is known changes; without a date nobody looks again.",
    mend="Add review: and the day of the next check, at most three years from now.",
    source="clinical.md 4.5",
)
REVIEW_PAST = rule(
    "review-date-past",
    WARNING,
    title="The date of the next check is over",
    why="Patients are told that this page should have been checked by now.",
    mend="Check the page, and set the day of the next check.",
    source="clinical.md 4.5",
)
REVIEW_FAR = rule(
    "review-date-far",
    WARNING,
    title="The next check is far away",
    why="In more than three years much can change that patients should know.",
    mend="Choose a day within three years.",
    source="clinical.md 4.5",
)
UPDATED_AHEAD = rule(
    "updated-ahead",
    ERROR,
    title="Changed on a day that has not come",
    why="A date in the future makes every date on the site doubtful.",
    mend="Write the day on which the words last changed.",
    source="clinical.md 4.2 (JAMA)",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find dates that are missing, over, or out of reach."""
    review, updated = reading.front.review, reading.front.updated
    at, title = reading.line_of("review"), reading.front.title
    if review is None:
        yield found(NO_REVIEW, at, title)
    elif review < today:
        yield found(REVIEW_PAST, at, title, detail=review.isoformat())
    elif review - today > FARTHEST:
        yield found(REVIEW_FAR, at, title, detail=review.isoformat())
    if updated > today:
        yield found(UPDATED_AHEAD, reading.line_of("updated"), title, detail=updated.isoformat())
