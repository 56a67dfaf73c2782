"""The sources that pages cite: CSL-JSON in, one honest line of HTML out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education import languages
from education.faults import ContentError, Fault
from education.files import NotTextError, read_text

KEY = re.compile(r"^[a-z0-9][a-z0-9-]*$")
COMMON, CLINIC = "common", "clinic"
RESERVED = frozenset({COMMON, CLINIC})
"""Keys that name no source and print nothing: a sentence is common knowledge, or a fact of the clinic."""
SENTENCE = re.compile(r"\S.*?[.](?= [A-Z]|$)|\S.+$")
KNOWN_NOTES: dict[str, str | Promise] = {
    "abstract.": gettext_lazy("abstract."),
    "abstract only.": gettext_lazy("abstract only."),
    "part of the abstract.": gettext_lazy("part of the abstract."),
    "tables.": gettext_lazy("tables."),
    "title page only.": gettext_lazy("title page only."),
    "the opening only.": gettext_lazy("the opening only."),
    "the stored text.": gettext_lazy("the stored text."),
    "the stored web page.": gettext_lazy("the stored web page."),
    "The title shown is our own description.": gettext_lazy("The title shown is our own description."),
    "The title is shortened here.": gettext_lazy("The title is shortened here."),
}
"""What is said of many sources; a note of another kind stays in the words in which it was written."""
OUR_NUMBERS = re.compile(r"^S\d+[a-z]?((,| and) S\d+[a-z]?)*\.\s*")


@dataclass(frozen=True)
class Source:
    """One source: its key and how a list of sources prints it."""

    key: str
    html: str


def read_sources(path: Path) -> dict[str, Source]:
    """Read a CSL-JSON file. Raises ContentError when it is not one."""
    try:
        entries = json.loads(read_text(path))
    except FileNotFoundError:
        return {}
    except NotTextError as error:
        raise ContentError([Fault(path.name, 1, f"{error}.")]) from None
    except (OSError, ValueError) as error:
        line = getattr(error, "lineno", 1)
        raise ContentError([Fault(path.name, line, f"this is not readable JSON: {error}.")]) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ContentError([Fault(path.name, 1, "this must be a list of sources.")])
    faults, found = [], {}
    for entry in entries:
        key = str(entry.get("id", ""))
        if not KEY.match(key) or not entry.get("title"):
            faults.append(
                Fault(path.name, 1, f"source {key!r} needs an id of small letters, digits, dashes, and a title.")
            )
        elif key in RESERVED:
            faults.append(Fault(path.name, 1, f"{key!r} is kept for what needs no source; give the source another id."))
        elif key in found:
            faults.append(Fault(path.name, 1, f"source {key!r} is listed twice."))
        else:
            found[key] = Source(key, str(describe(entry)))
    if faults:
        raise ContentError(faults)
    return found


def describe(entry: Mapping[str, Any]) -> SafeString:
    """Return a source as one line, in the language spoken now: who, when, what, where, a link, what we read of it."""
    year = _year(entry)
    who = format_html("{} ", _authors(entry)) if entry.get("author") else ""
    when = format_html("({}) ", year) if year else ""
    what = format_html("<cite{}>{}</cite>", _foreign(), str(entry["title"]).rstrip("."))
    parts = [format_html("{}{}{}.", who, when, what), _where(entry), _links(entry), _read(entry)]
    return mark_safe(" ".join(part for part in parts if part))  # noqa: S308 - each part is escaped above


def _authors(entry: Mapping[str, Any]) -> str:
    names = []
    for person in entry["author"]:
        names.append(person.get("literal") or " ".join(filter(None, (person.get("family"), person.get("given")))))
    return ", ".join(filter(None, names)).replace(", et al.", " " + _("and others"))


def _year(entry: Mapping[str, Any]) -> str:
    parts = entry.get("issued", {}).get("date-parts") or []
    # Translators: between two years, with the space on both sides
    return _(" and ").join(str(part[0]) for part in parts if part)


def _where(entry: Mapping[str, Any]) -> SafeString | str:
    container = entry.get("container-title") or entry.get("publisher") or ""
    volume, pages, number = (str(entry.get(name, "")) for name in ("volume", "page", "number"))
    place = ": ".join(filter(None, (volume, pages.replace("-", "–")))) or number
    text = " ".join(filter(None, (container, place)))
    return format_html("{}.", text) if text else ""


def _links(entry: Mapping[str, Any]) -> SafeString | str:
    links = []
    if entry.get("DOI"):
        links.append(format_html('<a href="https://doi.org/{}">doi:{}</a>', entry["DOI"], entry["DOI"]))
    if entry.get("PMID"):
        link = '<a href="https://pubmed.ncbi.nlm.nih.gov/{}/">PubMed {}</a>'
        links.append(format_html(link, entry["PMID"], entry["PMID"]))
    url = str(entry.get("URL", ""))
    if not links and url.startswith("https://"):
        links.append(format_html('<a href="{}">{}</a>', url, url.removeprefix("https://").strip("/")))
    return mark_safe(", ".join(links) + ".") if links else ""  # noqa: S308 - each link is escaped above


def _read(entry: Mapping[str, Any]) -> SafeString | str:
    note = OUR_NUMBERS.sub("", str(entry.get("note", "")))
    if not note:
        return ""
    said = [_sentence(sentence) for sentence in SENTENCE.findall(note.removeprefix("Read: "))]
    label = format_html("{} ", _("What we read:")) if note.startswith("Read: ") else ""
    return format_html('<span class="read">{}{}</span>', label, mark_safe(" ".join(said)))  # noqa: S308 - escaped


def _sentence(words: str) -> SafeString:
    """Return a sentence of a note in the language spoken now, or marked as being in the source language."""
    told = str(KNOWN_NOTES.get(words, words))
    return (
        format_html("<span{}>{}</span>", _foreign(), told) if told == words and _foreign() else format_html("{}", told)
    )


def _foreign() -> SafeString | str:
    """Return the mark of words that are not in the language of the page: titles and our notes are written once."""
    translated = languages.is_translation(languages.spoken())
    return format_html(' lang="{}"', languages.source()) if translated else ""
