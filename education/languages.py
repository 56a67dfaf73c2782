"""The languages of pages: one is the source that all others are translated from, and stands at the root."""

from django.conf import settings
from django.utils import translation


def source() -> str:
    """Return the language that pages are first written in."""
    return settings.LANGUAGE_CODE


def spoken() -> str:
    """Return the language of the present answer."""
    return translation.get_language() or source()


def prefix(language: str) -> str:
    """Return how the addresses of a language begin: nothing for the source, else its code: "/es"."""
    return "" if language == source() else f"/{language}"


def is_translation(language: str) -> bool:
    """Say whether pages of this language stand on pages of another."""
    return language != source()


def others(language: str) -> list[tuple[str, str]]:
    """Return the other languages of the site, each with its own name."""
    return [(code, name) for code, name in settings.LANGUAGES if code != language]
