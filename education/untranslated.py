"""What translators have to do, as the files say it: pages without a translation, and translations that are behind."""

from collections.abc import Iterator

from django.conf import settings

from education import languages
from education.library import Files, PageText, look_at, mark_of
from education.translations import lag

MISSING = "{language}: {count} page(s) not translated yet: {paths}"
BEHIND = "{file}: is behind {source} ({kinds}); translate what changed, then write translated_from: {mark}"
ALONE = "{file}: translates a page that is not in {source}/"
NOT_OFFERED = "{language}: has pages, but no catalogue in locale/, so the site does not offer it"


def tasks(found: Files) -> list[str]:
    """Return one line a task, language by language."""
    spoken = sorted({language for language, _path in found} - {languages.source()})
    return [line for language in spoken for line in _of(language, found)]


def _of(language: str, found: Files) -> Iterator[str]:
    source = languages.source()
    if language not in dict(settings.LANGUAGES):
        yield NOT_OFFERED.format(language=language)
    missing = sorted(path or "index" for spoken, path in found if spoken == source and (language, path) not in found)
    if missing:
        yield MISSING.format(language=language, count=len(missing), paths=", ".join(missing))
    for spoken, path in sorted(found):
        if spoken == language:
            yield from _state(language, path, found)


def _state(language: str, path: str, found: Files) -> Iterator[str]:
    file, source = found[language, path], found.get((languages.source(), path))
    if source is None:
        yield ALONE.format(file=file.name, source=languages.source())
        return
    ours, theirs = _page(language, path, file.text), _page(languages.source(), path, source.text)
    behind = lag(ours.front.plain(), theirs.front.plain(), mark_of(source.text))
    if behind.is_behind:
        kinds = ", ".join(behind.kinds)
        yield BEHIND.format(file=file.name, source=source.name, kinds=kinds, mark=mark_of(source.text))


def _page(language: str, path: str, text: str) -> PageText:
    return look_at(text, language=language, path=path, file="")[0]
