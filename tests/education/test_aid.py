"""Blocks in which readers mark something: their structure, their faults, and that nothing of theirs can be sent."""

import re
from collections.abc import Callable

import pytest

from education.checks.reading import read
from education.checks.standing import SOURCED, stand
from education.library import PageText
from education.markdown import Context, press
from education.models import Revision
from education.sentences import sections
from tests.education.conftest import render

Written = Callable[..., PageText]
BODY_LINE = 9
CHOICES = "## One\n\n::: choices\nI want no needles\n: Waiting *fits* [@zzyx-2020].\n\nI want it now\n: Care.\n:::\n"
QUESTIONS = "\n## Ask\n\n::: questions\n- What is the *cause*?\n- What if I wait?\n:::\n"
SUMMARY = "\n## Mine\n\n::: summary\nIt says back what you marked.\n:::\n"
TEACHBACK = (
    "\n::: teachback\nWhat comes first?\n: A strap\n: **Rest, for a *while*.** It helps [@zzyx-2020].\n\n"
    "Is it hot?\n: **Get help.** Today.\n: Wait\n:::\n"
)


@pytest.fixture
def html(written: Written, known: Context) -> Callable[[str], str]:
    return lambda body: render(written(body), known).html


@pytest.fixture
def faults(written: Written, known: Context) -> Callable[[str], list[str]]:
    return lambda body: [str(fault) for fault in press(written(body), context=known)[1]]


def test_each_thing_that_may_matter_has_a_scale_and_what_fits_it(html: Callable[[str], str]) -> None:
    out = html(CHOICES)
    assert out.count('<div class="note weigh"><fieldset><legend>') == out.count("</fieldset></div>") == 2
    assert "<legend>I want no needles</legend>" in out
    assert re.findall(r'name="matters-1" id="matters-1-(\w+)" value="(\w+)"', out) == [
        ("lot", "lot"), ("little", "little"), ("not", "not"),
    ]  # fmt: skip
    assert '<p>Waiting <em>fits</em><sup class="cite">' in out


def test_questions_have_boxes_and_their_words_are_the_labels(html: Callable[[str], str]) -> None:
    out = html(QUESTIONS)
    box = '<div class="pick check"><input type="checkbox" id="ask-1" value="ask"><label for="ask-1">'
    assert f"<li>\n{box}What is the <em>cause</em>?</label></div></li>" in out
    assert '<ul class="asks" role="list">' in out


def test_a_summary_waits_hidden_for_its_script_and_says_so_without_one(written: Written, known: Context) -> None:
    rendered = render(written(CHOICES + SUMMARY), known)
    assert "<p>It says back what you marked.</p>" in rendered.html
    assert '<div class="acts" hidden data-aid="acts">' in rendered.html
    assert '<p data-aid="paper">To keep what you marked, print this page.' in rendered.html
    assert rendered.front["mirrors"]
    assert not render(written(CHOICES), known).front["mirrors"]


def test_teachback_asks_and_then_says_the_right_answer_and_why(html: Callable[[str], str]) -> None:
    out = html(TEACHBACK)
    assert (
        '<section class="note flow teach" aria-labelledby="took-away"><h2 id="took-away">Check what you took away</h2>'
        in out
    )
    assert out.count("<fieldset>") == 2
    assert '<label for="took-away-1-1">A strap</label>' in out
    assert '<div role="status"><p><strong>Get help.</strong> Today.</p></div>' in out
    assert "<strong>Rest, for a <em>while</em>." in out
    assert '</strong> It helps<sup class="cite">' in out


def test_teachback_stands_in_the_list_of_contents(written: Written, known: Context) -> None:
    contents = render(written(f"## One\n\nWords.\n{TEACHBACK}"), known).contents
    assert contents[-1] == {"id": "took-away", "text": "Check what you took away", "level": 2}


