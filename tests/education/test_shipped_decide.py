"""The decision aid keeps what IPDAS asks for, and pages end with questions about nothing but themselves."""

import re
from collections import Counter

import pytest

from education.checks.citations import CITATION
from education.library import PageText
from tests.education.shipped import PAGES, words_of

DECIDE = PAGES["treatment/decide"]
ASKING = sorted(
    path
    for path, page in PAGES.items()
    if page.front.kind == "condition" or (path.startswith("treatment/") and page.front.kind == "page")
)
BLOCK = re.compile(r"^::: teachback\n(.*?)^:::\n?", re.MULTILINE | re.DOTALL)
ROWS = ["What you do", "What may get better", "What may go wrong", "What it is like", "How sure we are"]
CHOICES = ["Wait and see", "Usual care", "Other injections", "PIT"]


def questions(page: PageText) -> list[list[str]]:
    """Return the lines of each question at a page's end: the question, then its answers."""
    blocks = BLOCK.findall(page.body)
    assert len(blocks) == 1, page.path
    return [part.split("\n: ") for part in blocks[0].strip().split("\n\n")]


@pytest.mark.parametrize("path", ASKING)
def test_a_page_ends_with_two_or_three_questions_of_which_one_answer_is_right(path: str) -> None:
    asked = questions(PAGES[path])
    assert 2 <= len(asked) <= 3
    for question, *answers in asked:
        assert question.endswith("?")
        assert len([answer for answer in answers if answer.startswith("**")]) == 1, question
    assert (
        BLOCK.sub("", PAGES[path].body).rstrip() + "\n\n" == PAGES[path].body[: PAGES[path].body.index("::: teachback")]
    )


@pytest.mark.parametrize("path", ASKING)
def test_the_questions_bring_no_source_that_the_page_has_not_used(path: str) -> None:
    body = PAGES[path].body
    (block,) = BLOCK.findall(body)
    used = CITATION.findall(body.replace(block, ""))
    assert {key for keys in CITATION.findall(block) for key in keys.split("; ")} <= {
        key for keys in used for key in keys.split("; ")
    }


@pytest.mark.parametrize("path", [path for path in ASKING if PAGES[path].front.kind == "condition"])
def test_a_condition_asks_what_comes_first_and_what_to_do_at_a_sign(path: str) -> None:
    first, sign = questions(PAGES[path])
    assert re.search(r"come[s]? first|try first|your migraine medicines", first[0])
    assert re.search(r"\*\*(?:Get medical help today|Call \{emergency_number\} now)\.\*\*", "".join(sign))


def test_the_right_answer_has_no_usual_place() -> None:
    places = Counter(
        next(at for at, answer in enumerate(answers) if answer.startswith("**"))
        for path in ASKING
        for _question, *answers in questions(PAGES[path])
    )
    assert len(places) == 3
    assert max(places.values()) <= 0.6 * places.total()


def tables() -> dict[str, list[list[str]]]:
    """Return the rows of each table of the decision aid, by its caption."""
    found = re.findall(r"^Table: (.+)\n((?:\|.*\n)+)", DECIDE.body, re.MULTILINE)
    return {
        caption: [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows.splitlines()[2:]]
        for caption, rows in found
    }


def test_the_decision_is_stated_in_its_own_words() -> None:
    assert DECIDE.front.lede.startswith(
        "Should I try perineural injection treatment (PIT) for my pain, stay with usual care"
    )
    assert "or wait?" in DECIDE.front.lede


def test_each_choice_has_the_same_five_rows_and_says_what_is_not_known() -> None:
    assert list(tables()) == CHOICES
    for caption, rows in tables().items():
        assert [row[0] for row in rows] == ROWS, caption
        assert all(len(row) == 2 and row[1].strip(" |") for row in rows), caption
        assert re.search(r"not known", " ".join(row[1] for row in rows)), caption


def test_no_choice_is_told_in_twice_as_many_words_as_another() -> None:
    words = {caption: sum(len(cell.split()) for row in rows for cell in row) for caption, rows in tables().items()}
    assert max(words.values()) < 2 * min(words.values()), words


def test_numbers_have_one_base_and_tell_both_sides() -> None:
    numbers = DECIDE.body[DECIDE.body.index("{#numbers}") : DECIDE.body.index("{#values}")]
    shares = [int(number) for number in re.findall(r"(\d+) out of 100\b", numbers)]
    assert shares == [46, 54, 36, 64]
    assert not re.search(r"out of (?!100\b)\d|\d ?%|1 in \d", numbers)


def test_the_exercise_names_no_winner_and_every_choice_has_its_say() -> None:
    exercise = DECIDE.body[DECIDE.body.index("::: choices") : DECIDE.body.index("{#questions}")]
    assert not re.search(r"\b(?:should choose|recommend|better choice|score|points?)\b", exercise)
    for words in (r"\b[Ww]aiting\b", r"\b[Uu]sual care\b", r"other injections?|another injection", r"\bPIT\b"):
        assert len(re.findall(words, exercise)) >= 2, words


@pytest.mark.parametrize(
    "said",
    ["25 November 2026", "when research changes", "listed sources", "How sure", "earns money", "outside money",
     "no patients have tried it out yet"],
)  # fmt: skip
def test_it_says_when_by_whom_from_what_how_sure_who_pays_and_when_it_is_renewed(said: str) -> None:
    made = DECIDE.body[DECIDE.body.index("{#made}") : DECIDE.body.index("## What you can do now")]
    assert said in made


def test_people_find_it_where_they_compare_and_before_they_choose() -> None:
    for path in ("treatment", "treatment/compare", "treatment/what-pit-is", "conditions"):
        assert "](/treatment/decide/" in PAGES[path].body, path
    for path, page in PAGES.items():
        if page.front.kind == "condition":
            assert "treatment/decide" in page.front.related, path
    assert DECIDE.front.order == PAGES["treatment/compare"].front.order + 1


def test_it_never_says_that_one_choice_suits_best() -> None:
    assert not re.search(
        r"\b(?:right choice|best|you should choose|we recommend|we advise)\b", words_of(DECIDE).lower()
    )
