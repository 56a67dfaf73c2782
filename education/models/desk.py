"""What people are writing now: kept while they type, and seen by others on the same page."""

from django.conf import settings
from django.db import models


class WorkingCopy(models.Model):
    """One person's unsaved words of one page (or of a new page), and when they were last there."""

    page = models.ForeignKey("education.Page", models.CASCADE, null=True, blank=True, related_name="working_copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    base = models.ForeignKey("education.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=dict, blank=True)
    """What stands in the form, by field name; empty while nothing unsaved was typed."""
    typed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "user"], name="working_copy_one_a_page_and_person"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(page=None), name="working_copy_one_new_page_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.user_id}"
