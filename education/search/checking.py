"""Checks the words of patients against the pages of a folder: each must lead somewhere."""

from collections.abc import Mapping
from pathlib import Path

from education.faults import Fault
from education.files import read_text
from education.library import Place
from education.markdown import Context, Rendered
from education.search.lay import FILE, line_of, read_lay


def check_lay(folder: Path, pressed: Mapping[Place, tuple[Rendered, Context]]) -> list[Fault]:
    """Return every fault of every language's words, with places to which they lead and that are not there."""
    faults: list[Fault] = []
    for file in sorted(folder.glob(f"*/{FILE}")):
        language = file.parent.name
        lay, wrong = read_lay(folder, language)
        faults += wrong
        text = read_text(file) if lay.leads else ""
        for lead in lay.leads:
            path, _hash, anchor = lead.page.partition("#")
            page = pressed.get((language, path))
            if page is None and any(place[1] == path for place in pressed):
                continue  # the page waits for its translation
            if page is None or (anchor and anchor not in page[0].anchors):
                what = f"there is no page {path!r}" if page is None else f"{path!r} has no place {anchor!r}"
                message = f"{lead.term}: {what}; write a path, like treatment/risks or questions#cost."
                faults.append(Fault(f"{language}/{FILE}", line_of(text, lead.page), message))
    return faults
