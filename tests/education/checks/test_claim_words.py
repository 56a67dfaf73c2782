"""Promises are found however they are put, and honest sentences with the same words are left alone."""

from pathlib import Path

import pytest

from education.checks import claim_words, claims
from education.checks.reading import read
from education.checks.vocabulary import vocabulary
from education.library import look_at
from education.markdown import Context
from tests.education.checks.conftest import BESIDE, TODAY

HERE = Path(__file__).parent
FRONT = BESIDE.text


def lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


FACTS = {"emergency_number": "911", "clinic": "The Best Clinic"}


def promises(words: str, language: str = "en", front: str = FRONT) -> list[str]:
    page = look_at(f"{front}\n{words}\n", language=language, path="test", file="test.md")[0]
    return [finding.detail for finding in claims.find(read(page, Context(facts=FACTS)), TODAY)]


@pytest.mark.parametrize("words", lines("claims_found.txt"))
def test_a_promise_is_found(words: str) -> None:
    assert promises(words) != []


@pytest.mark.parametrize("words", lines("claims_passed.txt"))
def test_an_honest_sentence_with_the_same_words_passes(words: str) -> None:
    assert promises(words) == []


@pytest.mark.parametrize("words", lines("claims_found.es.txt"))
def test_a_promise_is_found_in_spanish(words: str) -> None:
    assert promises(words, "es") != []


@pytest.mark.parametrize("words", lines("claims_passed.es.txt"))
def test_an_honest_sentence_with_the_same_words_passes_in_spanish(words: str) -> None:
    assert promises(words, "es") == []


def test_a_language_without_a_file_of_words_is_not_read() -> None:
    assert promises("PIT cures pain.", "eo") == []


def test_enough_is_tried_in_both_directions() -> None:
    assert len(lines("claims_found.txt")) >= 15
    assert len(lines("claims_passed.txt")) >= 15


LISTS = {"": claim_words.CLAIMS, ".es": vocabulary("es").claims}  # type: ignore[union-attr]
every_language = pytest.mark.parametrize("language", LISTS)


@every_language
def test_every_claim_of_the_list_is_tried(language: str) -> None:
    found = [text.lower() for text in lines(f"claims_found{language}.txt")]
    missed = [claim.name for claim in LISTS[language] if not any(claim.words.search(text) for text in found)]
    assert missed == []


@every_language
def test_letters_that_save_the_search_never_hide_a_claim(language: str) -> None:
    for text in map(str.lower, lines(f"claims_found{language}.txt") + lines(f"claims_passed{language}.txt")):
        for claim in LISTS[language]:
            assert not claim.words.search(text) or any(stem in text for stem in claim.stems), (claim.name, text)


def test_a_quoted_claim_passes_only_with_its_number() -> None:
    assert promises("**C26** “All of your pain will go.” No one can promise this.") == []
    assert promises("“All of your pain will go.” No one can promise this.") != []


def test_a_numbered_claim_excuses_only_what_it_quotes() -> None:
    assert promises("**C26** “All of your pain will go.” It is true: PIT cures pain.") != []


def test_a_heading_may_name_an_idea_that_the_first_words_below_it_call_an_idea() -> None:
    assert promises("## Sugar water calms a gate\n\n**An idea.** It might calm it.") == []
    assert promises("## Sugar water calms a gate\n\nIt does so fast.") != []


def test_a_question_may_name_a_promise_that_the_answer_denies() -> None:
    assert promises("## Is PIT proven?\n\nNo. The studies are small.") == []
    assert promises("## Is PIT proven?\n\nYes.") != []


UNSEEN = ["\u00ad", "&shy;", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u180e", "\ufe0f", "&#8203;"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_letters_that_nobody_sees_hide_no_promise(unseen: str) -> None:
    assert promises(f"PIT cu{unseen}res pain.") == ["cures"]
    assert promises(f"We guar{unseen}antee it.\n\n## PIT is mag{unseen}ic") != []


@pytest.mark.parametrize("words", ["It is drug\u2011free.", "All\u00a0pain will go.", "It \uff43ures."])
def test_letters_that_look_like_others_hide_no_promise(words: str) -> None:
    assert promises(words) != []


def test_a_number_that_is_filled_in_was_not_typed_and_one_beside_it_was() -> None:
    lede = FRONT.replace("lede: A page.", "lede: Call {emergency_number} now.")
    assert lede != FRONT
    assert promises("Call {emergency_number} now. {clinic} opens at 9.", front=lede) == []
    assert promises("Call {emergency_number} or 000 now.") != []
    assert promises("Words.", front=lede.replace("{emergency_number}", "911")) != []


def test_a_price_or_a_failure_from_a_study_stands_beside_its_source() -> None:
    assert promises("It cost $90 a visit [@zzyx-2020].") == []
    assert promises("Painkillers do not help [@zzyx-2020].") == []
    assert promises("You can stop your medicine [@zzyx-2020].") != []
