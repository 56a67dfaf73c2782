"""What every page of a request promises: never cached, never indexed, and never a lost word when something fails."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from booking import drafts, limits

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """After a POST, go and GET: reloading repeats nothing."""

    status_code = 303


def go(name: str, **query: str) -> SeeOther:
    """Return the way to one of our pages."""
    told = "&".join(f"{key}={value}" for key, value in query.items())
    return SeeOther(reverse(f"booking:{name}") + (f"?{told}" if told else ""))


def private(view: View) -> View:
    """Wrap a page about a person's request: not cached, not indexed, and kind when the database fails."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return guarded


def asking(view: View) -> View:
    """Wrap a page of the journey: private, and open to newcomers only while the clinic takes requests."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.REQUESTS_OPEN and drafts.current(request, at=timezone.now()) is None:
            return go("start")
        return view(request, *args, **kwargs)

    return guarded


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except drafts.AlreadySentError:
        return go("done")
    except limits.TooManyError as error:
        return _wait(request, error.until)
    except DatabaseError:
        if request.method != "POST":
            raise
        logger.exception("a form could not be kept")
        return held(request, status=503, trouble="not_kept")


def _wait(request: HttpRequest, until: datetime) -> HttpResponse:
    response = held(request, status=429, trouble="too_many", until=until)
    response.headers["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response


def held(request: HttpRequest, *, status: int, trouble: str, **context: Any) -> HttpResponse:
    """Say that the form was not taken, and hold what was typed on the page, ready to be sent again."""
    typed = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    response = render(request, "booking/held.html", {"typed": typed, "trouble": trouble, **context}, status=status)
    add_never_cache_headers(response)  # Django refuses a stale token before the view, and so before its own promises
    response.headers["Referrer-Policy"] = "strict-origin"  # the address may be a private link
    return response
