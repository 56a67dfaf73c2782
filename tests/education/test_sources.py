"""Sources and words: what a list prints."""

import json
from pathlib import Path

import pytest

from education.faults import ContentError
from education.glossary import read_words, slug, word_id
from education.markdown import Context
from education.sources import read_sources


def test_a_source_names_who_when_what_where_and_what_we_read(known: Context) -> None:
    assert known.sources["zzyx-2020"].html == (
        "Zzyx T and others (2020) <cite>A trial of zzyx</cite>. J Zzyx 3: 1–9. "
        '<a href="https://doi.org/10.1000/zzyx">doi:10.1000/zzyx</a>, '
        '<a href="https://pubmed.ncbi.nlm.nih.gov/1/">PubMed 1</a>. '
        '<span class="read">What we read: abstract only.</span>'
    )


def test_marks_in_a_source_are_words(known: Context) -> None:
    assert "<b>" not in known.sources["other-2021"].html


@pytest.mark.parametrize(
    "entries", [{}, [1], [{"id": "Bad Key", "title": "x"}], [{"id": "a"}], [{"id": "a", "title": "x"}] * 2]
)
def test_sources_that_cannot_be_used_are_refused(tmp_path: Path, entries: object) -> None:
    place = tmp_path / "sources.json"
    place.write_text(json.dumps(entries))
    with pytest.raises(ContentError):
        read_sources(place)


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    place = tmp_path / "sources.json"
    place.write_text("[\n{oops\n]")
    with pytest.raises(ContentError, match=r"sources\.json:2"):
        read_sources(place)


@pytest.mark.parametrize(
    ("term", "expected"),
    [("Dextrose", "w-dextrose"), ("Placebo (dummy treatment)", "w-placebo"), ("Anaesthetic, local", "w-anaesthetic"),
     ("Morton’s neuroma", "w-mortons-neuroma")],
)  # fmt: skip
def test_a_word_has_its_id_from_its_term(term: str, expected: str) -> None:
    assert word_id(term) == expected


def test_a_meaning_may_run_over_lines() -> None:
    assert read_words("Term\n: First\n  second.\n\nOther\n: x\n")["w-term"].definition == "First second."


def test_a_slug_keeps_letters_of_other_languages() -> None:
    assert slug("¿Qué es?") == "qué-es"
