"""Every rule finds its planted fault and leaves the clean page alone."""

import pytest

from education.checks import RULES, errors
from tests.education.checks.conftest import FIXTURES, NAME, Fixture, fixtures

ALL = fixtures()
hits = pytest.mark.parametrize("fixture", [each for each in ALL if each.hit], ids=lambda each: each.file.stem)
cleans = pytest.mark.parametrize("fixture", [each for each in ALL if not each.hit], ids=lambda each: each.file.stem)


@hits
def test_a_planted_fault_is_found(fixture: Fixture) -> None:
    assert fixture.rule in {finding.rule for finding in fixture.findings()}


@hits
def test_a_planted_fault_sets_off_no_other_error(fixture: Fixture) -> None:
    assert [str(finding) for finding in errors(fixture.findings()) if finding.rule != fixture.rule] == []


@cleans
def test_a_page_that_keeps_the_rule_is_left_alone(fixture: Fixture) -> None:
    assert [str(finding) for finding in fixture.findings() if finding.rule == fixture.rule] == []


def test_every_rule_has_a_page_that_breaks_it_and_one_that_keeps_it() -> None:
    assert set(RULES) - {each.rule for each in ALL if each.hit} == set()
    assert set(RULES) - {each.rule for each in ALL if not each.hit} == set()


def test_every_fixture_belongs_to_a_rule() -> None:
    assert {file.name for file in FIXTURES.glob("*.md") if not NAME.match(file.name)} == set()
    assert {each.rule for each in ALL} - set(RULES) == set()
