"""Addresses that a page once had: old links go on working."""

from django.db import models


class Moved(models.Model):
    """One old address of a page."""

    language = models.CharField(max_length=10)
    path = models.CharField(max_length=200)
    page = models.ForeignKey("education.Page", models.PROTECT, related_name="former")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "path"], name="moved_one_an_address")]

    def __str__(self) -> str:
        return f"{self.language}/{self.path}"
