"""Cleaning of what people type or paste: forgiving, and never by dropping something they can see."""

import unicodedata

JOINERS = "\u200c\u200d"  # invisible, but letters of Persian and Indian names need them
LINE_ENDS = "\r\n\t"


def visible(text: str, *, lines: bool = False) -> str:
    """Return the text without invisible and control characters, spaces tidied; `lines` keeps line breaks."""
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(visible(line) for line in text.split("\n")).strip()
    kept = "".join(" " if mark in LINE_ENDS else mark for mark in unicodedata.normalize("NFC", text) if _is_seen(mark))
    return " ".join(kept.split())


def _is_seen(mark: str) -> bool:
    return mark in JOINERS or mark in LINE_ENDS or unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain_digits(text: str) -> str:
    """Return the text with every script's digits, and full-width signs, as ASCII, and without invisible characters."""
    folded = unicodedata.normalize("NFKC", text)
    ascii_digits = (str(unicodedata.decimal(mark, mark)) for mark in folded)
    return "".join(mark for mark in ascii_digits if unicodedata.category(mark) not in {"Cc", "Cf"})
