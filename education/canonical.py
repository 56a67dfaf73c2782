"""The one form in which a page's text is kept and compared, whether typed in a file or in the admin."""

import unicodedata
from collections.abc import Iterator

MOST_MARKS = 30  # the bound of Unicode's stream-safe form (UAX 15)


def canonical(text: str) -> str:
    """Return the one form in which a page's text is kept and compared, whether typed in a file or in the admin.

    Line ends are LF, letters are composed (NFC), there is no byte order mark and no NUL, and one newline at the end.
    """
    text = text.replace("\0", "").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", _with_few_marks(text))
    return _with_few_marks(composed).rstrip("\n") + "\n"


def _with_few_marks(text: str) -> str:
    """Return a text whose letters carry no more marks than any language has: sorting them takes their square."""
    if text.isascii():
        return text
    marked = (("" if carried > MOST_MARKS else letter) for letter, carried in zip(text, _carried(text), strict=True))
    return "".join(marked)


def _carried(text: str) -> Iterator[int]:
    """Yield for each character how many marks stand in a row here, itself counted; 0 for what is no mark."""
    row = 0
    for letter in text:
        row = row + 1 if unicodedata.combining(letter) else 0
        yield row
