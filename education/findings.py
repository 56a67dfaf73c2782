"""What the checks find on a page of the site; a translation is held against the text that it was made from."""

from datetime import date

from education import checks, languages
from education.checks import Finding
from education.library import PageText, look_at
from education.markdown import Context
from education.models import Revision


def findings(words: PageText, context: Context, *, today: date) -> list[Finding]:
    """Return what the checks find; never raises for the text."""
    return checks.check(words, context, today=today, source=source_of(words))


def source_of(words: PageText) -> PageText | None:
    """Return the text that a translation was made from, whether it is public or not; None: nobody knows it."""
    mark, language = words.front.translated_from, languages.source()
    if not mark or words.language == language:
        return None
    texts = Revision.objects.filter(page__language=language, page__path=words.path, digest__startswith=mark)
    text = texts.order_by("-pk").values_list("text", flat=True).first()
    return look_at(text, language=language, path=words.path, file="")[0] if text else None
