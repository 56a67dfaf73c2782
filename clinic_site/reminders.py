"""Reminders of checks: education knows which page is due, booking's outbox sends the mail. This joins the two."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from booking.models import OutboxMessage
from education import reviews

Kind = OutboxMessage.Kind
KINDS = {reviews.Kind.DUE: Kind.REVIEW_DUE, reviews.Kind.OVERDUE: Kind.REVIEW_OVERDUE}


@dataclass
class Report:
    """What one round did."""

    pages: int = 0
    unheard: int = 0
    """Pages that nobody could be told of: no colleague has an e-mail address."""
    moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.pages or self.unheard or self.moved)

    def __str__(self) -> str:
        words = f"reviews: {self.pages} pages to remind of, {self.unheard} with nobody to tell"
        return words + (", pages made again" if self.moved else "")


def remind(*, at: datetime) -> Report:
    """Let pages follow the calendar, and queue a mail to two people for each page that is due or late: once."""
    report = Report(moved=reviews.tick(at=at))
    for due in reviews.untold(at=at):
        if not due.people:
            report.unheard += 1
        elif _queue(due, at):
            report.pages += 1
    return report


@transaction.atomic
def _queue(due: reviews.Due, at: datetime) -> bool:
    """Write the messages and the reminder together, or neither."""
    if not reviews.note_told(due, at=at):
        return False
    about = due.page.get_absolute_url()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind=KINDS[due.kind], recipient=person, about=about, review_on=due.review_on, queued_at=at, send_after=at
        )
        for person in due.people
    )
    return True
