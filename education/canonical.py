"""The forms of a text: the one in which it is kept and compared, and the one in which its words are read."""

import unicodedata
from collections.abc import Iterator

MOST_MARKS = 30  # the bound of Unicode's stream-safe form (UAX 15)
UNSEEN = (
    "\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What nobody sees between letters: Unicode's Default_Ignorable_Code_Point, with the soft hyphen and all joiners."""
LIKE_OTHERS = "\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"
"""Letters that look like plain ones: ligatures, wide ones, and those of mathematics that are typed to look bold."""
SPACES, HYPHENS = "\u00a0\u2000-\u200a\u202f\u205f\u3000", "\u2010\u2011"


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


def _letters(ranges: str) -> Iterator[str]:
    """Yield each letter of ranges such as "a-cx"."""
    rest = list(ranges)
    while rest:
        first = rest.pop(0)
        last = rest[1] if rest[:1] == ["-"] else first
        del rest[: 2 if last != first else 0]
        yield from map(chr, range(ord(first), ord(last) + 1))


READ = str.maketrans(
    {
        **dict.fromkeys(_letters(UNSEEN), ""),
        **dict.fromkeys(_letters(SPACES), " "),
        **dict.fromkeys(_letters(HYPHENS), "-"),
        **{letter: unicodedata.normalize("NFKC", letter) for letter in _letters(LIKE_OTHERS)},
    }
)


def as_read(text: str) -> str:
    """Return a text as people read it, for search and for the checks: without what nobody sees, spaces as spaces.

    What is kept and shown stays as it was typed: a soft hyphen shows where a long word may break.
    """
    return text if text.isascii() else text.translate(READ)
