"""What the processes that keep the site up write of themselves."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class HeartbeatManager(models.Manager["Heartbeat"]):
    """Beats are written in one statement, whoever else writes one."""

    def beat(self, who: "Heartbeat.Who", *, at: datetime) -> None:
        """Note that a process lives and can write. Raises DatabaseError when it cannot."""
        self.bulk_create(
            [Heartbeat(who=who, at=at)], update_conflicts=True, unique_fields=["who"], update_fields=["at"]
        )


class Heartbeat(models.Model):
    """When each kind of process last wrote into the database."""

    class Who(models.TextChoices):
        WEB = "web"
        WORKER = "worker"

    who = models.CharField(max_length=6, choices=Who, primary_key=True)
    at = models.DateTimeField()

    objects = HeartbeatManager()

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset({"who", "at"})

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.who


class DeletingClock(models.Model):
    """How far deleting has come, and what the clock was when it was last looked at (`booking.deleting`)."""

    seen_at = models.DateTimeField()
    done_until = models.DateTimeField()
    """What had run out by then is deleted."""
    jumped_at = models.DateTimeField(null=True, blank=True)
    """What the clock said after its last jump, until deleting has caught up."""

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset({"id", "seen_at", "done_until", "jumped_at"})

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="deleting_clock_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return "deleting"
