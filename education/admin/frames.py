"""What may stand in a frame: the preview beside the editor, on our own pages, and nothing else."""

from django.conf import settings
from django.http import HttpResponse

OURS = ["'self'"]


def frameable(response: HttpResponse) -> HttpResponse:
    """Let an answer stand in a frame of ours."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _with_policy(response, "frame-ancestors")


def framing(response: HttpResponse) -> HttpResponse:
    """Let a page hold a frame of ours."""
    return _with_policy(response, "frame-src")


def _with_policy(response: HttpResponse, directive: str) -> HttpResponse:
    """Set one directive for this answer, under the name that Django 6's own middleware looks for, too."""
    response._csp_config = {**settings.SECURE_CSP, directive: OURS}  # type: ignore[attr-defined]
    return response
