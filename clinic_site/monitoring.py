"""The two answers for machines that watch the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic_site.health import troubles

GetResponse = Callable[[HttpRequest], HttpResponse]


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether all is well, and if not, why: one reason a line, no personal data."""
    reasons = troubles()
    words = "\n".join(reasons) or "ready"
    return HttpResponse(f"{words}\n", content_type="text/plain", status=503 if reasons else 200)


ANSWERS: dict[str, GetResponse] = {"/healthz": alive, "/readyz": ready}


class MonitoringMiddleware:
    """Answer under whatever name of the host, by http or https: a monitor on this machine knows none.

    It stands behind what puts headers on every answer, and before what asks for the host.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = ANSWERS.get(request.path_info, self.get_response)(request)
        if request.method == "HEAD" and request.path_info in ANSWERS:
            response.content = b""  # gunicorn writes a warning for each body that it must drop
        return response
