"""What readers say of pages: counted for the very words they read, by month, and forgotten after two years."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from education.models import Opinion, Page, Revision
from education.models.opinion import month_of

KEPT_MONTHS = 24
LONGEST_ID = 120
NUMBER = re.compile("[0-9]{1,18}")
FEWEST = 5
"""Fewer answers than these are told as a number only: a share of three people says nothing."""
Answer = Opinion.Answer
SEEN = (Revision.State.PUBLISHED, Revision.State.SUPERSEDED)


@dataclass(frozen=True)
class Forgotten:
    """How many counts were deleted."""

    counts: int

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        return f"readers: {self.counts} old counts deleted"


def read_by_patients(number: str | int) -> Revision | None:
    """Return words that patients see or saw, with their page; None for any other number."""
    known = Revision.objects.filter(state__in=SEEN).select_related("page").defer("text", "html")
    return known.filter(pk=int(number)).first() if NUMBER.fullmatch(str(number)) else None


def parts_of(revision: Revision) -> list[tuple[str, str]]:
    """Return the main headings of a text, id and words, of which readers may name one."""
    main = (part for part in revision.contents if part.get("level") == 2)
    return [(str(part["id"]), str(part["text"])) for part in main if len(part["id"]) <= LONGEST_ID]


def note(revision: Revision, answer: str, *, heading: str = "", at: datetime) -> None:
    """Count one answer to these words."""
    month = month_of(timezone.localdate(at))
    Opinion.objects.add_one(page=revision.page, revision=revision, answer=answer, heading=heading, month=month)


def forget_old(*, at: datetime) -> Forgotten:
    """Delete the counts whose two years are over."""
    deleted, _by_model = Opinion.objects.before(month_of(timezone.localdate(at)) - KEPT_MONTHS).delete()
    return Forgotten(deleted)


@dataclass
class Said:
    """What readers said of one page: of the words that patients see now, and of all before them."""

    page: Page
    title: str
    yes: int = 0
    no: int = 0
    yes_before: int = 0
    no_before: int = 0
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often each reason was given for the present words, by reason and words of the heading."""

    @property
    def percent(self) -> int | None:
        """How many of a hundred found the present words helpful; None while too few answered."""
        answered = self.yes + self.no
        return round(100 * self.yes / answered) if answered >= FEWEST else None

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """The reasons in words, the most frequent first."""
        rows = [(str(Answer(answer).label), part, times) for (answer, part), times in self.reasons.items()]
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))

    @property
    def rank(self) -> tuple[Any, ...]:
        """The order of the list: the least helpful first, then those of whom too little is known."""
        unknown = self.percent is None
        return (unknown, self.percent or 0, -self.no, -sum(self.reasons.values()), self.page.path)


def what_readers_say() -> list[Said]:
    """Return every page that readers answered about, the worst first (two queries)."""
    pages = Page.objects.filter(opinions__isnull=False).distinct().select_related("published")
    said = {page.pk: _said(page) for page in pages.defer("published__html", "published__text")}
    for row in Opinion.objects.summed():
        if row["page_id"] in said:
            _add(said[row["page_id"]], row)
    return sorted(said.values(), key=lambda each: each.rank)


def _said(page: Page) -> Said:
    return Said(page, str(page.published.front.get("title", "")) if page.published else str(page))


def _add(said: Said, row: dict[str, Any]) -> None:
    present, answer, times = row["revision_id"] == said.page.published_id, row["answer"], row["times"]
    if answer in (Answer.YES, Answer.NO):
        name = f"{answer}" if present else f"{answer}_before"
        setattr(said, name, getattr(said, name) + times)
    elif present and said.page.published:
        part = dict(parts_of(said.page.published)).get(row["heading"], "")
        said.reasons[answer, part] = said.reasons.get((answer, part), 0) + times
