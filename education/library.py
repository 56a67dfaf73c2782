"""Reads the folder of Markdown files: each is a page at its own path, and every fault is named by file and line."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from education import languages
from education.canonical import canonical
from education.faults import Fault
from education.files import NotTextError, read_text
from education.front import Front, read_front

Place = tuple[str, str]
"""Where a page stands: its language and its path."""

LONGEST = 200_000
MOST_LINES = 6_000
"""So many lines, each a block of its own, are read in a second; the longest page of ours has 300."""
MOST_FAULTS = 100
LONGEST_PATH = 200
FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$")
"""A language's code (BCP 47) in small letters: es, hmn, es-419."""
MARK = re.compile(r"^[0-9a-f]{12}$")
NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class File(NamedTuple):
    """A file of the content folder: its name in the folder, and its text in canonical form."""

    name: str = ""
    text: str = ""


Files = dict[Place, File]


@dataclass(frozen=True)
class PageText:
    """A page as written: its whole text, and its front matter and body read from it."""

    language: str
    path: str
    text: str
    front: Front
    body: str
    body_line: int = 1
    file: str = ""
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The page's address without its language."""
        return f"/{self.path}/" if self.path else "/"

    def fault(self, key: str, message: str) -> Fault:
        """Return a fault at the line of one key of the front matter."""
        return Fault(self.file, self.lines.get(key, 1), message)


def look_at(text: str, *, language: str, path: str, file: str) -> tuple[PageText, list[Fault]]:
    """Read a page as far as it can be read. Returns it with its faults; never raises."""
    faults: list[Fault] = []
    if len(text) > LONGEST:
        faults.append(Fault(file, 1, f"the page has {len(text)} characters; at most {LONGEST}."))
        text = text[:LONGEST]
    text = canonical(text)
    if text.count("\n") > MOST_LINES:
        faults.append(Fault(file, 1, f"the page has more than {MOST_LINES} lines."))
        text = "\n".join([*text.split("\n")[:MOST_LINES], ""])
    head, body, body_line = _split(text)
    if head is None:
        faults.append(Fault(file, 1, "the page must begin with front matter: a line ---, the keys, and a line ---."))
        return PageText(language, path, text, Front(), body, body_line, file), faults

    def note(line: int, message: str) -> None:
        if len(faults) < MOST_FAULTS:
            faults.append(Fault(file, line + 2, message))

    front, lines = read_front(head, note)
    lines = {key: line + 2 for key, line in lines.items()}
    page = PageText(language, path, text, front, body, body_line, file, lines)
    return page, faults + _stands_on(page)


def _stands_on(page: PageText) -> list[Fault]:
    """Return what is wrong with the mark by which a translation names the text that it stands on."""
    named = page.front.translated_from
    if not languages.is_translation(page.language):
        return [page.fault("translated_from", "translated_from is only for translations.")] if named else []
    if MARK.match(named):
        return []
    wanted = "translated_from is missing: the mark of the text that was translated; `content outline` writes it."
    return [page.fault("translated_from", wanted)]


def mark_of(text: str) -> str:
    """Return the mark of a text: the first digits of its digest, by which a translation names what it stands on."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()[:12]


def _split(text: str) -> tuple[str | None, str, int]:
    """Return front matter, body and the line on which the body begins; no front matter when it has no closing line."""
    opening = FENCE.match(text)
    closing = FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None, text, 1
    start = min(closing.end() + 1, len(text))
    return text[opening.end() + 1 : closing.start()], text[start:], text.count("\n", 0, start) + 1


def read_files(folder: Path) -> tuple[Files, list[Fault]]:
    """Return the files of a content folder, with the faults of names and bytes."""
    found: Files = {}
    faults: list[Fault] = []
    for place in sorted(folder.glob("*/**/*.md")):
        name = place.relative_to(folder).as_posix()
        language, *parts = name.removesuffix(".md").split("/")
        if not LANGUAGE.match(language):
            faults.append(Fault(name, 1, f"{language!r} is no code of a language in small letters, like es or es-419."))
            continue
        if not all(NAME.match(part) for part in parts):
            faults.append(Fault(name, 1, "folders and files are named in small letters, digits and single dashes."))
            continue
        try:
            text = canonical(read_text(place))
        except NotTextError as error:
            faults.append(Fault(name, 1, f"{error}."))
            continue
        except OSError as error:
            faults.append(Fault(name, 1, f"the file cannot be read ({error.strerror})."))
            continue
        path = "/".join(parts[:-1] if parts[-1] == "index" else parts)
        if (language, path) in found:
            faults.append(Fault(name, 1, f"{found[language, path].name} is already the page at /{path}/."))
        found.setdefault((language, path), File(name, text))
    return found, faults


def check_together(pages: Iterable[PageText]) -> list[Fault]:
    """Return what is wrong between pages: two in one place, missing hubs, related pages that are not there."""
    known = {(page.language, page.path): page for page in pages}
    checks: tuple[Callable[[PageText, dict[Place, PageText]], Iterable[Fault]], ...] = (_parent, _related, _was)
    faults = [fault for page in known.values() for check in checks for fault in check(page, known)]
    places: dict[tuple[str, str, int], PageText] = {}
    for page in known.values():
        if not page.path or "order" not in page.lines:
            continue
        first = places.setdefault((page.language, page.path.rpartition("/")[0], page.front.order), page)
        if first is not page:
            faults.append(page.fault("order", f"order {page.front.order} is already taken by {first.file}."))
    return faults + _was_twice(known)


def _parent(page: PageText, known: dict[Place, PageText]) -> Iterable[Fault]:
    above = page.path.rpartition("/")[0]
    if above and not _is_there(page, above, known):
        yield Fault(page.file, 1, f"the folder has no index.md, so /{above}/ above this page would be missing.")


def _related(page: PageText, known: dict[Place, PageText]) -> Iterable[Fault]:
    for path in page.front.related:
        if not _is_there(page, path, known):
            yield page.fault("related", f"related: there is no page {path!r}; write its path, like treatment/risks.")


def _is_there(page: PageText, path: str, known: dict[Place, PageText]) -> bool:
    """Say whether a page stands at a path, in the page's own language or, for a translation, not translated yet."""
    return (page.language, path) in known or (languages.source(), path) in known


def _was(page: PageText, known: dict[Place, PageText]) -> Iterable[Fault]:
    for path in old_paths(page.front):
        if len(path) > LONGEST_PATH:
            yield page.fault("was", f"was: a path has {len(path)} characters; at most {LONGEST_PATH}.")
        if (page.language, path) in known:
            url = f"/{path}/" if path else "/"
            yield page.fault("was", f"was: {url} is still a page; name only paths that this page had before.")


def _was_twice(known: dict[Place, PageText]) -> list[Fault]:
    first: dict[Place, PageText] = {}
    named = [((page.language, path), page) for page in known.values() for path in old_paths(page.front)]
    return [
        page.fault("was", f"was: {first[place].file} names /{place[1]}/ as its own old path, too.")
        for place, page in named
        if first.setdefault(place, page) is not page
    ]


def old_paths(front: Front) -> list[str]:
    """Return the paths that a page says it had before, written with or without slashes."""
    return list(dict.fromkeys(path.strip("/ ") for path in front.was))
