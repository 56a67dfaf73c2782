"""What differs between two texts: nothing lost, nothing run, readable for eye and ear, and never endless."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.diff import word_diff
from education.library import LONGEST

HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>')
TEXTS = st.text(alphabet="ab <&\n", max_size=60)


def side(old: str, new: str, other: str) -> list[str]:
    """Return the words of one side of a diff: all but what is marked as the other's."""
    page = HIDDEN.sub("", str(word_diff(old, new).html))
    page = re.sub(r"<summary>.*?</summary>", "", page)
    page = re.sub(rf"<{other}>.*?</{other}>", "", page, flags=re.DOTALL)
    page = re.sub(r"</?(ins|del)>", "", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).split()


@given(old=TEXTS, new=TEXTS)
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    if old != new:
        assert side(old, new, "ins") == old.split()
        assert side(old, new, "del") == new.split()


def test_only_the_words_that_differ_are_marked() -> None:
    page = HIDDEN.sub("", str(word_diff("PIT may help the knee.", "PIT may not help your knee.").html))
    assert "PIT may <ins>not </ins>help <del>the</del><ins>your</ins> knee." in page


def test_marks_are_said_to_those_who_hear_the_page() -> None:
    page = str(word_diff("Rest the knee well.", "Move the knee well.").html)
    assert '<del><span class="visually-hidden">taken out: </span>Rest<span class="visually-hidden">– end. ' in page
    assert '<ins><span class="visually-hidden">added: </span>Move' in page


def test_nothing_in_a_text_becomes_html() -> None:
    page = str(word_diff("<script>a</script>\nsame", "<img onerror=x>\nsame").html)
    assert not re.search(r"<(script|img)", page)


def test_long_stretches_that_are_the_same_are_folded() -> None:
    same = "\n".join(f"Line {number}." for number in range(30))
    page = str(word_diff(f"{same}\nOld.\n{same}", f"{same}\nNew.\n{same}").html)
    assert re.findall(r"<summary>(.*?)</summary>", page) == ["28 lines are the same"] * 2
    assert "Line 29." in page.split("</details>")[1].split("<details>")[0]


def test_it_counts_the_words() -> None:
    assert word_diff("One two, three.", "One four, three five.").words == "2 words added, 1 word taken out."
    assert word_diff("Same.", "Same.").words == "The words are the same."


@pytest.mark.parametrize("size", ["words", "lines", "one word"])
def test_the_longest_texts_end_soon(size: str) -> None:
    def text(seed: int) -> str:
        pool = {"words": "ab ", "lines": "ab\n", "one word": "a"}[size]
        return "".join(pool[(number * number * seed // 7) % len(pool)] for number in range(LONGEST))

    began = time.process_time()
    word_diff(text(3), text(5) if size != "one word" else text(3)[:-1])
    assert time.process_time() - began < 5
