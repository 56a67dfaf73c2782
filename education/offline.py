"""What a browser keeps for a time without network: the pages that say `offline`, and a page that leads to them."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from education import edition, languages, navigation
from education.navigation import Entry
from education.press import finished

WORKER = Path(settings.BASE_DIR, "static", "js", "offline-worker.js")
ASSETS = ("css/site.css", "fonts/atkinson-next-latin.woff2", "js/prefs.js", "js/site.js", "js/words.js")


def kept_pages(language: str) -> list[Entry]:
    """Return the pages of a language that a browser keeps."""
    return [entry for entry in navigation.site(language).entries if entry.front.get("offline")]


@finished
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker of the present edition. Another edition makes browsers fetch the pages again."""
    spoken = [code for code, _name in settings.LANGUAGES if code == languages.source() or kept_pages(code)]
    kept = [entry.url for code in spoken for entry in kept_pages(code)] + [static(name) for name in ASSETS]
    without = [f"{languages.prefix(code)}/offline/" for code in reversed(spoken)]  # that of the source comes last
    facts = {"NAME": f"kept-{edition.current()}", "OFFLINE": without, "KEPT": [*kept, *without]}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in facts.items())
    return HttpResponse(head + WORKER.read_text(), content_type="text/javascript; charset=utf-8")


@finished
@require_safe
def without_network(request: HttpRequest) -> HttpResponse:
    """Say that there is no network now, and lead to the pages that the browser kept."""
    return render(request, "education/offline.html", {"kept": kept_pages(languages.spoken())})
