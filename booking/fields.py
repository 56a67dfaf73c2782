"""Sealed columns: what a person typed is ciphertext in the database and plain only in Python.

Our own, because the published field library returned ciphertext under threads.
"""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from booking import crypto

MARK = "f1:"


class SealedTextField(models.TextField):
    """Text that is encrypted on its way into the database and decrypted on its way out.

    It cannot be searched or compared (FieldError); look up through `booking.models.SearchKey`.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        value = super().get_db_prep_save(value, connection)
        if value is None or value == "" or hasattr(value, "as_sql"):  # bulk_update hands over Case(When(Value))
            return value
        if not isinstance(value, str):
            raise TypeError(f"{self.name} seals text, not {type(value).__name__}")
        return MARK + crypto.seal(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Return the plain text. Raises ValueError when a column was written unsealed."""
        if value is None or value == "":
            return value
        if not value.startswith(MARK):
            raise ValueError(f"{self.name} holds text that is not sealed")
        return crypto.unseal(value.removeprefix(MARK))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: search by keyed hash instead")
        return super().get_lookup(lookup_name)


class SealedJSONField(SealedTextField):
    """Lists and dictionaries, kept as one sealed text."""

    _pyi_private_set_type: Any  # what may be put in and comes out, told to the type checker
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        plain = super().from_db_value(value, expression, connection)
        return plain if plain in (None, "") else json.loads(plain)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) and value else value
