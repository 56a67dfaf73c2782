"""The file of people's words is checked with the pages: each fault by file and line, and the rest goes on working."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings

from education.exchange import check_folder
from education.search.lay import read_lay
from tests.education.conftest import Folder

LEAD = '[[leads]]\nterm = "knee pain"\npage = "conditions/knee"\nwords = ["wear and tear"]\n'


def faults(folder: Folder, text: str) -> list[str]:
    """Return what the check says of a file of words."""
    (folder.root / "en/search.toml").write_text(text)
    return [str(fault) for fault in check_folder(folder.root)]


def test_a_right_file_and_no_file_have_no_fault(folder: Folder) -> None:
    assert check_folder(folder.root) == []
    assert (
        faults(folder, f'stemmer = "english"\nignore = ["a the"]\nurgent = ["911"]\n[meant]\nkne = "knee"\n{LEAD}')
        == []
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("leads = [\n", "en/search.toml:"),
        ("\nsynonyms = []\n", "en/search.toml:2: synonyms is not known here"),
        ("ignore = 'the'\n", "en/search.toml:1: ignore has the wrong form."),
        ("# x\nurgent = ['911', '?!']\n", "en/search.toml:2: urgent holds words only; '?!' is none."),
        ("[meant]\nkne = 3\n", "meant holds words only"),
        ('\nstemmer = "klingon"\n', "en/search.toml:2: there is no stemmer for 'klingon'"),
        (LEAD.replace("words", "wards"), "en/search.toml:1: each of the leads has exactly: term, page, words."),
        (LEAD.replace('["wear and tear"]', "[]"), "en/search.toml:2: term and page are texts"),
        (LEAD.replace("knee\"", "toe\""), "en/search.toml:3: knee pain: there is no page 'conditions/toe'"),
        (LEAD.replace("knee\"", "knee#gone\""), "en/search.toml:3: knee pain: 'conditions/knee' has no place 'gone'"),
        (LEAD + LEAD.replace("conditions/knee", "conditions/elbow"), "leads to conditions/knee already."),
    ],
)  # fmt: skip
def test_each_fault_is_named_by_file_and_line(folder: Folder, text: str, says: str) -> None:
    assert [fault for fault in faults(folder, text) if says in fault]


def test_one_wrong_entry_leaves_the_others_standing(folder: Folder) -> None:
    (folder.root / "en/search.toml").write_text(f"nonsense = 1\n{LEAD}{LEAD.replace('words', 'wards')}")
    lay, wrong = read_lay(folder.root, "en")
    assert [lead.term for lead in lay.leads] == ["knee pain"]
    assert len(wrong) == 2


def test_a_file_that_is_no_text_is_a_fault_and_no_failure(folder: Folder, tmp_path: Path) -> None:
    (folder.root / "en/search.toml").write_bytes(b"\xff\xfe")
    assert any("is not UTF-8" in str(fault) for fault in check_folder(folder.root))


def test_a_page_that_waits_for_its_translation_is_no_fault(folder: Folder) -> None:
    (folder.root / "es").mkdir()
    (folder.root / "es/search.toml").write_text(f'stemmer = "spanish"\n{LEAD}')
    assert check_folder(folder.root) == []
    (folder.root / "es/search.toml").write_text(LEAD.replace('knee"', 'toe"'))
    assert [fault.file for fault in check_folder(folder.root)] == ["es/search.toml"]


def test_the_guide_shows_a_file_as_it_is_written(folder: Folder) -> None:
    guide = (settings.BASE_DIR / "docs/authors.md").read_text("utf-8")
    part = guide.partition("## Words that people search for")[2].partition("\n## ")[0]
    (folder.root / "en/search.toml").write_text(dedent("".join(re.findall(r"^(?:    .*)?\n", part, re.MULTILINE))))
    lay, wrong = read_lay(folder.root, "en")
    assert wrong == []
    assert lay.by_phrase[lay.phrase("disc, slipped!")].page == "conditions/low-back-pain"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_words_have_no_fault(language: str) -> None:
    lay, wrong = read_lay(settings.BASE_DIR / "content", language)
    assert wrong == []
    assert lay.urgent
    assert len(lay.leads) == len({lead.page for lead in lay.leads}) >= 20
