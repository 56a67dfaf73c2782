"""What a browser keeps for a time without network: the pages that say `offline`, and a page that leads to them."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from education import edition, navigation
from education.languages import prefix, spoken
from education.navigation import Entry
from education.press import finished

WORKER = Path(settings.BASE_DIR, "static", "js", "offline-worker.js")
ASSETS = ("css/site.css", "fonts/atkinson-next-latin.woff2", "js/prefs.js", "js/site.js", "js/words.js")


def kept_pages() -> list[Entry]:
    """Return the pages that a browser keeps, of every language."""
    codes = [code for code, _name in settings.LANGUAGES]
    return [entry for code in codes for entry in navigation.site(code).entries if entry.front.get("offline")]


@finished
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker of the present edition. Another edition makes browsers fetch the pages again."""
    kept = [entry.url for entry in kept_pages()] + [static(name) for name in ASSETS]
    offline = {f"{prefix(code)}/": f"{prefix(code)}/offline/" for code, _name in settings.LANGUAGES}
    facts = {"NAME": f"kept-{edition.current()}", "OFFLINE": offline, "KEPT": [*kept, *offline.values()]}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in facts.items())
    return HttpResponse(head + WORKER.read_text(), content_type="text/javascript; charset=utf-8")


@finished
@require_safe
def without_network(request: HttpRequest) -> HttpResponse:
    """Say that there is no network now, and lead to the pages that the browser kept."""
    kept = [entry for entry in navigation.site(spoken()).entries if entry.front.get("offline")]
    return render(request, "education/offline.html", {"kept": kept})
