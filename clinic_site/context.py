"""What every template may say of the site. It looks at neither session nor person: pages are the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from education.languages import prefix
from education.navigation import Version

IN_EVERY_LANGUAGE = {f"education:{name}" for name in ("search", "code", "code_of", "offline")}
"""What the site itself shows, in all its languages; a page of an author says for itself where it is translated."""


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Return the clinic's identity and the site's own addresses."""
    clinic = settings.CLINIC.spoken(get_language() or settings.LANGUAGE_CODE)
    return {
        "clinic": clinic,
        "site_url": settings.SITE_URL,
        "staff_path": settings.STAFF_PATH,
        "versions": _versions(request),
    }


def _versions(request: HttpRequest) -> list[Version]:
    """Return this very page in every language, if each language has it; else the first page of each."""
    return [Version(code, name, prefix(code) + _here(request)) for code, name in settings.LANGUAGES]


def _here(request: HttpRequest) -> str:
    """Return the address without its language. The words of a search stay behind: they belong to one language."""
    match = request.resolver_match
    spoken = prefix(get_language() or "")
    if match and match.app_name == "booking":
        return request.get_full_path().removeprefix(spoken)
    return request.path.removeprefix(spoken) if match and match.view_name in IN_EVERY_LANGUAGE else "/"
