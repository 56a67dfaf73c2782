"""What an import will do, worked out before its transaction: read, rendered, checked, the files of pictures written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from education.bringing import Proof, proofs_of
from education.compare import Difference, compare
from education.faults import ContentError, Fault
from education.future import Pressed, press_all
from education.gates import unfit
from education.images import (
    Standing,
    check_pictures,
    folder_pictures,
    future_pictures,
    standings,
    write_pictures,
)
from education.library import Files, Place, read_files
from education.models import Agreement, Page, Picture, Revision
from education.search.checking import check_lay


class Outdated(Exception):  # noqa: N818
    """Somebody wrote on the site since the import was worked out."""


@dataclass(frozen=True)
class Plan:
    """An import that is ready to be written down."""

    folder: Path
    take: str
    site: tuple[Any, ...]
    """What was on the site when this was worked out."""
    pictures: list[Standing]
    differences: list[Difference]
    pressed: Pressed
    faults: list[Fault]
    """What is not right with words that stay, and so stops nothing."""
    proofs: Mapping[Place, Proof]

    def check_again(self) -> None:
        """Lock the pages. Raises Outdated if the site is not what it was."""
        if site_now(lock=True) != self.site:
            raise Outdated


def work_out(found: Files, folder: Path, *, take: str, at: datetime) -> Plan:
    """Do all the long work of an import. Raises ContentError with what stops it."""
    site, pictures = site_now(), standings(folder)
    shown = future_pictures(pictures, take=take)
    differences = compare(found, folder, take=take, pictures=shown)
    texts = {difference.key: text for difference in differences if (text := difference.future) is not None}
    pressed, faults = press_all(texts, found, folder, shown)
    if blocking := _of_the_files(faults, texts, found, folder):
        raise ContentError(blocking)
    brought = [(each, pressed[each.key][1]) for each in differences if each.brings]
    if wrong := [fault for each, context in brought for fault in unfit(each, context, at, found)]:
        raise ContentError(wrong)
    write_pictures(pictures, take)
    return Plan(folder, take, site, pictures, differences, pressed, sorted(set(faults)), proofs_of(differences))


def site_now(*, lock: bool = False) -> tuple[Any, ...]:
    """Return all on the site that decides what an import does; equal answers mean that nobody wrote between them."""
    pages = Page.objects.order_by("pk").values_list("pk", "language", "path", "published", "exchanged", "withdrawn_at")
    states = Revision.objects.order_by("pk").values_list("pk", "state", "rendered_with")
    words = Picture.objects.order_by("pk").values_list("pk", "name", "digest", "alt", "decorative", "credit", "consent")
    agreed = Agreement.objects.order_by("pk").values_list("pk", "revision")
    asked = (pages.select_for_update() if lock else pages, states, words, agreed)
    return tuple(list(rows) for rows in asked)


def check_folder(folder: Path) -> list[Fault]:
    """Return every fault of every file; needs no database."""
    found, faults = read_files(folder)
    texts = {place: file.text for place, file in found.items()}
    pressed, wrong = press_all(texts, found, folder, folder_pictures(folder))
    return faults + check_pictures(folder) + wrong + check_lay(folder, pressed)


def _of_the_files(faults: list[Fault], texts: Mapping[Place, str], found: Files, folder: Path) -> list[Fault]:
    """Return the faults that authors of files can mend. What staff changed or withdrew must not stop an import."""
    mine = {file.name for place, file in found.items() if texts.get(place) == file.text}
    faults = [fault for fault in faults if fault.file in mine]
    return sorted(set(faults) & set(check_folder(folder))) if faults else []
