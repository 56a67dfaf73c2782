"""The search page, and suggestions while somebody types. What is typed may be about health: nobody keeps it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from education.search.answer import search, suggest
from education.search.question import LONGEST

PRIVATE = {
    "Cache-Control": "private, no-store",  # no cache, ours or a shared computer's, keeps what somebody asked
    "Referrer-Policy": "no-referrer",  # the next page, even one of ours, does not learn the words from the address
    "X-Robots-Tag": "noindex",
}


@require_safe
def page(request: HttpRequest, language: str = "") -> HttpResponse:
    """Show what was found, or the empty form with ways on."""
    language = language or translation.get_language() or "en"
    with translation.override(language):
        answer = search(request.GET.get("q", ""), language)
        shown = {"answer": answer, "language": language, "longest": LONGEST}
        response = render(request, "education/search.html", shown)
    return private(response, language)


@require_safe
def suggestions(request: HttpRequest, language: str = "") -> HttpResponse:
    """Return titles that go on from what is typed so far, and how many there are in words."""
    language = language or translation.get_language() or "en"
    with translation.override(language):
        found = suggest(request.GET.get("q", ""), language)
        count = len(found)
        status = ngettext("%(count)d suggestion", "%(count)d suggestions", count) % {"count": count}
    return private(JsonResponse({"suggestions": found, "status": status}), language)


def private(response: HttpResponse, language: str) -> HttpResponse:
    """Return an answer that no cache keeps and no other page learns of."""
    response["Content-Language"] = language
    for name, value in PRIVATE.items():
        response[name] = value
    return response
