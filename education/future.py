"""The site as it will be after an import: every page rendered among all others, with every fault."""

from collections.abc import Mapping
from pathlib import Path

from education import languages
from education.faults import Fault
from education.glossary import GLOSSARY
from education.library import File, Files, PageText, Place, check_together, look_at
from education.markdown import Context, Rendered, check_links, press, read_context
from education.pictures import Pictures
from education.revisions import page_url

Pressed = dict[Place, tuple[Rendered, Context]]
"""Each page of the site to be, ready to print, and what it was rendered with."""


def press_all(
    texts: Mapping[Place, str], found: Files, folder: Path, pictures: Pictures
) -> tuple[Pressed, list[Fault]]:
    """Render every text of the site to be, and find every fault, links between pages included."""
    faults: list[Fault] = []
    pages: list[PageText] = []
    for (language, path), text in sorted(texts.items()):
        file = found.get((language, path), File())
        told = file.name if file.text == text else f"site {page_url(path)}"
        page, wrong = look_at(text, language=language, path=path, file=told)
        pages.append(page)
        faults += wrong
    faults += check_together(pages)
    pressed: Pressed = {}
    for language in sorted({page.language for page in pages}, key=languages.is_translation):  # the source comes first
        glossary = texts.get((language, GLOSSARY), "")
        context = read_context(glossary, folder=folder, pictures=pictures, language=language)
        faults += _press_language([page for page in pages if page.language == language], context, pressed)
    return pressed, sorted(set(faults))


def _press_language(pages: list[PageText], context: Context, pressed: Pressed) -> list[Fault]:
    faults, language = [], pages[0].language
    for page in pages:
        rendered, wrong = press(page, context=context)
        pressed[language, page.path] = rendered, context
        faults += wrong
    anchors = _anchors(pressed, languages.source()) | _anchors(pressed, language)
    for page in pages:
        rendered = pressed[language, page.path][0]
        faults += check_links(page, rendered.links, rendered.anchors, anchors)
    return faults


def _anchors(pressed: Pressed, language: str) -> dict[str, frozenset[str]]:
    """Return the places on each page of a language, by the address that authors write."""
    return {page_url(path): each[0].anchors for (spoken, path), each in pressed.items() if spoken == language}
