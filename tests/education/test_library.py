"""Front matter and folders: every fault is named by file and line."""

import time
from pathlib import Path

import pytest

from education import front_edit
from education.canonical import canonical
from education.exchange import check_folder
from education.library import look_at, read_files
from tests.education.conftest import EVIDENCE, Folder, write

GOOD = write("Knee pain", more=EVIDENCE)


def faults_of(text: str, path: str = "conditions/knee") -> list[str]:
    return [str(fault) for fault in look_at(text, language="en", path=path, file="en/knee.md")[1]]


def faults_in(folder: Folder) -> str:
    return "\n".join(map(str, check_folder(folder.root)))


def test_a_good_page_has_no_fault_and_every_key_has_its_type() -> None:
    page, faults = look_at(GOOD, language="en", path="conditions/knee", file="en/knee.md")
    assert faults == []
    assert (page.front.title, page.front.order, page.front.area) == ("Knee pain", 1, "knee")
    assert page.front.updated.isoformat() == "2026-11-22"
    assert page.body.startswith("## One")
    assert page.text.split("\n")[page.body_line - 1] == "## One"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Knee pain", "titel: Knee pain", 2, "no key called 'titel'"),
        ("title: Knee pain\n", "", 2, "title is missing"),
        ("title: Knee pain", "title: 2026", 2, "put it in quotes"),
        ("title: Knee pain", "title:", 2, "title must be text"),
        ("title: Knee pain", "title: Knee pain\ntitle: Again", 3, "a second time"),
        ("order: 1", "order: first", 3, "whole number"),
        ("order: 1\n", "", 2, "order is missing"),
        ("summary: What", f"summary: {'x' * 200}", 5, "at most 160"),
        ("lede: A few", f"lede: {'word ' * 50}", 6, "at most 45"),
        ("updated: 2026-11-22", "updated: 2026-13-45", 7, "must be a date"),
        ("updated: 2026-11-22", "updated: yesterday", 7, "must be a date"),
        ("kind: condition", "kind: conditon", 8, "kind must be one of"),
        ("area: knee", "area: kneecap", 9, "area must be one of"),
        ("area: knee\n", "", 2, "a page of kind condition needs area"),
        ("  grade: very low", "  grade: rather low", 11, "grade must be one of: none, very low, low, moderate, high"),
        ("  grade: very low\n", "", 11, "evidence: grade is missing"),
        ("  label: Small trials", "  lable: Small trials", 12, "no key called 'lable'"),
        ("kind: condition", "kind: page", 9, "area is only for pages of kind condition or hub"),
        ("title: Knee pain", "title: [unclosed", 3, "cannot be read"),
    ],
)
def test_each_fault_of_front_matter_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    faults = faults_of(GOOD.replace(old, new, 1))
    assert any(fault.startswith(f"en/knee.md:{line}: ") and words in fault for fault in faults), faults


@pytest.mark.parametrize("text", ["", "No front matter", "---\ntitle: x\n", "---\n---\n", "---\n- a\n---\n"])
def test_a_page_without_readable_front_matter_is_refused(text: str) -> None:
    assert faults_of(text)


def test_hostile_front_matter_is_a_fault_and_not_a_crash() -> None:
    assert faults_of(f"---\n{'[' * 20_000}\n---\n")
    assert faults_of(f"---\ntitle: {'x' * 300_000}\n---\n")
    assert faults_of("---\n" + "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('x: &a "' + "b" * 60_000 + '"', "the front matter has 6"),
        ('x: &a "' + "b" * 201 + '"\nwas: [' + "*a, " * 9_000 + "]", "* repeats short texts only"),
        ("x: &a [b, b]\ny: &b [*a, *a]", "* repeats short texts only"),
        ('short_title: "\\ud800"', "a character that cannot be shown"),
        ('short_title: "\\0"', "a character that cannot be shown"),
        ("n: " + "1:" * 5_000 + "1", "this number is too long"),
    ],
)
def test_front_matter_that_only_an_attack_needs_is_a_fault(more: str, words: str) -> None:
    _page, faults = look_at(write("Test", more=f"{more}\n"), language="en", path="test", file="en/test.md")
    assert words in faults[0].message
    assert front_edit.read(front_edit.parts(write("Test", more=f"{more}\n")).front) == {}


def test_a_short_text_may_be_repeated_by_its_name() -> None:
    text = write("Test", more="short_title: &a Sore knee\nask: *a\n")
    page, faults = look_at(text, language="en", path="test", file="en/test.md")
    assert (page.front.ask, faults) == ("Sore knee", [])


def test_a_flood_of_keys_or_lines_has_few_faults() -> None:
    for text in (write("Test", more="".join(f"k{n}: 1\n" for n in range(4_000))), write("Test", "- a\n" * 40_000)):
        page, faults = look_at(text, language="en", path="test", file="en/test.md")
        assert 0 < len(faults) <= 100
        assert page.text.count("\n") <= 6_000


def test_a_flood_of_marks_on_a_letter_is_read_at_once() -> None:
    few, flood = canonical("e" + "\u0301" * 3), "a" + "\u0301\u0327\u0344" * 60_000
    assert few == "é\u0301\u0301\n"
    started = time.process_time()
    kept = canonical(flood)
    assert time.process_time() - started < 1, "a tenth of it on a quiet machine"
    assert canonical(kept) == kept


def test_windows_line_ends_and_a_byte_order_mark_are_read_as_usual() -> None:
    assert faults_of("\ufeff" + GOOD.replace("\n", "\r\n")) == []


def test_the_path_follows_from_the_folder(folder: Folder) -> None:
    assert [path for _language, path in read_files(folder.root)[0]] == [
        "conditions/elbow", "conditions", "conditions/knee", "glossary", "",
    ]  # fmt: skip


def test_all_faults_of_all_files_come_at_once(folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow", order=1))
    folder.put("lost/page", write("Lost", more="related: [nowhere]\n"))
    folder.put("index", "no front matter")
    words = faults_in(folder)
    assert "en/conditions/knee.md:3: order 1 is already taken by en/conditions/elbow.md" in words
    assert "en/lost/page.md:1: the folder has no index.md" in words
    assert "en/lost/page.md:8: related: there is no page 'nowhere'" in words
    assert "en/index.md:1: the page must begin with front matter" in words


@pytest.mark.parametrize("name", ["en/Big.md", "en/two--dashes.md", "English/page.md", "en/a_b.md"])
def test_odd_file_names_are_refused(folder: Folder, name: str) -> None:
    place = folder.root / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(GOOD)
    assert "small letters" in faults_in(folder)


def test_a_file_that_is_no_text_is_named(folder: Folder) -> None:
    folder.path("bytes").write_bytes(b"\xff\xfe\x00")
    assert "en/bytes.md:1: the file is not UTF-8; save it again" in faults_in(folder)


def test_two_files_for_one_address_are_a_fault(folder: Folder) -> None:
    folder.put("conditions", write("Twice", order=5))
    assert "is already the page at /conditions/" in faults_in(folder)


def test_every_page_of_the_site_is_without_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # with the real drawings
    assert [str(fault) for fault in check_folder(Path(__file__).parents[2] / "content")] == []
