"""What tells whether the keys are those that this database was filled with."""

from django.db import models
from django.db.models import Q


class KeyCheck(models.Model):
    """One known word, sealed and hashed on the first start: `booking.key_check` tries the present keys on it."""

    sealed = models.TextField()
    hashed = models.CharField(max_length=64)

    class Privacy:
        personal: frozenset[str] = frozenset()
        not_personal = frozenset({"id", "sealed", "hashed"})

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="key_check_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return "key check"
