"""What the press is held against, each under the site's own gunicorn: an empty Django view, and WhiteNoise's file."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from whitenoise import WhiteNoise

ROOT = Path(os.environ["BARE_ROOT"])
BODIES = {file.name: file.read_bytes() for file in ROOT.iterdir()}

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="bench", MIDDLEWARE=[])
django.setup()


def bare_view(request: HttpRequest, name: str) -> HttpResponse:
    """An empty view: bytes that lie ready, with their length, and nothing around it."""
    body = BODIES[name]
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


def unchanged(request: HttpRequest) -> HttpResponse:
    """An empty view that says 304 to everybody."""
    return HttpResponse(status=304)


urlpatterns = [path("bare/<str:name>", bare_view), path("unchanged", unchanged)]


class Bare(WSGIHandler):
    """Django alone, with the hook that the site's gunicorn calls."""

    def warm_up(self) -> None:
        """Have nothing to print."""


class Static(WhiteNoise):
    """WhiteNoise in front, as it stands for static files."""

    def warm_up(self) -> None:
        """Have nothing to print."""


application = Bare()
static = Static(application, root=ROOT, prefix="static/", max_age=60)
