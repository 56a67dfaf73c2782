"""Static files as they are served: named by content, compressed, and each style sheet in one piece.

The style sheets are small files that one table of contents imports into layers. A phone should fetch one file, so
collecting them puts the imported text where the import stood. Nothing is built: the files work as they are, too.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<file>[^":]+)"\) layer\((?P<layer>[a-z]+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TABLES_OF_CONTENTS = ("css/site.css", "css/staff.css")


def bundle(css: str, read: Any) -> str:
    """Return `css` with each `@import url("x") layer(y);` replaced by the file's rules inside `@layer y`."""

    def inline(match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{read(match['file'])}\n}}"

    return re.sub(r"\n\s*", "\n", COMMENT.sub("", IMPORT.sub(inline, css)))


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imported style sheets put in place before names are made from contents."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in TABLES_OF_CONTENTS if not dry_run else ():
            if name in paths:
                self._bundle(name)
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, name: str) -> None:
        plain = StaticFilesStorage(location=self.location, base_url=self.base_url)
        folder = name.rsplit("/", 1)[0]

        def read(file: str) -> str:
            return plain.open(f"{folder}/{file}").read().decode()

        css = bundle(read(name.rsplit("/", 1)[1]), read)
        plain.delete(name)
        plain.save(name, ContentFile(css.encode()))
