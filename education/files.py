"""One reader for every text file that people write, as their systems save them."""

from pathlib import Path


class NotTextError(ValueError):
    """A file that cannot be read as text; says why in words that follow the file's name."""


def read_text(path: Path) -> str:
    """Return a file's text with LF line ends and without a byte order mark.

    Raises NotTextError when it is not UTF-8, and OSError when it is not there or closed to us.
    """
    return text_of(path.read_bytes())


def text_of(data: bytes) -> str:
    """Return the text that bytes hold. Raises NotTextError when they are not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16 without a mark is valid UTF-8, full of zeros
        raise NotTextError("the file is not UTF-8; save it again and choose UTF-8 as its encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")
