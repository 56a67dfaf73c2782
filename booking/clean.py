"""Cleaning of what people type or paste: forgiving, and never by dropping something they can see.

Letters that are newer than Python's tables count as seen: only what is known to be invisible or to mislead goes.
"""

import re
import unicodedata

LINE_ENDS = "\r\n\t"
BLANKS = dict.fromkeys(map(ord, "\u2800\u3164\uffa0"), " ")
"""Signs that are shown as an empty place: nobody has such a name."""
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001]"
)
"""Soft hyphens, zero-width spaces, marks that turn the direction of writing, and their kind."""
JOINERS = "\u200c\u200d"  # invisible, but Persian and Indian names and many emoji need them, after a sign to join
LOOSE_JOINER = re.compile(rf"(?<![^\s{JOINERS}])[{JOINERS}]+")
TAGS = "\U000e0020-\U000e007e"
LOOSE_TAGS = re.compile(f"(\U0001f3f4[{TAGS}]+\U000e007f)|[{TAGS}\U000e007f]+")  # tags spell a flag, or hide a text


def visible(text: str, *, lines: bool = False) -> str:
    """Return the text without invisible and control characters, spaces tidied; `lines` keeps line breaks."""
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(visible(line) for line in text.split("\n")).strip()
    kept = "".join(" " if mark in LINE_ENDS else mark for mark in unicodedata.normalize("NFC", text))
    return " ".join(LOOSE_JOINER.sub("", without_invisible(kept).translate(BLANKS)).split())


def without_invisible(text: str) -> str:
    """Return the text without controls, and without what is known to show nothing; joiners stay."""
    bare = LOOSE_TAGS.sub(r"\1", INVISIBLE.sub("", text))
    return "".join(mark for mark in bare if unicodedata.category(mark) not in {"Cc", "Cs"} and not _is_nothing(mark))


def _is_nothing(mark: str) -> bool:
    """Say whether Unicode promises that this code will never be a character."""
    code = ord(mark)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def is_letter(mark: str) -> bool:
    """Say whether a sign is part of a word; one that Python does not know yet is taken for a letter."""
    return mark.isalnum() or unicodedata.category(mark) in {"Mn", "Mc", "Cn", "Co"}


def plain_digits(text: str) -> str:
    """Return the text with every script's digits, and full-width signs, as ASCII, and without invisible characters."""
    folded = unicodedata.normalize("NFKC", text)
    ascii_digits = "".join(str(unicodedata.decimal(mark, mark)) for mark in folded)
    return re.sub(f"[{JOINERS}]", "", without_invisible(ascii_digits))
