"""The shipped pages stay whole and honest: all there, every claim with its verdict, every condition with its grade."""

import re

import pytest

from education.glossary import read_words
from tests.education.shipped import (
    CLAIM,
    GRADES,
    NEEDED,
    PAGES,
    TEMPLATE,
    VERDICTS,
    every_condition,
    every_page,
    words_of,
)


def test_the_pages_that_patients_need_are_all_there() -> None:
    assert NEEDED - PAGES.keys() == set()
    assert len(PAGES) >= 24


@every_page
def test_a_page_opens_with_at_most_45_words(path: str) -> None:
    assert 5 <= len(PAGES[path].front.lede.split()) <= 45


def test_every_claim_has_its_verdict() -> None:
    wanted = {claim: verdict for verdict, claims in VERDICTS.items() for claim in claims.split()}
    assert len(wanted) == 53, "C1 to C46 and P1 to P7"
    rows = CLAIM.findall(PAGES["evidence/claims-you-may-hear"].body)
    assert len(rows) == len({claim for claim, *_rest in rows}), "a claim stands there twice"
    assert {claim: verdict for claim, _said, verdict, _answer in rows} == wanted


def test_every_claim_is_quoted_and_answered() -> None:
    for claim, said, _verdict, answer in CLAIM.findall(PAGES["evidence/claims-you-may-hear"].body):
        assert re.fullmatch("“[^”]+”", said), claim
        assert len(answer.split()) >= 5, claim


def test_every_verdict_is_explained_before_the_first_claim() -> None:
    body = PAGES["evidence/claims-you-may-hear"].body
    before = body[: CLAIM.search(body).start()]  # type: ignore[union-attr]
    assert [verdict for verdict in VERDICTS if f"| {verdict} |" not in before] == []


def test_the_ten_conditions_and_no_other_have_a_grade() -> None:
    assert {page.path for page in PAGES.values() if page.front.kind == "condition"} == {
        f"conditions/{name}" for name in GRADES
    }


@every_condition
def test_a_condition_has_the_grade_that_the_evidence_allows(name: str) -> None:
    evidence = PAGES[f"conditions/{name}"].front.evidence
    assert (evidence["grade"], evidence["label"]) == GRADES[name][:2]


@every_condition
def test_the_glance_of_a_condition_names_its_grade(name: str) -> None:
    body = PAGES[f"conditions/{name}"].body
    words = GRADES[name][2].replace("No direct studies", "None")
    assert f"\nResearch on PIT\n: [{words}: " in body[: body.index("\n## ")]


@every_condition
def test_a_condition_page_keeps_the_order_that_puts_safety_and_usual_care_first(name: str) -> None:
    body = PAGES[f"conditions/{name}"].body
    marks = ("::: glance", "::: emergency", "::: urgent", *TEMPLATE)
    places = [f"\n{body}".find(f"\n{mark}") for mark in marks]
    assert dict(zip(marks, places, strict=True)) == dict(zip(marks, sorted(places), strict=True))
    assert -1 not in places
    assert body.startswith("::: glance")
    assert body.index("\n## ") > body.index("\n::: urgent")


@every_condition
def test_a_condition_page_says_off_label_and_keep_your_medicines(name: str) -> None:
    page = words_of(PAGES[f"conditions/{name}"]).lower()
    assert "off-label: not approved by the fda for this use" in " ".join(page.split())
    usual_care = page[page.index("what usually helps") : page.index("what pit is")]
    assert re.search(r"do not stop|medicine.{0,40}do not stop", usual_care)


@pytest.mark.parametrize("path", ["treatment/how-it-might-work", "treatment/risks", "treatment/your-visit"])
def test_where_people_decide_they_read_that_the_use_is_not_approved(path: str) -> None:
    page = words_of(PAGES[path])
    assert "off-label" in page
    assert "not approved by the FDA for this use" in page


def test_the_glossary_explains_56_words() -> None:
    assert len(read_words(PAGES["glossary"].body)) == 56


def test_25_questions_and_more_have_an_answer_and_a_place_to_link_to() -> None:
    parts = re.split(r"^##+ ", PAGES["questions"].body, flags=re.MULTILINE)
    asked = [part.partition("\n") for part in parts if "?" in part.partition("\n")[0]]
    assert len(asked) >= 25
    assert [question for question, _line, answer in asked if not re.search(r"\? \{#[a-z]+\}$", question)] == []
    assert [question for question, _line, answer in asked if len(answer.split()) < 5] == []


def test_the_comparison_names_all_four_choices_in_every_table_and_leaves_no_cell_empty() -> None:
    tables = re.findall(r"^Table: .*\n((?:\|.*\n)+)", PAGES["treatment/compare"].body, flags=re.MULTILINE)
    assert len(tables) >= 5
    for table in tables:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        assert {"Wait and see", "PIT"} <= {row[0] for row in rows}
        assert any(row[0].startswith("Usual care") for row in rows)
        assert [row for row in rows if "" in row or len(row) != len(rows[0])] == []


@every_page
def test_a_page_says_what_changed_last_and_when_somebody_looks_at_it_again(path: str) -> None:
    front = PAGES[path].front
    assert front.changes[0]["kind"] == "first"
    assert max(change["date"] for change in front.changes) == front.updated
    assert front.review is not None
    assert front.review > front.updated


@every_page
def test_a_page_says_of_pit_only_what_the_list_of_claims_says(path: str) -> None:
    known = {claim["id"] for claim in PAGES["evidence/claims"].front.claims}
    assert set(PAGES[path].front.uses) <= known
