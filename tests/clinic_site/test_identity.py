"""The clinic's identity comes from one file, and its faults are said in one sentence."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from booking.hours import add_open_time, open_time_between
from clinic_site.clinic_file import IdentityError
from clinic_site.identity import read_clinic
from education.markdown import fingerprint
from tests.clinic_site.test_settings import start

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
    with pytest.raises(IdentityError, match=r"countries.toml: US.es: number: there is no such key"):
        read_clinic(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name is empty"),
        ('name = " "', "name: is empty; write the clinic's name"),
        ("name = ", "Invalid value"),
        ("name = 5", 'name: must be text in quotes, like "5"'),
        ('name = "S\\nBcc: x"', "name: must be one line"),
        ('name = "S"\ntimezone = "Mars/Base"', 'timezone: "Mars/Base" is not known'),
        ('name = "S"\ntimezone = "../etc/passwd"', "timezone"),
        ('name = "S"\ncountry = "XX"', 'country: "XX" has no entry in countries.toml; it has US'),
        ('name = "S"\nchannels = ["pigeon"]', "channels"),
        ('name = "S"\nchannels = []', "channels"),
        ('name = "S"\ntelephone = 4165550123', 'telephone: must be text in quotes, like "4165550123"'),
        ('name = "S"\ntelefone = "1"', 'telefone: there is no such key (did you mean "telephone"?)'),
        ('name = "S"\nemail = "desk at clinic"', "email: must be one e-mail address"),
        ('name = "S"\nemail = "=?utf-8?q??=@example.com"', "email: must be one e-mail address"),
        ('name = "S"\nemail = "josé@example.org"', "email: must be one e-mail address"),
        ('name = "S"\naddress = 12', "address: must be a list of texts"),
        ('name = "S"\naddress = [12]', 'address: must be text in quotes, like "12"'),
        ('name = "S"\nclosed_on = ["25 December"]', 'closed_on: "25 December" is no day'),
        ('name = "S"\nclosed_on = [20261225]', 'closed_on: "20261225" is no day'),
        ('name = "S"\nclosed_on = [2026-12-25T09:00:00]', "closed_on: 2026-12-25 09:00:00 is a time within a day"),
        ('name = "S"\nclosed_on = [09:00:00]', "closed_on"),
        ('name = "S"\nhours = "9 to 5"', "hours: must be a table"),
        ('name = "S"\n[hours]\nmoonday = []', 'hours.moonday: there is no such key (did you mean "monday"?)'),
        ('name = "S"\n[hours]\nmonday = ["9 to 5"]', "hours.monday: must look like"),
        ('name = "S"\n[hours]\nmonday = ["09:00-25:00"]', "hours.monday: must look like"),
        ('name = "S"\n[hours]\nmonday = [9]', "hours.monday: must look like"),
        ('name = "S"\n[hours]\nmonday = ["17:00-09:00"]', "backwards"),
        ('name = "S"\n[hours]\nmonday = ["09:00-12:00", "11:00-13:00"]', "overlap"),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(IdentityError, match=f"clinic.toml.*{re.escape(words)}"):
        read_clinic(clinic(tmp_path, text))


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("[2026-12-25, 2026-12-28]", [25, 28]),
        ('["2026-12-25", "2026-12-28"]', [25, 28]),
        ("[2026-12-25T00:00:00]", [25]),
        ("2026-12-25", [25]),
        ('"2026-12-25"', [25]),
        ("[]", []),
    ],
)
def test_a_day_is_closed_however_it_is_written(tmp_path: Path, value: str, days: list[int]) -> None:
    read = read_clinic(clinic(tmp_path, f'name = "S"\nclosed_on = {value}\n[hours]\nfriday = ["09:00-17:00"]'))
    assert read.closed_on == tuple(date(2026, 12, day) for day in days)
    opened = add_open_time(datetime(2026, 12, 25, 8, tzinfo=UTC), timedelta(hours=1), read).date()
    assert opened == (date(2027, 1, 1) if 25 in days else date(2026, 12, 25))


@pytest.mark.parametrize(
    "value", ['"12 Sample Street, Town"', '"12 Sample Street\\nTown"', '["12 Sample Street","Town"]']
)
def test_an_address_is_lines_however_it_is_written(tmp_path: Path, value: str) -> None:
    assert read_clinic(clinic(tmp_path, f'name = "S"\naddress = {value}')).address == ("12 Sample Street", "Town")


def test_a_clinic_may_be_open_until_midnight(tmp_path: Path) -> None:
    read = read_clinic(clinic(tmp_path, 'name = "S"\n[hours]\nmonday = ["22:00-24:00"]'))
    week = (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC))
    assert open_time_between(*week, read) == timedelta(hours=2)
    assert "22:00–24:00" in render_to_string("components/hours.html", {"hours": read.hours})


@pytest.mark.parametrize("name", ["clinic.toml", "countries.toml"])
@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-8-sig", ""), ("cp1252", "is not UTF-8"), ("utf-16", "is not UTF-8"), ("utf-16-le", "is not UTF-8")],
)
def test_a_file_as_windows_saves_it_is_read_or_named(tmp_path: Path, name: str, encoding: str, words: str) -> None:
    folder = clinic(tmp_path, 'name = "Zoë’s clinic"\r\n')
    (folder / "countries.toml").write_text('[US]\r\nname = "United States – Zoë"\r\n')
    file = folder / name
    file.write_bytes(file.read_text().encode(encoding))
    if words:
        with pytest.raises(IdentityError, match=f"{name}: .*{words}"):
            read_clinic(folder)
    else:
        assert read_clinic(folder).name == "Zoë’s clinic"


def test_what_a_clinic_fills_in_stands_over_what_is_shipped_key_by_key(tmp_path: Path) -> None:
    for place in ("shipped", "own"):
        (tmp_path / place).mkdir()
    shipped = clinic(tmp_path / "shipped", 'name = "Sample"\ntelephone = "1"\nemail = "a@example.org"\n')
    own = tmp_path / "own"
    assert read_clinic(shipped, own) == read_clinic(shipped)
    (own / "clinic.toml").write_text('telephone = "020 7946 0000"\ncountry = "us"\n')
    (own / "countries.toml").write_text('[US]\ncrisis_line = "988"\n[IS]\nname = "Iceland"\n')
    read = read_clinic(shipped, own)
    assert (read.name, read.telephone, read.email) == ("Sample", "020 7946 0000", "a@example.org")
    assert (read.country.emergency_number, read.country.crisis_line) == ("911", "988")
    assert [country.code for country in read.countries] == ["IS", "US"]
    (own / "clinic.toml").write_text('country = "XX"\n')
    with pytest.raises(IdentityError, match=r"own/clinic.toml: country"):
        read_clinic(shipped, own)


def test_the_site_starts_with_what_stands_in_the_folder_that_a_clinic_owns(tmp_path: Path) -> None:
    (tmp_path / "clinic.toml").write_text('telephone = "020 7946 0000"\n')
    ask = "from django.conf import settings as s; print(s.CLINIC.name, s.CLINIC.telephone)"
    assert start(tmp_path, ask=ask).stdout == "Nova Integrated Health 020 7946 0000\n"
    (tmp_path / "clinic.toml").write_text("telephone = 5\n")
    answer = start(tmp_path, ask=ask)
    assert answer.stderr.startswith(f"The site cannot start. {tmp_path}/clinic.toml: telephone: must be text in quotes")


def test_pages_are_rendered_again_when_the_clinic_s_own_file_changes(settings: Any, tmp_path: Path) -> None:
    before = fingerprint()
    (tmp_path / "clinic.toml").write_text('telephone = "020 7946 0000"\n')
    settings.CLINIC = read_clinic(settings.CONTENT_DIR, tmp_path)
    assert fingerprint() != before
