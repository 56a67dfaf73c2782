"""What the checks find on a page of the site; a translation is held against the text that it was made from."""

from collections.abc import Mapping
from datetime import date

from education import checks, languages
from education.checks import Finding
from education.library import File, PageText, Place, look_at, mark_of
from education.markdown import Context
from education.models import Revision


def findings(
    words: PageText, context: Context, *, today: date, found: Mapping[Place, File] | None = None
) -> list[Finding]:
    """Return what the checks find; never raises for the text. `found`: files among which its source may be."""
    source = source_in(words, found or {}) or source_on_site(words)
    return checks.check(words, context, today=today, source=source)


def source_in(words: PageText, found: Mapping[Place, File]) -> PageText | None:
    """Return the file that a translation was made from, while it holds the very text that was translated."""
    file = found.get((languages.source(), words.path)) if languages.is_translation(words.language) else None
    if file is None or mark_of(file.text) != words.front.translated_from:
        return None
    return look_at(file.text, language=languages.source(), path=words.path, file=file.name)[0]


def source_on_site(words: PageText) -> PageText | None:
    """Return the text that a translation was made from, whether it is public or not; None: nobody knows it."""
    mark, language = words.front.translated_from, languages.source()
    if not mark or words.language == language:
        return None
    texts = Revision.objects.filter(page__language=language, page__path=words.path, digest__startswith=mark)
    text = texts.order_by("-pk").values_list("text", flat=True).first()
    return look_at(text, language=language, path=words.path, file="")[0] if text else None
