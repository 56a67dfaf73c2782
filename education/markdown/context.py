"""What a page is rendered with: sources, words, facts, drawings, pictures, and the pages that links may lead to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale

from education.drawings import drawing
from education.facts import facts
from education.glossary import GLOSSARY, Word, read_words
from education.library import look_at
from education.pictures import Pictures
from education.sources import Source, read_sources

VERSION = "5"
"""Counts up when the renderer's output or its own words change: pages are then rendered again by the next import."""


@dataclass(frozen=True)
class Context:
    """Everything outside a page's own text that its HTML depends on."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)
    anchors: Mapping[str, frozenset[str]] | None = None
    """The ids on each page, by URL. None: links between pages are not checked."""
    fingerprint: str = ""


def read_context(
    glossary: str,
    *,
    folder: Path | None = None,
    anchors: Mapping[str, frozenset[str]] | None = None,
    pictures: Pictures | None = None,
    language: str = "en",
) -> Context:
    """Gather the context of a language. Raises ContentError when the sources cannot be read."""
    folder = folder or settings.CONTENT_DIR
    words = look_at(glossary, language=language, path=GLOSSARY, file="glossary.md")[0].body
    with translation.override(language):
        known, drawn = facts(), drawings()
        sources = _sources(folder / "sources.json", _digest(folder / "sources.json"), language)
    return Context(
        sources=sources,
        words=read_words(words),
        facts=known,
        drawings=drawn,
        pictures=pictures or {},
        anchors=anchors,
        fingerprint=fingerprint(glossary, folder=folder, pictures=pictures, language=language),
    )


def fingerprint(
    glossary: str = "", *, folder: Path | None = None, pictures: Pictures | None = None, language: str = "en"
) -> str:
    """Return a digest of all that rendering depends on besides the page's text: when it changes, pages are stale."""
    folder = folder or settings.CONTENT_DIR
    with translation.override(language):
        known, drawn = facts(), drawings()
    parts = [VERSION, glossary, _digest(folder / "sources.json"), repr(settings.CLINIC), repr(known)]
    parts.append(_digest(settings.CATALOGUES / to_locale(language) / "LC_MESSAGES" / "django.po"))
    parts += [f"{name}={_hash(svg)}" for name, svg in sorted(drawn.items())]
    parts += [repr(shown) for _name, shown in sorted((pictures or {}).items())]
    return _hash("\0".join(parts))


def drawings() -> dict[str, str]:
    """Return our drawings by name, trusted because they are code."""
    found: dict[str, str] = {}
    for root in settings.TEMPLATES[0]["DIRS"]:  # type: ignore[attr-defined]  # a list of folders
        for place in sorted(Path(root).glob("drawings/*.svg")):
            found.setdefault(place.stem, drawing(place.stem))
    return found


@lru_cache(maxsize=8)
def _sources(path: Path, digest: str, language: str) -> dict[str, Source]:
    return read_sources(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
