"""What a browser says it can read, and what it says it has."""

import pytest

from education.press.accepting import best_encoding, has_already


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0.8, br;q=0.5", "gzip"),
        ("gzip ; q=0.5 , br;q=0.50", "br"),
        ("gzip;q=0, br;q=0.0", "identity"),
        ("gzip;q=0.001", "gzip"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("*", "br"),
        ("*;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "gzip"),
        ("identity;q=0, *;q=0.1", "br"),
        ("br;q=0.2, gzip;q=0.2, *;q=0.8", "identity"),
        ("identity;q=0, gzip", "gzip"),
        ("*;q=0", "identity"),  # nothing will do: the page as it is
        ("identity;q=0", "identity"),
        ("", "identity"),
        ("zstd, deflate", "identity"),
        ("gzip;q=nan, br;q=inf", "identity"),
        ("gzip;q=2", "identity"),
        ("gzip;level=9;q=1", "identity"),
        (",,;,q=1,", "identity"),
    ],
)
def test_the_answer_comes_in_the_encoding_that_is_liked_best(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best


@pytest.mark.parametrize("known", ['"a-br"', 'W/"a-br"', '"x", "a-br"', 'W/"x",W/"a-br", "y"', "*", ' "a-br" '])
def test_who_names_the_tag_in_any_way_has_the_page(known: str) -> None:
    assert has_already(known, '"a-br"')


@pytest.mark.parametrize("known", ['"a"', '"a-gzip"', "a-br", '"A-BR"', '"x", "y"', '"a-br', "", '"*"'])
def test_another_tag_is_not_the_page(known: str) -> None:
    assert not has_already(known, '"a-br"')
