"""Static files as they are served: named by content, compressed, and each style sheet in one piece.

The style sheets are small files that one table of contents imports into layers. A phone should fetch one file, so
collecting them puts the imported text where the import stood. Nothing is built: the files work as they are, too.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<file>[^":]+)"\) layer\((?P<layer>[a-z]+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*([{};])\s*|(?<=[:,])\s+")
"""Space that says nothing; before a colon or round a sign it may say something and stays."""
TABLES_OF_CONTENTS = ("css/site.css", "css/forms.css", "css/staff.css")


def bundle(css: str, read: Callable[[str], str]) -> str:
    """Return `css` with each `@import url("x") layer(y);` replaced by the file's rules inside `@layer y`."""

    def inline(match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{read(match['file'])}\n}}"

    return SPACE.sub(lambda match: match[1] or "", COMMENT.sub("", IMPORT.sub(inline, css)))


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imported style sheets put in place before names are made from contents."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in TABLES_OF_CONTENTS if not dry_run else ():
            if name in paths:
                self._bundle(name)
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, name: str) -> None:
        """Write the bundle over the collected copy, always from the sources: the copy may be yesterday's bundle."""
        found = finders.find(name)
        assert found is not None, f"{name} was collected but no finder knows it"
        source = Path(found)
        css = bundle(source.read_text("utf-8"), lambda file: (source.parent / file).read_text("utf-8"))
        Path(self.path(name)).write_text(css, "utf-8")
