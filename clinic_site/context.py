"""What every template may say of the site. It looks at neither session nor person: pages are the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Return the clinic's identity and the site's own addresses."""
    clinic = settings.CLINIC.spoken(get_language() or settings.LANGUAGE_CODE)
    return {"clinic": clinic, "site_url": settings.SITE_URL, "staff_path": settings.STAFF_PATH}
