"""What every template may say of the site. It looks at neither session nor person: pages are the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Return the clinic's identity and the site's own addresses."""
    return {"clinic": settings.CLINIC, "site_url": settings.SITE_URL, "staff_path": settings.STAFF_PATH}
