"""The words of the interface in other languages: none is missing, none is a guess, and each says what it stands for."""

import ast
import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext
from pytest_django.fixtures import Settings

from clinic_site.catalogues import compile_catalogues
from clinic_site.languages import catalogue, own_name
from clinic_site.management.commands.makemessages import STAFF_ONLY

ROOT = Path(settings.BASE_DIR)
CODE = ("booking", "clinic_site", "education", "templates")
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACE = re.compile(r"%\(\w+\)[sd]|<[^>]+>|%%")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def read(place: Path) -> Catalog:
    with place.open("rb") as file:
        return read_po(file)


def messages(found: Catalog) -> dict[tuple[str | None, str], Message]:
    """Return the messages of a catalogue by context and words."""
    return {(each.context, each.id if isinstance(each.id, str) else each.id[0]): each for each in found if each.id}


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_spanish_is_offered() -> None:
    assert "es" in LANGUAGES
    assert own_name("es") == "Español"


@every_language
def test_no_word_is_missing_that_somebody_may_read(
    language: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in CODE:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    written = catalogue(ROOT / "locale", language)
    settings.CATALOGUES = tmp_path / "locale"
    copy = catalogue(settings.CATALOGUES, language)
    copy.parent.mkdir(parents=True)
    shutil.copy(written, copy)
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=[language], verbosity=0)
    assert messages(read(copy)).keys() == messages(read(written)).keys()


@every_language
def test_every_word_is_translated_and_nobody_guessed(language: str) -> None:
    found = read(catalogue(ROOT / "locale", language))
    empty = [message.id for message in messages(found).values() if not all(forms(message)) or message.fuzzy]
    assert empty == []
    assert [str(error) for message in messages(found).values() for error in message.check(found)] == []


@every_language
def test_what_is_filled_in_and_marked_stands_in_the_translation_too(language: str) -> None:
    for message in messages(read(catalogue(ROOT / "locale", language))).values():
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for form in forms(message):
            assert sorted(PLACE.findall(form)) == sorted(PLACE.findall(source)), form


def test_gettext_goes_by_names_that_makemessages_knows() -> None:
    files = [file for part in CODE[:3] for file in (ROOT / part).rglob("*.py")]
    named = {alias for file in files for alias in re.findall(r"import \w*gettext\w* as (\w+)", file.read_text())}
    assert named == {"_"}


def test_every_word_stands_where_makemessages_finds_it() -> None:
    # Within an f-string it finds none.
    files = [file.relative_to(ROOT) for part in CODE[:3] for file in (ROOT / part).rglob("*.py")]
    read_by_patients = [file for file in files if not any(fnmatch(str(file), place) for place in STAFF_ONLY)]
    told = {
        str(ast.literal_eval(node.args[0]))
        for file in read_by_patients
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"_", "gettext_lazy", "ngettext"}
    }
    assert told - {words for _context, words in messages(read(catalogue(ROOT / "locale", LANGUAGES[0])))} == set()


def test_what_only_staff_read_is_there() -> None:
    assert [
        place for place in STAFF_ONLY if not place.startswith(("tests", "var")) and not list(ROOT.glob(place))
    ] == []


def test_words_and_plurals_come_out_in_the_language() -> None:
    with translation.override("es"):
        assert gettext("Ask for a consultation") == "Pedir una consulta"
        assert [ngettext("%(number)s source", "%(number)s sources", n) % {"number": n} for n in (1, 2)] == [
            "1 fuente",
            "2 fuentes",
        ]


WRITTEN = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: eo\\n"

msgid "One"
msgstr "Unu"

#, fuzzy
msgid "Two"
msgstr "Unu"
"""


def test_a_catalogue_is_compiled_when_it_changed_and_only_then(tmp_path: Path) -> None:
    written, compiled = tmp_path / "locale", tmp_path / "compiled"
    place = written / "eo" / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True)
    place.write_text(WRITTEN)
    assert compile_catalogues(written, compiled) == [compiled / "eo" / "LC_MESSAGES" / "django.mo"]
    assert compile_catalogues(written, compiled) == []
    assert b"Two" not in (compiled / "eo" / "LC_MESSAGES" / "django.mo").read_bytes()
    place.write_text(WRITTEN.replace("#, fuzzy\n", ""))
    assert len(compile_catalogues(written, compiled)) == 1
    assert b"Two" in (compiled / "eo" / "LC_MESSAGES" / "django.mo").read_bytes()
