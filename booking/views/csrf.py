"""A form whose safety token is missing or stale: keep what was typed and let the person press again."""

from django.http import HttpRequest, HttpResponse

from booking.views.page import held


def keeps_words(request: HttpRequest) -> bool:
    """Say whether this is one of our own forms, sent from one of our own pages."""
    match = request.resolver_match
    is_ours = match is not None and (match.app_name == "booking" or "review" in (match.url_name or ""))
    return is_ours and is_from_here(request)


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser tells that this form stood on a page of ours."""
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return from_here and origin in {None, f"{request.scheme}://{request.get_host()}"}


def stale_form(request: HttpRequest) -> HttpResponse:
    """Hold the answers on a page with a fresh token. A strange site's form never gets this far."""
    return held(request, status=403, trouble="stale")
