"""The edition: one number that grows each time anything that patients can see changes."""

from django.db import models
from django.db.models import F


class Edition(models.Model):
    """The single row that holds the number. Everything derived carries it and is thrown away when it moves."""

    number = models.PositiveBigIntegerField(default=1)
    day = models.DateField(null=True, blank=True)
    """For which somebody last looked whether pages have become late for their check."""

    class Meta:
        constraints = [models.CheckConstraint(name="edition_is_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def move_on(cls) -> None:
        """Count one up, inside the transaction that changed what patients see."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1, number=2)

    @classmethod
    def now(cls) -> int:
        """Return the present number (one query)."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 1
