"""What every template may say of the site. It looks at neither session nor person: pages are the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from education.languages import prefix
from education.navigation import Version


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
    """Return this very page in every language, if it is a page of the request; else the first page of each."""
    match = request.resolver_match
    rest = request.get_full_path().removeprefix(prefix(get_language() or ""))
    here = rest if match and match.app_name == "booking" else "/"
    return [Version(code, name, prefix(code) + here) for code, name in settings.LANGUAGES]
