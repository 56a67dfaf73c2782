"""What pages need to know of a picture: names, sizes, and what is said of it. No pixels and no database here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

FOLDER = "pictures"
"""The folder below MEDIA_ROOT, and below the folder of the content."""
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""What each picture is offered in, smallest first; the last one every browser can read."""
FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{1,4}\.[0-9a-f]{8}\.(avif|webp|jpg)")
"""The names of our files; nothing else is served."""


@dataclass(frozen=True)
class Shown:
    """A picture as pages show it."""

    name: str
    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    alt: str = ""
    decorative: bool = False
    credit: str = ""
    consent: str = ""
    """Empty: nobody has said yet whether the people in it agreed, so no page may show it."""

    def file(self, width: int, ending: str) -> str:
        """Return the name of one of its files. The name carries the digest: a file never changes."""
        return f"{self.name}-{width}.{self.digest[:8]}.{ending}"

    @property
    def master(self) -> str:
        """The name of its largest file, from which all others are made."""
        return self.file(self.width, "jpg")

    def url(self, width: int, ending: str) -> str:
        """Return the address of one of its files."""
        return f"{settings.MEDIA_URL}{FOLDER}/{self.file(width, ending)}"

    def srcset(self, ending: str) -> str:
        """Return all its files of one format, for the browser to choose from."""
        return ", ".join(f"{self.url(width, ending)} {width}w" for width in self.widths)

    @property
    def code(self) -> str:
        """What an author writes to show it, with the words that are known."""
        return f'![](picture:{self.name} "decorative")' if self.decorative else f"![{self.alt}](picture:{self.name})"


Pictures = Mapping[str, Shown]
