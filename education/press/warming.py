"""What a new worker prints before anybody asks: every published page, beside its other work."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings

from education.models import Page

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def questions() -> Iterator["WSGIEnvironment"]:
    """Yield the request of a reader for each published page, those nearest to home first."""
    pages = Page.objects.published().select_related(None).only("language", "path")
    for url in sorted((page.get_absolute_url() for page in pages), key=lambda url: (url.count("/"), url)):
        yield _asking_for(url)


def _asking_for(url: str) -> "WSGIEnvironment":
    site = urlsplit(settings.SITE_URL)
    path = unquote_to_bytes(url).decode("latin-1")  # as WSGI wants it
    environ: dict[str, Any] = {"SCRIPT_NAME": "", "PATH_INFO": path, "HTTP_HOST": site.netloc}
    environ["wsgi.url_scheme"] = site.scheme
    setup_testing_defaults(environ)
    return environ
