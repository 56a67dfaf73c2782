"""Pictures in the folder of files: `pictures/<name>.jpg`, and what is said of them in `pictures.json`. No database."""

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from education.faults import Fault
from education.files import NotTextError, read_text
from education.images.pixels import BOX, BROKEN, Made
from education.library import NAME
from education.pictures import FOLDER, Shown

LIST = "pictures.json"
WORDS = ("alt", "decorative", "credit", "consent")
CONSENTS = ("", "nobody", "written")
LONGEST = {"alt": 250, "credit": 200, "consent": 10, "digest": 64}
OWN_NOTES = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"}
"""What a picture made by us carries besides pixels: how it was written, nothing else."""


@dataclass(frozen=True)
class Entry:
    """A picture of the folder: its file, and what the list says of it."""

    made: Made
    words: dict[str, Any]


def read_pictures(folder: Path) -> tuple[dict[str, Entry], list[Fault]]:
    """Return the pictures of a folder by name, with the faults of the list and of the files."""
    listed, faults = _list(folder / LIST)
    found: dict[str, Entry] = {}
    digests: dict[str, str] = {}
    for name, told in sorted(listed.items()):
        entry, wrong = _entry(folder, name, told)
        if entry is not None and entry.made.digest in digests:
            wrong = f"{name} is the same picture as {digests[entry.made.digest]}; keep one of both."
        if wrong or entry is None:
            faults.append(Fault(LIST, 1, wrong))
            continue
        digests[entry.made.digest] = name
        found[name] = entry
    for place in sorted((folder / FOLDER).glob("*")):
        if place.suffix != ".jpg" or place.stem not in listed:
            told_where = f"it is not in {LIST}; upload pictures in the staff pages, then export."
            faults.append(Fault(f"{FOLDER}/{place.name}", 1, told_where))
    return found, faults


def check_pictures(folder: Path) -> list[Fault]:
    """Return what is wrong with the pictures of a folder."""
    return read_pictures(folder)[1]


def folder_pictures(folder: Path) -> dict[str, Shown]:
    """Return the pictures of a folder as pages show them."""
    return {name: shown_of(name, entry) for name, entry in read_pictures(folder)[0].items()}


def shown_of(name: str, entry: Entry) -> Shown:
    """Return a picture of the folder as pages show it."""
    made = entry.made
    return Shown(name, made.digest, made.width, made.height, tuple(made.widths), **entry.words)


def _list(place: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        listed = json.loads(read_text(place)) if place.is_file() else {}
    except NotTextError as error:
        return {}, [Fault(LIST, 1, f"{error}.")]
    except (OSError, ValueError) as error:
        return {}, [Fault(LIST, getattr(error, "lineno", 1), "the list cannot be read as JSON.")]
    if not isinstance(listed, dict):
        return {}, [Fault(LIST, 1, "the list must be names in braces, each with what is said of the picture.")]
    return listed, []


def _entry(folder: Path, name: str, told: Any) -> tuple[Entry | None, str]:
    """Return one picture of the list, or what is wrong with it."""
    if not NAME.match(name) or len(name) > 60:
        return None, f"{name[:60]!r} is not a name: small letters, digits and single dashes."
    words = _words(told)
    if words is None:
        return None, f"{name} needs alt, decorative, credit, consent ({', '.join(CONSENTS[1:])} or empty) and digest."
    made = _made(folder / FOLDER / f"{name}.jpg")
    if made is None or made.digest != told["digest"]:
        return None, f"{FOLDER}/{name}.jpg is not the file that was exported; upload it in the staff pages instead."
    return Entry(made, words), ""


def _words(told: Any) -> dict[str, Any] | None:
    if not isinstance(told, dict) or set(told) != {*WORDS, "digest"} or not isinstance(told["decorative"], bool):
        return None
    words = {key: told[key] for key in WORDS}
    short = all(isinstance(told[key], str) and len(told[key]) <= longest for key, longest in LONGEST.items())
    right = short and words["consent"] in CONSENTS and not (words["decorative"] and words["alt"])
    return words if right else None


def _made(place: Path) -> Made | None:
    """Return a file that this site made, kept byte for byte; None for any other."""
    try:
        data = place.read_bytes()
        with Image.open(BytesIO(data), formats=["JPEG"]) as image:
            fits = image.width <= BOX[0] and image.height <= BOX[1]
            if fits:
                image.load()
            plain = image.mode == "RGB" and set(image.info) <= OWN_NOTES and data.endswith(b"\xff\xd9")
            return Made(data, image.width, image.height) if plain and fits else None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *BROKEN):
        return None


def digest_of(words: dict[str, Any], picture: str) -> str:
    """Name what is said of a picture together with its pixels."""
    said = json.dumps([picture, *(words[key] for key in WORDS)])
    return hashlib.sha256(said.encode()).hexdigest()
