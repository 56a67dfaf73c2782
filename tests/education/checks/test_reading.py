"""A page is read as patients read it: in sections and sentences, each with its line, its sources and its links."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from education.checks import Finding, check, errors, open_findings
from education.checks.finding import RULES, rule
from education.checks.reading import Reading, read
from education.library import LONGEST, PageText, look_at
from education.markdown import Context
from tests.education.checks.conftest import TODAY, fixture_context, fixtures
from tests.education.conftest import write

Written = Callable[..., PageText]


@pytest.fixture
def reading(written: Written, known: Context) -> Callable[[str], Reading]:
    """Return a function that reads a body for the checks."""
    return lambda body: read(written(body), known)


Read = Callable[[str], Reading]


def test_a_sentence_knows_its_line_in_the_whole_text(reading: Read) -> None:
    page = reading("## One\n\nFirst words. Then\nmore words. And an\nend.\n")
    body = page.page.body_line
    said = [(sentence.text, sentence.line - body) for sentence in page.body]
    assert said == [("One", 0), ("First words.", 2), ("Then more words.", 2), ("And an end.", 3)]
    assert page.page.text.split("\n")[page.body[3].line - 1] == "more words. And an"


def test_a_source_belongs_to_the_sentence_that_it_stands_in_or_right_behind(reading: Read) -> None:
    page = reading("One helps [@zzyx-2020]. Two helps. [@other-2021] Three is not known. [@zzyx-2020]\n")
    assert [(sentence.text, sentence.citations) for sentence in page.body] == [
        ("One helps.", ("zzyx-2020",)),
        ("Two helps.", ("other-2021",)),
        ("Three is not known.", ("zzyx-2020",)),
    ]


def test_short_forms_and_numbers_end_no_sentence(reading: Read) -> None:
    page = reading("Dr. Nobody saw 2.5 people, e.g. Two of them. “Is it so?” It is.\n")
    assert [each.text for each in page.body] == [
        "Dr. Nobody saw 2.5 people, e.g. Two of them.",
        "“Is it so?”",
        "It is.",
    ]


def test_facts_are_filled_in_and_named(reading: Read) -> None:
    sentence = reading("You are here. Call {emergency_number} now.\n").body[1]
    assert (sentence.text, sentence.facts) == ("Call your emergency number now.", ("emergency_number",))


def test_a_sentence_has_its_own_links(reading: Read) -> None:
    first, second = reading("See [the *one*](/one/). [Two](#two) is there.\n").body
    assert [(link.href, link.text) for link in first.links] == [("/one/", "the one")]
    assert [(link.href, link.text) for link in second.links] == [("#two", "Two")]


def test_each_piece_has_its_kind_its_block_and_its_section(reading: Read) -> None:
    page = reading(
        "::: glance\nWhat helps\n: Rest\n:::\n\n## One\n\n- item\n\n::: note Mind this\nWords.\n:::\n\nAfter it.\n\n"
        "Table: What is what\n| Head |\n|---|\n| Cell |\n\n::: figure needle\nA needle.\n:::\n"
    )
    assert [(each.kind, each.block, each.section.id, each.text) for each in page.body] == [
        ("term", "glance", "glance", "What helps"),
        ("definition", "glance", "glance", "Rest"),
        ("heading", "", "one", "One"),
        ("li", "", "one", "item"),
        ("heading", "note", "note", "Mind this"),
        ("p", "note", "note", "Words."),
        ("p", "", "one", "After it."),
        ("caption", "", "one", "What is what"),
        ("cell", "", "one", "Head"),
        ("cell", "", "one", "Cell"),
        ("caption", "figure", "one", "A needle."),
    ]
    table = page.tables[0]
    assert (table.caption, table.head, table.rows) == ("What is what", ["Head"], [["Cell"]])


def test_a_step_of_a_visit_has_a_heading_and_text(reading: Read) -> None:
    page = reading("::: timeline\n1. **You ask**\n\n   We answer.\n:::\n")
    assert [(each.kind, each.text) for each in page.body] == [("heading", "You ask"), ("p", "We answer.")]


def test_the_front_matter_is_read_too_at_its_lines(written: Written, known: Context) -> None:
    page = read(written("Words.\n", more="closing:\n  title: At last\n  text: All is said.\nkind: home\n"
                        "sections:\n  causes: {title: A, text: B}\n  conditions: {title: C, text: D}\n"
                        "  visit: {title: E}\n"), known)  # fmt: skip
    lines = page.page.text.split("\n")
    said = {each.text: each for each in page.sentences if each.kind == "front"}
    assert lines[said["All is said."].line - 1] == "  text: All is said."
    assert said["One plain message."].key == "message"


def warned(written: Written, known: Context, reason: str, words: str) -> list[Finding]:
    answers = f"answers:\n  - rule: plain-word\n    words: {words}\n    reason: {reason}\n" if reason else ""
    found = check(written("It takes approximately an hour.\n", more=answers), known, today=TODAY)
    return [finding for finding in found if finding.rule == "plain-word"]


def test_a_warning_that_the_author_answered_is_no_longer_open(written: Written, known: Context) -> None:
    assert open_findings(warned(written, known, "", "")) != []
    answered = warned(written, known, "It is a quote.", "It takes approximately")
    assert [finding.answered for finding in answered] == ["It is a quote."]
    assert open_findings(answered) == []


def test_an_answer_is_for_its_own_words_only(written: Written, known: Context) -> None:
    assert open_findings(warned(written, known, "It is a quote.", "Some other words")) != []


def test_no_answer_settles_an_error(written: Written, known: Context) -> None:
    more = "answers:\n  - rule: link-words\n    words: here\n    reason: I like it.\n"
    found = check(written("Read it [here](/one/).\n", more=more), known, today=TODAY)
    assert {finding.rule for finding in errors(open_findings(found))} >= {"link-words"}


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    one, moved = (
        Finding(3, "plain-word", "It takes  approximately an hour."),
        Finding(9, "plain-word", "it takes approximately an hour"),
    )
    assert one.fingerprint == moved.fingerprint
    assert one.fingerprint != Finding(3, "acronym", one.sentence).fingerprint


def test_two_rules_never_share_a_name() -> None:
    with pytest.raises(ValueError, match="two rules"):
        rule("plain-word", "error", title="", why="", mend="", source="")


def test_every_rule_says_why_and_how_to_mend_it_and_where_it_comes_from() -> None:
    for each in RULES.values():
        assert each.level in {"error", "warning"}
        assert each.why.endswith((".", "!")), each.slug
        assert each.mend.endswith("."), each.slug
        assert each.title
        assert each.source


def test_a_page_is_checked_while_people_type() -> None:
    page = next(each for each in fixtures() if each.file.name == "long-page.hit.md").page()
    check(page, fixture_context(), today=TODAY)
    assert min(seconds(page, fixture_context()) for _again in range(5)) < 0.15, "about 30 ms on a quiet machine"


def seconds(page: PageText, context: Context) -> float:
    started = time.process_time()
    check(page, context, today=TODAY)
    return time.process_time() - started


UNITS = (
    "A b. ", "“", "a-", "is a by ", "[a](/b/) ", "5% of ", "{clinic}", "10 out of ", "up to ", "**a** ", "1.", "not ",
)  # fmt: skip
PARAGRAPH = 1_990
"""Longer ones are cut before they are read."""


@pytest.mark.parametrize("unit", UNITS)
def test_no_paragraph_keeps_the_checks_busy(unit: str, known: Context) -> None:
    text = "\n\n".join([unit * (PARAGRAPH // len(unit))] * 10)
    page, _faults = look_at(write("Test", text), language="en", path="treatment/risks", file="test.md")
    assert seconds(page, known) < 2.5, "none takes a second on a quiet machine"


@pytest.mark.parametrize("lines", ["- a\n", "a?\n\n", "## A\n", "| a |\n", "::: note A\nb\n:::\n"])
def test_no_number_of_lines_keeps_the_checks_busy(lines: str, known: Context) -> None:
    head = "| a |\n|---|\n" if lines.startswith("|") else ""
    page, _faults = look_at(
        write("Test", head + lines * (LONGEST // len(lines)))[:LONGEST], language="en", path="test", file="test.md"
    )
    assert seconds(page, known) < 2.5, "none takes a second on a quiet machine"


@pytest.mark.parametrize("unit", ["5% of ", "a. B "])
def test_no_value_of_the_front_matter_keeps_the_checks_busy(unit: str, known: Context) -> None:
    text = write("Test").replace("A few words to begin with.", unit * (150_000 // len(unit)))
    page, _faults = look_at(text, language="en", path="test", file="test.md")
    assert seconds(page, known) < 2.5, "none takes a second on a quiet machine"


MARKS = st.text(alphabet=st.sampled_from("abAB1 .?!,:;-#*_[](){}@|>`\\\n“”’%{}\ue000é✩\x00"), max_size=200)


@settings(max_examples=25, deadline=None)
@given(body=MARKS, key=st.sampled_from(["answers", "claims", "changes", "uses", "evidence", "review"]), value=MARKS)
def test_no_text_makes_the_checks_fail(body: str, key: str, value: str) -> None:
    text = write("Test", body, more=f"kind: condition\n{key}: {value}\n")
    page, _faults = look_at(text, language="en", path="conditions/x", file="test.md")
    found = check(page, fixture_context(), today=TODAY)
    assert all(str(finding) and finding.fingerprint for finding in found)
