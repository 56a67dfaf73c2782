"""Which languages the site speaks, and how an address says which one: English at the root, others below their code."""

from collections.abc import Callable, Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_path, to_locale

RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw nqo ps sd syr ug ur yi arab hebr syrc thaa nkoo".split())

GetResponse = Callable[[HttpRequest], HttpResponse]


def offered(content: Path, catalogues: Path, first: str) -> list[tuple[str, str]]:
    """Return the languages with their own names: the first, and each that has both pages and a catalogue."""
    folders = sorted(place.name for place in content.iterdir() if place.is_dir())
    others = [code for code in folders if code != first and catalogue(catalogues, code).is_file()]
    return [(code, own_name(code)) for code in (first, *others)]


def catalogue(catalogues: Path, code: str) -> Path:
    """Return where the catalogue of a language stands, whether it is there or not."""
    return catalogues / to_locale(code) / "LC_MESSAGES" / "django.po"


def own_name(code: str) -> str:
    """Return the name of a language as its speakers write it at the head of a line; its code if nobody told us."""
    name = str(LANG_INFO.get(code, {}).get("name_local", "")) or _locale_name(code) or code
    return name[:1].upper() + name[1:]


def _locale_name(code: str) -> str:
    """Return the name that Unicode's tables know, such as "español (Latinoamérica)"; nothing when they know none."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or ""
    except (UnknownLocaleError, ValueError):
        return ""


def right_to_left(codes: Iterable[str]) -> list[str]:
    """Return those languages that are written from right to left, by their script or by their own name."""
    return [code for code in codes if RIGHT_TO_LEFT & set(code.split("-"))]


class LanguageOfTheAddress:
    """Answer in the language that the address names. Neither browser nor cookie is asked, so answers stay shared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
