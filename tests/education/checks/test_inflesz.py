"""Spanish is counted as Spanish: syllables by its own rules, and the ease on its own scale."""

import pytest

from education.checks.inflesz import in_words, perspicuity, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pan", 1), ("ley", 1), ("muy", 1), ("que", 1), ("pie", 1), ("y", 1), ("5", 1),
        ("dolor", 2), ("agua", 2), ("causa", 2), ("guerra", 2), ("ciudad", 2), ("día", 2), ("país", 2), ("nervio", 2),
        ("cuidado", 3), ("pingüino", 3), ("médico", 3), ("rodilla", 3), ("inyección", 3), ("perineural", 4),
        ("aéreo", 4), ("medicamento", 5), ("articulación", 5),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_are_easier_than_learned_ones() -> None:
    plain = perspicuity([["Mueva", "la", "rodilla", "cada", "día"], ["No", "deje", "su", "pastilla"]])
    learned = perspicuity([["La", "rehabilitación", "musculoesquelética", "administrada", "precozmente"]])
    assert plain > 80 > 40 > learned
    assert (in_words(plain), in_words(60), in_words(learned)) == ("very easy", "normal", "very hard")
