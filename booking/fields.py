"""Sealed columns: what a person typed is ciphertext in the database and plain only in Python.

Our own, because the published field library returned ciphertext under threads.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.db import models
from django.utils.translation import gettext as _

from booking import crypto

MARK = "f1:"


class Unreadable:
    """Mixed into what a sealed column gives when it cannot be read: the key is missing, or the data is damaged.

    One damaged column is that column's trouble: everything else goes on, and whoever reads it sees that it is damaged.
    Written back, it is what stood there before, so that the right key may still open it.
    """

    stored: str


class UnreadableText(Unreadable, str):
    """Stands for a text: it says so where the text would stand."""


class UnreadableList(Unreadable, list[Any]):
    """Stands for a list of answers: its one answer says so."""


class UnreadableAnswers(Unreadable, dict[str, Any]):
    """Stands for a dictionary of answers: none of them is known."""


def unreadable_fields(row: models.Model) -> list[str]:
    """Return the names of the loaded columns of a row that cannot be read."""
    return [name for name, value in vars(row).items() if isinstance(value, Unreadable)]


class SealedTextField(models.TextField):
    """Text that is encrypted on its way into the database and decrypted on its way out.

    It cannot be searched or compared (FieldError); look up through `booking.models.SearchKey`. What cannot be read
    comes out as Unreadable, never as an exception.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.stored
        value = super().get_db_prep_save(value, connection)
        if value is None or value == "" or hasattr(value, "as_sql"):  # bulk_update hands over Case(When(Value))
            return value
        if not isinstance(value, str):
            raise TypeError(f"{self.name} seals text, not {type(value).__name__}")
        return MARK + crypto.seal(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Return the plain text, or Unreadable."""
        if value is None or value == "":
            return value
        try:
            return self._opened(value)
        except (InvalidToken, ValueError):  # a wrong key or damage, no mark, letters or JSON that are none
            unreadable = self._unreadable()
            unreadable.stored = value
            return unreadable

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: search by keyed hash instead")
        return super().get_lookup(lookup_name)

    def _opened(self, value: str) -> Any:
        if not value.startswith(MARK):
            raise ValueError(f"{self.name} holds text that is not sealed")
        return crypto.unseal(value.removeprefix(MARK))

    def _unreadable(self) -> Unreadable:
        return UnreadableText(_("cannot be read"))


class SealedJSONField(SealedTextField):
    """Lists and dictionaries, kept as one sealed text."""

    _pyi_private_set_type: Any  # what may be put in and comes out, told to the type checker
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) and value else value

    def _opened(self, value: str) -> Any:
        plain = json.loads(super()._opened(value))
        if not isinstance(plain, type(self.get_default())):
            raise ValueError(f"{self.name} holds something else than it should")
        return plain

    def _unreadable(self) -> Unreadable:
        return UnreadableAnswers() if self.default is dict else UnreadableList([super()._unreadable()])
