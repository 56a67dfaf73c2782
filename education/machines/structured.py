"""What a page is, said to search engines in words of schema.org. Only what is true: no reviewer until one signed."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from education.machines.questions import answered
from education.models import Page, Revision, SignOff
from education.navigation import Entry

AS_LETTERS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""No words of a page can end the script element that they stand in."""
ABOUT_US = "about"
"""The pages there, such as on privacy, are about the clinic and this site."""


def graph(page: Page, revision: Revision, signed: SignOff | None, html: str, breadcrumb: Iterable[Entry]) -> SafeString:
    """Return everything that is to be said of a page, as JSON-LD for a script element that nothing runs."""
    url = settings.SITE_URL + page.get_absolute_url()
    parts: list[dict[str, Any]] = [_web_page(page, revision, url, signed), *_condition(revision, url)]
    parts += [*_way(breadcrumb, revision, url), *_questions(html, url), *_clinic(revision)]
    text = json.dumps({"@context": "https://schema.org", "@graph": parts}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(AS_LETTERS))  # noqa: S308 - no letter is left that HTML could read


def _web_page(page: Page, revision: Revision, url: str, signed: SignOff | None) -> dict[str, Any]:
    front = revision.front
    about = {"about": {"@id": f"{url}#condition"}} if front.get("kind") == "condition" else {}
    return {
        "@type": _type(page.path, front.get("kind", "page")),
        "@id": url,
        "url": url,
        "name": front["title"],
        "description": front["summary"],
        "inLanguage": page.language,
        "dateModified": front["updated"],
        "audience": {"@type": "Patient"},
        "publisher": {"@type": "Organization", "name": settings.CLINIC.name, "url": f"{settings.SITE_URL}/"},
        **about,
        **(_review(signed) if signed else {}),
    }


def _type(path: str, kind: str) -> str:
    """Return what kind of page it is: medical only where it says something medical."""
    if kind == "contact":
        return "ContactPage"
    return "WebPage" if kind == "reading" or path.partition("/")[0] == ABOUT_US else "MedicalWebPage"


def _review(signed: SignOff) -> dict[str, Any]:
    """Return who answers for exactly these words, and since when."""
    who = {"@type": "Person", "name": signed.name, "jobTitle": signed.role}
    link = {"url": signed.register_url} if signed.register_url else {}
    return {"lastReviewed": timezone.localdate(signed.signed_at).isoformat(), "reviewedBy": who | link}


def _condition(revision: Revision, url: str) -> Iterable[dict[str, Any]]:
    if revision.front.get("kind") == "condition":
        yield {"@type": "MedicalCondition", "@id": f"{url}#condition", "name": revision.front["title"], "url": url}


def _way(breadcrumb: Iterable[Entry], revision: Revision, url: str) -> Iterable[dict[str, Any]]:
    places = [(entry.label, settings.SITE_URL + entry.url) for entry in breadcrumb]
    if places:
        places.append((str(revision.front.get("label") or revision.front["title"]), url))
        steps = [
            {"@type": "ListItem", "position": number, "name": name, "item": item}
            for number, (name, item) in enumerate(places, 1)
        ]
        yield {"@type": "BreadcrumbList", "itemListElement": steps}


def _questions(html: str, url: str) -> Iterable[dict[str, Any]]:
    """Yield the questions that the page's own headings ask, each with the words below it."""
    asked = [
        {
            "@type": "Question",
            "name": each.question,
            "url": f"{url}#{each.anchor}",
            "acceptedAnswer": {"@type": "Answer", "text": each.answer},
        }
        for each in answered(html)
    ]
    if asked:
        yield {"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": asked}


def _clinic(revision: Revision) -> Iterable[dict[str, Any]]:
    """Yield the clinic on the pages about it, with only what it told us; nothing while nobody can reach it."""
    clinic = settings.CLINIC
    told = {"telephone": clinic.telephone, "email": clinic.email, "address": ", ".join(clinic.address)}
    given = {key: value for key, value in told.items() if value}
    if revision.front.get("kind") in {"home", "contact"} and given:
        yield {"@type": "MedicalClinic", "name": clinic.name, "url": f"{settings.SITE_URL}/", **given}
