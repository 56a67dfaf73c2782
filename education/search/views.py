"""The search page, and suggestions while somebody types. What is typed may be about health: nobody keeps it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from education.languages import spoken
from education.search.answer import search, suggest
from education.search.question import LONGEST

PRIVATE = {
    "Cache-Control": "private, no-store",  # no cache, ours or a shared computer's, keeps what somebody asked
    "Referrer-Policy": "no-referrer",  # the next page, even one of ours, does not learn the words from the address
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found, or the empty form with ways on."""
    answer = search(request.GET.get("q", ""), spoken())
    asked = bool(request.GET)
    shown = {"answer": answer, "longest": LONGEST, "noindex": asked}
    return private(render(request, "education/search.html", shown), asked=asked)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return titles that go on from what is typed so far, and how many there are in words."""
    found = suggest(request.GET.get("q", ""), spoken())
    status = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    return private(JsonResponse({"suggestions": found, "status": status}), asked=True)


def private(response: HttpResponse, *, asked: bool) -> HttpResponse:
    """Return an answer that no cache keeps, no other page learns of and, if something was asked, nobody can look up."""
    if asked:
        response["X-Robots-Tag"] = "noindex"
    for name, value in PRIVATE.items():
        response[name] = value
    return response
