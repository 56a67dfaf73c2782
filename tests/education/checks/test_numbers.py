"""Numbers of people are told from scales, strengths, years and times; long hostile pages are read all the same."""

import time

import pytest

from education.checks import balance, claims, figures, numbers, odds, results, selling, testimonials, treats
from education.checks.figures import shares
from education.checks.reading import read
from education.library import look_at
from education.markdown import Context
from tests.education.checks.conftest import BESIDE, TODAY


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("46 out of 100 had less pain", [((46,), 100)]),
        ("73, 79 and 86 in 100 had a useful gain", [((73, 79, 86), 100)]),
        ("nine of ten people felt better", [((9,), 10)]),
        ("12 of the 20 patients were worse", [((12,), 20)]),
        ("61% of people felt faint", [((61,), 100)]),
        ("harm came to 1 out of 10,000 people", [((1,), 10000)]),
        ("pain fell from 6.3 to 4.4 out of 10", []),
        ("the liquid is 5% dextrose", []),
        ("the study had 33 people", []),
        ("there were 20 studies in 2024", []),
        ("come 2 in 3 weeks", []),
        ("one of two spots did better", []),
        ("each is 0.2 to 1 ml", []),
    ],
)
def test_counts_of_people_are_told_from_other_numbers(words: str, told: list[tuple[tuple[int, ...], int]]) -> None:
    assert [(share.parts, share.whole) for share in shares(words)] == told


def test_how_rare_a_harm_is_counts_as_a_bound() -> None:
    assert [share.bound for share in shares("fewer than 1 out of 10,000 people")] == [True]


@pytest.mark.parametrize(
    "seed",
    ["no ", "1, 2 and 3 to ", "“i felt my ", "46 out of 100 in 20 of\n\n", "opioid users not work\n\n", "- all pain\n"],
)
def test_a_long_hostile_page_is_read_in_good_time(seed: str) -> None:
    page = look_at(BESIDE.text + seed * (190_000 // len(seed)), language="en", path="evidence", file="test.md")[0]
    reading = read(page, Context())
    figures.units.cache_clear()
    begun = time.process_time()
    for check in (balance, claims, numbers, odds, results, selling, testimonials, treats):
        list(check.find(reading, TODAY))
    assert time.process_time() - begun < 1