def test_no_control_is_in_a_form_and_none_but_radios_has_a_name(html: Callable[[str], str]) -> None:
    out = html(CHOICES + QUESTIONS + SUMMARY + TEACHBACK)
    assert "<form" not in out
    assert 'type="submit"' not in out
    assert out.count("<button") == out.count('<button type="button"') == 3
    assert all('type="radio"' in box for box in re.findall(r"<input[^>]*name=[^>]*>", out))


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("::: choices\nA\n: a\n\nB\n: b\n:::\n", 1, "needs a heading"),
        ("## H\n\n::: choices\nWords.\n:::\n", 3, "holds a list only"),
        ("## H\n\n::: choices\nA\n: a\n:::\n", 3, "has 1 lines to weigh; it should have 2 to 12"),
        ("## H\n\n::: choices\nA\n: a\n: more\n\nB\n: b\n:::\n", 4, "has one line below it"),
        ("## H\n\n::: choices\nA\n: a\n\n  - x\n\nB\n: b\n:::\n", 7, "one short paragraph"),
        ("## H\n\n::: choices\nA\n: a\n\nB\n: b\n:::\n\n::: choices\nA\n: a\n\nB\n: b\n:::\n", 11, "already on"),
        ("## H\n\n::: questions\nWhy?\n:::\n", 3, "a list only"),
        ("## H\n\n::: questions\n- Why?\n\n  Or not?\n:::\n", 4, "one short sentence"),
        ("## H\n\n::: summary\nWords.\n:::\n", 3, "needs the block choices or questions above it"),
        ("::: teachback\nA?\n: **b.** c.\n: d\n:::\n", 1, "has 1 questions; it should have 2 to 3"),
        ("::: teachback\nA?\n: **b.** c.\n\nB?\n: **b.** c.\n: d\n:::\n", 2, "has 1 answers; it should have 2 to 3"),
        ("::: teachback\nA?\n: b\n: d\n\nB?\n: **b.** c.\n: d\n:::\n", 2, "is the right one"),
        ("::: teachback\nA?\n: **b**\n: d\n\nB?\n: **b.** c.\n: d\n:::\n", 2, "is the right one"),
        ("::: teachback\nA?\n: **b.** c.\n: **d.** e.\n\nB?\n: **b.** c.\n: d\n:::\n", 2, "is the right one"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(
    faults: Callable[[str], list[str]], body: str, line: int, words: str
) -> None:
    found = faults(body)
    assert any(fault.startswith(f"en/test.md:{BODY_LINE + line - 1}: ") and words in fault for fault in found), found


@pytest.mark.parametrize("name", ["choices", "questions", "summary", "teachback"])
def test_none_of_them_may_stand_in_a_block_that_folds(faults: Callable[[str], list[str]], name: str) -> None:
    body = f"## H\n\n::: benefit\n::: {name}\n- x\n:::\n:::\n"
    assert any(f"the block {name} must not stand inside the block benefit" in fault for fault in faults(body))


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", '"><input name=a>', "\ue000control:2\ue001", "</label><form action=/x>"]
)
def test_words_of_an_author_stay_words(written: Written, known: Context, hostile: str) -> None:
    body = f"## H\n\n::: choices\n{hostile}\n: {hostile}\n\nB\n: b\n:::\n\n::: questions\n- {hostile}\n:::\n"
    body += f"\n::: teachback\n{hostile}\n: **{hostile}.** {hostile}\n: {hostile}\n\nB?\n: **b.** c.\n: d\n:::\n"
    out = press(written(body), context=known)[0].html
    assert "<script" not in out
    assert "<form" not in out
    assert len(re.findall(r"<input ", out)) == 2 * 3 + 1 + 2 * 2


def test_a_reviewer_reads_questions_and_answers_but_not_the_steps_of_a_scale(html: Callable[[str], str]) -> None:
    said = [words for part in sections(Revision(html=html(CHOICES + TEACHBACK))) for _number, words in part.sentences]
    assert "I want no needles" in said
    assert "A strap" in said
    assert "Rest, for a while." in said
    assert "A lot" not in said


def test_the_checks_read_the_answers_and_hold_only_the_right_one_for_a_statement(
    written: Written, known: Context
) -> None:
    reading = read(written(f"## One\n\nWords.\n{TEACHBACK}"), known)
    assert [each.text for each in reading.sentences if each.kind == "answer"][:2] == ["A strap", "Rest, for a while."]
    stated = {each.text: each.basis for each in stand(reading)}
    assert stated["It helps."] == SOURCED
    assert "A strap" not in stated
