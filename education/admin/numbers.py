"""Numbers of rows as they come with an address or a form: what no row can have is no number."""

from django.urls import register_converter
from django.urls.converters import IntConverter

MOST_DIGITS = 18
"""More do not fit into a row's number: both databases refuse even to look for them."""


def row_number(text: str) -> int:
    """Return the number of a row, 0 for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


class RowConverter(IntConverter):
    """The number of a row in an address."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"


register_converter(RowConverter, "row")
