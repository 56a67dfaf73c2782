"""Who is let in: the press answers only where Django would, and asks Django's own code about it."""

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

METHODS = {"GET", "HEAD"}


class Admission:
    """Tells requests for a finished page from all others. What it answered for a host and scheme it remembers."""

    def __init__(self) -> None:
        header = settings.SECURE_PROXY_SSL_HEADER
        self._told_by = header[0] if header else ""
        self._scheme = urlsplit(settings.SITE_URL).scheme
        self._admits = lru_cache(maxsize=256)(self._ask_django)

    def __call__(self, environ: "WSGIEnvironment") -> bool:
        """Say whether the press may answer: a plain question, to a host of ours, by the site's own scheme."""
        return (
            environ["REQUEST_METHOD"] in METHODS
            and not environ.get("QUERY_STRING")
            and not environ.get("SCRIPT_NAME")
            and self._admits(environ.get("HTTP_HOST", ""), environ["wsgi.url_scheme"], environ.get(self._told_by))
        )

    def _ask_django(self, host: str, scheme: str, told: str | None) -> bool:
        """Say no to hosts that Django refuses and to the scheme that it redirects: it does so itself."""
        asked = {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO(), "wsgi.url_scheme": scheme, "HTTP_HOST": host}
        request = WSGIRequest(asked | ({self._told_by: told} if told is not None else {}))
        try:
            return bool(host and request.get_host()) and request.scheme == self._scheme
        except DisallowedHost:
            return False
