"""Our counting of syllables and grades is held against textstat, and against words counted by hand."""

import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from education.checks.reading import Reading, read
from education.checks.scores import Scores, count, scores
from education.checks.syllables import syllables
from education.library import PageText
from education.markdown import Context, read_context
from tests.education.shipped import CONTENT, PAGES

BY_HAND = """
    pain 1, nerve 1, skin 1, sore 1, times 1, needles 2, clothes 1, helped 1, needed 2, settled 2, called 1, tried 1,
    doctor 2, medicine 3, surgery 3, injury 3, injection 3, dextrose 2, perineural 4, neuralgia 3, occipital 4,
    osteoarthritis 6, arthritis 3, migraine 2, anaesthetic 4, opioid 3, clinician 3, patient 2, patients 2, science 2,
    trial 2, usual 3, idea 3, area 3, people 2, someone 2, everything 3, safely 2, careful 2, movement 2, likely 2,
    technique 2, tissue 2, muscle 2, muscles 2, people’s 2, don’t 1, didn’t 2, you’re 1, being 2, saying 2, beyond 2,
    player 2, rhythm 2, spasm 2, museum 3, sodium 3, society 4, anxiety 4, association 5, physiotherapy 6, diary 3,
    headache 2, evening 2, safety 2, business 2, create 2, reaction 3, influence 3, value 2, vague 1, little 2, whole 1,
    exercise 3, exercises 4, breathe 1, the 1, long-term 2, follow-up 3, studies 2, sugar 2, water 2, 667 1, PIT 1,
    hundred 2, fluid 2, sources 2, changes 2, uses 2, doses 2, bruises 2, scale 1, centre 2, hypothesis 4, eyes 1
"""


@pytest.fixture(scope="module")
def textstat() -> ModuleType:
    """Return textstat, which still asks for its lists in an old way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    return textstat.textstat  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Return every shipped page as the checks read it."""
    context = read_context(PAGES["glossary"].text, folder=Path(CONTENT))
    return {path: read(page, context) for path, page in PAGES.items()}


@pytest.mark.parametrize("counted", [each.strip() for each in BY_HAND.split(",")])
def test_a_word_has_the_syllables_that_people_hear(counted: str) -> None:
    word, number = counted.split()
    assert syllables(word) == int(number)


def plain(reading: Reading) -> str:
    """Return what counts for readability in a form that textstat cuts as we do."""
    return " ".join(
        " ".join(word.replace(".", "").replace(",", "") for word in each.words) + "." for each in reading.prose
    )


def test_our_grades_are_near_those_of_textstat_and_never_kinder(
    readings: dict[str, Reading], textstat: ModuleType
) -> None:
    for path, reading in readings.items():
        raw, _adjusted = scores(reading)
        text = plain(reading)
        assert raw.words == textstat.lexicon_count(text), path
        assert raw.sentences == textstat.sentence_count(text), path
        assert -0.2 <= raw.grade - textstat.flesch_kincaid_grade(text) <= 1.6, path
        assert -0.2 <= raw.smog - textstat.smog_index(text) <= 1.6, path


def test_the_formulas_are_those_of_textstat(textstat: ModuleType) -> None:
    # Five words a sentence, 1.2 syllables a word: textstat rounds both before it goes on.
    text = "The doctor sat down there. The water ran too far. My sister ran with me. The table was too big."
    ours = count([sentence.split() for sentence in text.rstrip(".").split(". ")])
    assert ours.syllables == textstat.syllable_count(text)
    assert ours.grade == pytest.approx(textstat.flesch_kincaid_grade(text), abs=0.05)
    assert ours.ease == pytest.approx(textstat.flesch_reading_ease(text), abs=0.05)
    assert ours.smog == pytest.approx(textstat.smog_index(text), abs=0.05)


def test_each_heading_and_item_counts_as_a_sentence(written: Callable[..., PageText], known: Context) -> None:
    body = "## What it is for\n\nBring these three things:\n\n- a map of town\n- a pen that works\n"
    before, _adjusted = scores(read(written("## What it is for\n"), known))
    raw, _adjusted = scores(read(written(body), known))
    assert (raw.sentences - before.sentences, raw.words - before.words) == (3, 12)


def test_terms_that_a_page_cannot_do_without_are_taken_out_of_the_adjusted_scores(
    written: Callable[..., PageText], known: Context
) -> None:
    raw, adjusted = scores(read(written("## One\n\nA perineural injection of dextrose is weak.\n"), known))
    assert (raw.long_words - adjusted.long_words, raw.words - adjusted.words) == (2, 3)


def test_no_text_at_all_has_scores_too() -> None:
    assert (count([]).grade, count([]).smog, count([])) == (0.0, pytest.approx(3.1291), Scores())
