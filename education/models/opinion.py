"""What readers said of a page, counted. Nothing is kept of the reader: no row, no time, no network is one person's."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _


def month_of(day: date) -> int:
    """Return the month that a day lies in, as a number: how many whole months had passed since the year 0."""
    return day.year * 12 + day.month - 1


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Counts, and how they are asked for."""

    def add_one(self, **what: Any) -> None:
        """Count one more of the same, whoever counts at the same moment."""
        row, _new = self.get_or_create(**what)
        self.filter(pk=row.pk).update(count=F("count") + 1)

    def before(self, month: int) -> Self:
        """Return the counts of the months before one, as `month_of` counts them."""
        return self.filter(month__lt=month)

    def summed(self) -> models.QuerySet["Opinion", dict[str, object]]:
        """Return how often each answer was given to each text of a page, by heading."""
        return self.values("page_id", "revision_id", "answer", "heading").annotate(times=Sum("count")).order_by()


class Opinion(models.Model):
    """How often readers gave one answer to one text of a page in one month."""

    class Answer(models.TextChoices):
        YES = "yes", _("helpful")
        NO = "no", _("not helpful")
        NOT_FOUND = "not-found", _("could not find it")
        NOT_UNDERSTOOD = "not-understood", _("could not understand it")
        NOT_BELIEVED = "not-believed", _("do not believe it")
        OUT_OF_DATE = "out-of-date", _("looks out of date")

    page = models.ForeignKey("education.Page", models.PROTECT, related_name="opinions")
    revision = models.ForeignKey("education.Revision", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=14, choices=Answer)
    heading = models.CharField(max_length=120, blank=True)
    """The id of the part of the page that was meant; empty: none was named."""
    month = models.PositiveIntegerField()
    """As `month_of` counts: a column that can hold no day, which would be too near to one person's visit."""
    count = models.PositiveIntegerField(default=0)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["revision", "answer", "heading", "month"], name="opinion_one_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.answer}"
