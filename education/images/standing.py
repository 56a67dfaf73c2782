"""How each picture stands between files and site, by comparing both with what they last agreed on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from education.agreement import is_own
from education.faults import ContentError
from education.images.folder import LIST, WORDS, Entry, digest_of, read_pictures, shown_of
from education.images.gallery import shown
from education.models import Picture
from education.pictures import Shown

TAKES_FILE = {"new", "file"}
SENTENCES = {
    "new": "pictures/{name}.jpg: new",
    "file": "pictures/{name}.jpg: changed in the files",
    "site": "pictures/{name}.jpg: changed on the site",
    "site only": "pictures/{name}.jpg: is on the site only",
    "gone": "pictures/{name}.jpg: its file is gone; the picture stays on the site",
    "conflict": "pictures/{name}.jpg: was changed in the files and on the site; nothing was overwritten",
    "twice": "pictures/{name}.jpg: the site has this picture by another name; keep one of both",
}


class Standing(NamedTuple):
    """One picture: its name, how it stands, its row and its files."""

    name: str
    state: str
    row: Picture | None
    entry: Entry | None


@dataclass
class Pictured:
    """What a comparison or an exchange of pictures found and did."""

    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    diffs: list[str] = field(default_factory=list)
    """What files and site say in each conflict, in the same order."""
    changed: int = 0
    written: int = 0


def standings(folder: Path) -> list[Standing]:
    """Return how each picture stands. Raises ContentError if the files have a fault."""
    entries, faults = read_pictures(folder)
    if faults:
        raise ContentError(faults)
    rows = {row.name: row for row in Picture.objects.all()}
    names = {row.digest: row.name for row in rows.values()}
    listed = (folder / LIST).is_file()
    found = []
    for name in sorted(rows.keys() | entries.keys()):
        row, entry = rows.get(name), entries.get(name)
        twice = entry is not None and names.get(entry.made.digest, name) != name
        state = "twice" if twice else _state(row, entry, agreed(row, folder) if listed else "")
        found.append(Standing(name, state, row, entry))
    return found


def _state(row: Picture | None, entry: Entry | None, last: str) -> str:
    if row is None or entry is None:
        return "new" if row is None else "gone" if last else "site only"
    file, site = said_in(entry), said_on(row)
    return "same" if file == site else {site: "file", file: "site"}.get(last, "conflict")


def future_pictures(found: Iterable[Standing], *, take: str = "") -> dict[str, Shown]:
    """Return the pictures as the site will have them after an import."""
    future = {}
    for name, state, row, entry in found:
        if entry and (state in TAKES_FILE or (state == "conflict" and take == "files")):
            future[name] = shown_of(name, entry)
        elif row:
            future[name] = shown(row)
    return future


def need_work(found: Iterable[Standing], take: str) -> bool:
    """Say whether an import has to do anything about pictures."""
    return any(each.state in TAKES_FILE or (each.state == "conflict" and take) for each in found)


def told(found: Iterable[Standing], *, take: str = "") -> Pictured:
    """Return what to tell about pictures. What one side says and loses, when a conflict is settled, is told in full."""
    report = Pictured()
    for name, state, row, entry in found:
        if state == "same":
            continue
        sentence, both = SENTENCES[state].format(name=name), _both(row, entry)
        if state == "conflict" and take:
            sentence = f"pictures/{name}.jpg: what the {take} said was taken\n{both}"
        elif state in {"conflict", "twice"}:
            report.conflicts.append(sentence)
            report.diffs.append(both)
        report.lines.append(sentence)
    return report


def _both(row: Picture | None, entry: Entry | None) -> str:
    files, site = entry.words if entry else {}, words_of(row) if row else {}
    lines = [f"  {key}: files {files.get(key)!r}, site {site.get(key)!r}" for key in WORDS]
    return "\n".join(line for line, key in zip(lines, WORDS, strict=True) if files.get(key) != site.get(key))


def words_of(row: Picture) -> dict[str, Any]:
    """Return what the site says of a picture."""
    return {key: getattr(row, key) for key in WORDS}


def said_on(row: Picture) -> str:
    """Return the digest of a picture and its words, as the site has them."""
    return digest_of(words_of(row), row.digest)


def said_in(entry: Entry) -> str:
    """Return the same of the files."""
    return digest_of(entry.words, entry.made.digest)


def _key(folder: Path) -> str:
    return "" if is_own(folder) else str(folder.resolve())


def agreed(row: Picture | None, folder: Path) -> str:
    """Return what both last said; a folder that is new to us counts as a copy of the site's own."""
    return str(row.agreed.get(_key(folder), row.agreed.get("", ""))) if row else ""


def agree(row: Picture, folder: Path, said: str) -> None:
    """Note what both say now, or what the site has seen of the files."""
    if row.agreed.get(_key(folder)) != said:
        row.agreed[_key(folder)] = said
        row.save(update_fields=["agreed"])
