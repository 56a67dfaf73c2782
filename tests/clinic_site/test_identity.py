"""The clinic's identity comes from one file, and its faults are said in one sentence."""

from datetime import time
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.identity import IdentityError, read_clinic

COUNTRIES = '[US]\nname = "United States"\nemergency_number = "911"\n'


def clinic(folder: Path, text: str) -> Path:
    """Write a clinic into a folder of its own."""
    (folder / "clinic.toml").write_text(text)
    (folder / "countries.toml").write_text(COUNTRIES)
    return folder


def test_the_shipped_clinic_has_a_name_and_nothing_invented() -> None:
    shipped = settings.CLINIC
    assert shipped.name == "Nova Integrated Health"
    assert not any([shipped.telephone, shipped.email, shipped.address, shipped.hours_given, shipped.country.code])


def test_hours_and_country_are_read(tmp_path: Path) -> None:
    text = (
        'name = "Sample"\ncountry = "us"\ntimezone = "America/Toronto"\n'
        '[hours]\nmonday = ["09:00-12:30", "13:30-17:00"]\n'
    )
    read = read_clinic(clinic(tmp_path, text))
    assert read.hours[0] == ((time(9), time(12, 30)), (time(13, 30), time(17)))
    assert read.hours_given
    assert read.country.emergency_number == "911"


def test_a_country_is_told_in_other_words_in_another_language(tmp_path: Path) -> None:
    folder = clinic(tmp_path, 'name = "Sample"\ncountry = "us"\n')
    (folder / "countries.toml").write_text(COUNTRIES + '[US.es]\nname = "Estados Unidos"\n')
    read = read_clinic(folder)
    assert [read.spoken(language).country.name for language in ("en", "es")] == ["United States", "Estados Unidos"]
    assert read.spoken("es").country.emergency_number == "911"
    assert read.spoken("es").countries[0].name == "Estados Unidos"


def test_a_fact_about_a_country_that_nobody_knows_is_named(tmp_path: Path) -> None:
    folder = clinic(tmp_path, 'name = "Sample"\n')
    (folder / "countries.toml").write_text(COUNTRIES + '[US.es]\nnumber = "911"\n')
    with pytest.raises(IdentityError, match="US has a key that is not known"):
        read_clinic(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name is empty"),
        ("name = ", "clinic.toml"),
        ('name = "S"\ntimezone = "Mars/Base"', "Mars/Base"),
        ('name = "S"\ncountry = "XX"', "XX"),
        ('name = "S"\nchannels = ["pigeon"]', "channels"),
        ('name = "S"\n[hours]\nmoonday = []', "moonday"),
        ('name = "S"\n[hours]\nmonday = ["9 to 5"]', "monday"),
        ('name = "S"\n[hours]\nmonday = ["17:00-09:00"]', "backwards"),
        ('name = "S"\n[hours]\nmonday = ["09:00-12:00", "11:00-13:00"]', "overlap"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(IdentityError, match=words):
        read_clinic(clinic(tmp_path, text))
