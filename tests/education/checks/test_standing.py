"""What each sentence of a page stands on, and the two marks that name no source."""

import json
from pathlib import Path

import pytest

from education.checks.standing import BASES, standing, tally
from education.faults import ContentError
from education.library import PageText, look_at
from education.markdown import Context, press
from education.sources import read_sources
from tests.education.checks.conftest import BESIDE, fixture_context


def page(body: str) -> PageText:
    return look_at(f"{BESIDE.text}\n{body}\n", language="en", path="test", file="test.md")[0]


def bases(body: str) -> list[tuple[str, str]]:
    found = standing(page(body), fixture_context())
    return [(each.text, each.basis) for each in found if each.line > BESIDE.text.count("\n")]


def test_a_sentence_stands_on_a_source_on_the_clinic_on_common_knowledge_or_on_nothing() -> None:
    assert bases(
        "The trial was small [@zzyx-2020]. Pay after the visit [@clinic]. Skin has nerves [@common]. Ice hurts."
    ) == [
        ("The trial was small.", "sourced"),
        ("Pay after the visit.", "clinic"),
        ("Skin has nerves.", "common"),
        ("Ice hurts.", "nothing"),
    ]


def test_a_source_holds_for_its_row_and_for_the_list_that_it_leads_to() -> None:
    table = "Table: A\n\n| One | Two |\n|---|---|\n| A trial [@zzyx-2020] | It was small |\n| A view | It is old |"
    assert dict(bases(table)) == {
        "A trial": "sourced", "It was small": "sourced", "A view": "nothing", "It is old": "nothing",
    }  # fmt: skip
    assert dict(bases("Start with these [@zzyx-2020]:\n\n- Walk a bit.\n- Sleep well.\n\nRest.")) == {
        "Start with these:": "sourced", "Walk a bit.": "sourced", "Sleep well.": "sourced", "Rest.": "nothing",
    }  # fmt: skip


def test_a_source_that_is_not_there_carries_nothing() -> None:
    assert bases("The trial was small [@nobody-1999].") == [("The trial was small.", "nothing")]


@pytest.mark.parametrize("body", ["Will you call us?", "## A heading", "Nobody knows why.", "**C1** “It cures.”"])
def test_what_states_nothing_is_left_out(body: str) -> None:
    assert bases(body) == []


def test_the_clinics_facts_and_what_it_says_of_itself_are_its_own_word() -> None:
    assert [basis for _text, basis in bases("Call {emergency_number} now.\n\nA person reads what you send to us.")] == [
        "clinic",
        "clinic",
    ]


def test_the_tally_counts_every_basis() -> None:
    counts = tally(standing(page("Ice hurts. Skin has nerves [@common]."), fixture_context()))
    assert list(counts) == list(BASES)
    assert (counts["common"], counts["sourced"]) == (1, 0)


def test_the_marks_for_common_knowledge_and_clinic_facts_print_nothing() -> None:
    rendered, faults = press(page("Skin has nerves [@common]. Pay later [@clinic]."), context=Context())
    assert faults == []
    assert "<p>Skin has nerves. Pay later.</p>" in rendered.html
    assert rendered.sources == []


def test_a_mark_beside_a_source_prints_the_source_alone() -> None:
    rendered, faults = press(page("The trial was small [@clinic; @zzyx-2020]."), context=fixture_context())
    assert faults == []
    assert 'small<sup class="cite"><a href="#source-1"><span class="vh">source </span>1</a></sup>.' in rendered.html


@pytest.mark.parametrize("key", ["common", "clinic"])
def test_no_source_may_take_the_key_of_a_mark(key: str, tmp_path: Path) -> None:
    place = tmp_path / "sources.json"
    place.write_text(json.dumps([{"id": key, "title": "A source"}]), encoding="utf-8")
    with pytest.raises(ContentError, match="needs no source"):
        read_sources(place)
