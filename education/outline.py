"""What a translator begins with: a page's text in which each heading and each explained word carries its id.

The ids stay when the words are translated, so that links to places on the page hold in every language.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from education import languages
from education.faults import ContentError, Fault
from education.glossary import OWN_ID
from education.library import PageText, look_at, mark_of, read_files
from education.markdown.context import Context
from education.markdown.headings import name_terms, number_headings
from education.markdown.parser import parser
from education.markdown.texts import fill_facts
from education.markdown.work import Work, line_of

OWN_TO_A_TEXT = re.compile(r"^(?:was|answers):.*\n(?:(?:[ ]|- ).*\n)*", re.MULTILINE)
"""What belongs to the words of one language only: old addresses, and why a warning about them is right to stay."""


def outline(folder: Path, path: str) -> str:
    """Return the text of a file as a translator begins with it. Raises ContentError when there is no such page."""
    path = "" if path.strip("/") == "index" else path.strip("/").removesuffix("/index")
    file = read_files(folder)[0].get((languages.source(), path))
    if file is None:
        raise ContentError([Fault(path or "index", 1, f"there is no such page in {languages.source()}/.")])
    page, _faults = look_at(file.text, language=languages.source(), path=path, file=file.name)
    lines = page.body.split("\n")
    for line, name in named_places(page):
        if not OWN_ID.search(lines[line]):
            lines[line] = f"{lines[line].rstrip()} {{#{name}}}"
    head = OWN_TO_A_TEXT.sub("", page.text.removesuffix(page.body)).removesuffix("---\n")
    return f"{head}translated_from: {mark_of(file.text)}\n---\n" + "\n".join(lines)


def named_places(page: PageText) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, of each heading and each explained word, with its id."""
    work = Work(page, Context())
    tokens = parser().parse(page.body, {"work": work})
    fill_facts(tokens, work)
    number_headings(tokens, work)
    if page.front.kind == "glossary":
        name_terms(tokens, work)
    for token in tokens:
        if token.type in {"heading_open", "dt_open"} and "id" in token.attrs:
            yield line_of(token), str(token.attrs["id"])
