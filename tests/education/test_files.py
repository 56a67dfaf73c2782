"""Every file that people write is read as their systems save it, or named with what to do."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from education.faults import ContentError, Fault
from education.images.folder import check_pictures
from education.library import read_files
from education.search.lay import read_lay
from education.sources import read_sources
from tests.education.conftest import SOURCES, write


def sources(folder: Path) -> list[Fault]:
    try:
        read_sources(folder / "sources.json")
    except ContentError as error:
        return error.faults
    return []


READERS: dict[str, tuple[str, str, Callable[[Path], list[Fault]]]] = {
    "page": ("en/zoe.md", write("Zoë’s page"), lambda folder: read_files(folder)[1]),
    "sources": ("sources.json", json.dumps([SOURCES[0] | {"title": "Zoë’s"}], ensure_ascii=False), sources),
    "search": ("en/search.toml", 'ignore = ["zoë’s"]\n', lambda folder: read_lay(folder, "en")[1]),
    "pictures": ("pictures.json", "{} \n", check_pictures),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_as_any_system_saves_it_is_read_or_named(tmp_path: Path, kind: str, encoding: str) -> None:
    name, text, read = READERS[kind]
    place = tmp_path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    faults = [str(fault) for fault in read(tmp_path)]
    is_text = encoding.startswith("utf-8") or (encoding == "cp1252" and text.isascii())
    assert faults == (
        [] if is_text else [f"{name}:1: the file is not UTF-8; save it again and choose UTF-8 as its encoding."]
    )


def test_no_reader_of_a_file_has_a_way_of_its_own() -> None:
    own = re.compile(r"\.read_text\(|read_bytes\(\)\.decode")
    allowed = {
        "education/files.py", "education/offline.py", "education/export.py",  # ours, and what is only compared
        "clinic_site/environment.py", "clinic_site/start.py", "clinic_site/catalogues.py", "clinic_site/staticfiles.py",
    }  # fmt: skip
    code = [
        file for app in ("clinic_site", "booking", "education") for file in Path(settings.BASE_DIR, app).rglob("*.py")
    ]
    names = {file.relative_to(settings.BASE_DIR).as_posix() for file in code if own.search(file.read_text())}
    assert names <= allowed
