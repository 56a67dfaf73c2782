"""Pages in several languages: where they stand, the way from one to the other, and what is said when one is missing."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import clear_url_caches
from django.utils import translation
from django.utils.translation import to_locale, trans_real
from pytest_django.fixtures import Settings

from clinic_site.catalogues import compile_catalogues
from clinic_site.languages import offered, right_to_left
from education import navigation
from education.exchange import import_folder
from education.facts import facts, fill
from education.library import mark_of, read_files
from education.markdown import fingerprint
from education.untranslated import tasks
from tests.education.conftest import GLOSSARY, NOW, Folder, translation_of, write

pytestmark = pytest.mark.django_db

KNEE = """::: glance
Investigación sobre el PIT
: Muy baja

Riesgos principales
: Dolor leve

Lo que ayuda primero
: Descanso
:::

## Qué es {#what-it-is}

Vea [el inicio](/).

::: urgent Busque ayuda médica hoy si:
- tiene la rodilla caliente y roja
:::

## Lo que suele ayudar {#what-usually-helps}

No deje ninguno de sus medicamentos. Esperar también es una opción.

## Qué es el PIT {#what-pit-is}

Es un uso no aprobado (off-label): la FDA no lo ha aprobado para esto.

## Lo que dice la investigación {#what-the-research-says}

::: evidence
**Muy baja.** En realidad no lo sabemos [@zzyx-2020].
:::

### Lo que no se sabe {#what-we-do-not-know}

- si ayuda

## Preguntas que puede hacer {#questions-to-ask}

- ¿Qué más hay?

## Qué puede hacer ahora {#what-you-can-do-now}

::: do
- empiece con una caminata corta
:::
"""


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    for name in ("index", "conditions/index", "conditions/knee"):
        folder.put(f"../es/{name}", translation_of(folder.read(name)))
    knee = folder.read("../es/conditions/knee").replace("title: Knee pain", "title: Dolor de rodilla")
    folder.put("../es/conditions/knee", knee.partition("::: glance")[0] + KNEE)
    import_folder(folder.root, at=NOW)
    navigation.forget()


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_a_language_stands_below_its_code_and_says_so(client: Client) -> None:
    response = client.get("/es/conditions/knee/")
    assert response["Content-Language"] == "es"
    assert '<html lang="es">' in response.content.decode()
    assert "Dolor de rodilla" in response.content.decode()
    assert client.get("/conditions/knee/")["Content-Language"] == "en"


@pytest.mark.parametrize("url", ["/es/", "/es/conditions/knee/", "/es/consultation/", "/es/nothing/", "/consultation/"])
def test_neither_browser_nor_cookie_chooses_the_language(client: Client, url: str) -> None:
    plain, other = client.get(url), client.get(url, headers={"accept-language": "es,de"})
    assert plain["Content-Language"] == other["Content-Language"] == ("es" if url.startswith("/es/") else "en")
    assert "Accept-Language" not in plain.get("Vary", "")
    assert "django_language" not in plain.cookies


def test_what_a_page_says_of_itself_follows_its_language(client: Client) -> None:
    words = page(client, "/es/conditions/knee/")
    assert "Ayuda urgente" in words
    assert "Último cambio: 22 de noviembre de 2026." in words
    assert "¿Qué tan seguros estamos de que el PIT ayuda en casos de dolor de rodilla?" in words
    assert "Muy baja" in words
    assert "Qué hacer" in words
    assert '<cite lang="en">A trial of zzyx</cite>' in words
    assert "Lo que leímos: solo el resumen." in words


def test_every_address_on_a_page_is_of_its_language(client: Client) -> None:
    for url in ("/es/", "/es/conditions/knee/", "/es/consultation/", "/es/consultation/safety/", "/es/nothing/"):
        words = client.get(url).content.decode()
        links = re.findall(r'<a (?![^>]*hreflang)[^>]*href="(/[^"]*)"', words)
        assert [link for link in links if not link.startswith("/es/")] == []


def test_the_switch_stays_on_the_page_and_is_in_its_own_language(client: Client) -> None:
    assert re.search(
        r'<a href="/es/conditions/knee/" lang="es" hreflang="es">Español<span class="vh"> \(esta página en español\)',
        page(client, "/conditions/knee/"),
    )
    assert '<a href="/conditions/knee/" lang="en" hreflang="en">English' in page(client, "/es/conditions/knee/")
    assert '<a href="/es/consultation/" lang="es"' in page(client, "/consultation/")
    assert '<a href="/conditions/knee/changes/" lang="en"' in page(client, "/es/conditions/knee/changes/")


@pytest.mark.parametrize("url", ["/search/", "/code/", "/offline/"])
def test_the_switch_stays_on_what_the_site_itself_shows(client: Client, url: str) -> None:
    assert f'<a href="/es{url}" lang="es"' in page(client, url)
    assert f'<a href="{url}" lang="en"' in page(client, f"/es{url}")


def test_the_words_of_a_search_stay_in_their_language(client: Client) -> None:
    assert '<a href="/es/search/" lang="es"' in page(client, "/search/?q=knee")


def test_a_page_that_is_missing_in_a_language_says_so_and_offers_the_other(client: Client) -> None:
    assert "(lo que hay en español)" in page(client, "/conditions/elbow/")
    words = page(client, "/es/conditions/elbow/", status=404)
    assert "Esta página todavía no está en español" in words
    assert '<a href="/conditions/elbow/" lang="en" hreflang="en">Elbow pain (English)</a>' in words
    assert 'content="noindex"' in words


def test_an_address_that_no_language_has_is_not_found_in_the_language_of_the_address(client: Client) -> None:
    assert "No encontramos esta página" in page(client, "/es/nothing/", status=404)


def test_search_engines_are_told_of_the_versions_that_exist(client: Client) -> None:
    for url in ("/conditions/knee/", "/es/conditions/knee/"):
        words = page(client, url)
        told = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://[^/]+(/[^"]*)">', words))
        assert told == {"en": "/conditions/knee/", "es": "/es/conditions/knee/", "x-default": "/conditions/knee/"}
        assert re.search(r'<link rel="canonical" href="http://[^/]+' + url + '">', words)
    assert 'rel="alternate" hreflang' not in page(client, "/conditions/elbow/")


def test_the_plain_text_and_the_changes_of_a_page_are_of_its_language(client: Client) -> None:
    assert client.get("/es/conditions/knee/index.txt")["Content-Language"] == "es"
    assert "Dolor de rodilla" in page(client, "/es/conditions/knee/index.txt")
    assert "Qué cambió en “Dolor de rodilla”" in page(client, "/es/conditions/knee/changes/")


@pytest.mark.parametrize(
    ("country", "said"),
    [
        (None, "Llame a su número de emergencias, a una línea de consejos médicos o a su número de emergencias."),
        (
            {"emergency_number": "999 or 112", "urgent_line": "NHS 111", "crisis_line": "988",
             "words": {"es": {"emergency_number": "999 o 112", "crisis_line": "la línea 988"}}},
            "Llame al 999 o 112, a NHS 111 o a la línea 988.",
        ),
    ],
)  # fmt: skip
def test_facts_fit_into_a_spanish_sentence(settings: Settings, country: dict[str, Any] | None, said: str) -> None:
    if country:
        settings.CLINIC = replace(settings.CLINIC, country=replace(settings.CLINIC.country, **country))
    with translation.override("es"):
        text = "Llame {emergency_number}, {urgent_line} o {crisis_line}."
        assert fill(text, facts()) == (said, [])


def test_the_letters_of_a_glossary_are_those_of_its_language(client: Client, folder: Folder) -> None:
    source = folder.read("glossary")
    words = "Efecto {#w-placebo}\n: Como *el verdadero*.\n\nÁcido {#w-dextrose}\n: Un azúcar.\n"
    folder.put("../es/glossary", translation_of(source).replace(GLOSSARY, words))
    import_folder(folder.root, at=NOW)
    links = re.findall(r'<a href="#(w-[a-z]+)">(.)</a>', page(client, "/es/glossary/"))
    assert links == [("w-placebo", "E"), ("w-dextrose", "A")]
    assert '<dt id="w-dextrose">Ácido</dt>' in page(client, "/es/glossary/")
    assert re.findall(r'<a href="#(w-[a-z]+)">(.)</a>', page(client, "/glossary/")) == [
        ("w-dextrose", "D"),
        ("w-placebo", "P"),
    ]


def test_a_withdrawn_page_says_so_in_its_language(client: Client, folder: Folder) -> None:
    folder.path("../es/conditions/knee").unlink()
    import_folder(folder.root, at=NOW)
    words = page(client, "/es/conditions/knee/", status=410)
    assert "Esta página se retiró" in words
    assert "Esta página se quitó." in words
    assert client.get("/conditions/knee/").status_code == 200


def test_translators_see_what_is_missing_and_what_is_behind(folder: Folder) -> None:
    elbow = folder.read("conditions/elbow")
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See ", "Do see "))
    told = tasks(read_files(folder.root)[0])
    assert told[0] == "es: 2 page(s) not translated yet: conditions/elbow, glossary"
    mark = mark_of(folder.read("conditions/knee"))
    assert told[1].startswith("es/conditions/knee.md: is behind en/conditions/knee.md (words)")
    assert told[1].endswith(f"translated_from: {mark}")
    folder.put("../es/conditions/elbow", translation_of(elbow))
    assert "conditions/elbow" not in " ".join(tasks(read_files(folder.root)[0]))


def test_a_link_to_a_page_that_is_not_translated_yet_is_no_fault(client: Client, folder: Folder) -> None:
    folder.put(
        "conditions/index", folder.read("conditions/index").replace("Words.", "See [elbows](/conditions/elbow/).")
    )
    folder.put("../es/conditions/index", translation_of(folder.read("conditions/index")))
    import_folder(folder.root, at=NOW)
    assert '<a href="/es/conditions/elbow/">elbows</a>' in page(client, "/es/conditions/")


WORDS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: eo\\n"

msgid "Urgent help"
msgstr "Urĝa helpo"
"""


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [
        ("eo", "Esperanto", ""),
        ("hmn", "Hmn", ""),  # Hmong: three letters, and no table knows its name
        ("fil", "Filipino", ""),
        ("es-419", "Español (Latinoamérica)", ""),
        ("ar", "العربيّة", ' dir="rtl"'),
        ("ps", "پښتو", ' dir="rtl"'),
    ],
)
def test_a_third_language_needs_files_only(
    folder: Folder, settings: Settings, tmp_path: Path, client: Client, code: str, name: str, direction: str
) -> None:
    catalogues = tmp_path / "locale"
    for each in ("es", code):
        place = catalogues / to_locale(each) / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "django.po").write_text(WORDS)
    folder.put(f"../{code}/index", translation_of(write("Hejmo", "Bonvenon.\n", more="kind: hub\n")))
    folder.put(f"../{code}/glossary", translation_of(write("Vortoj", GLOSSARY, order=9, more="kind: glossary\n")))
    folder.put("../xx/index", translation_of(write("Nobody", "No words.\n", more="kind: hub\n")))
    compile_catalogues(catalogues, tmp_path / "compiled")
    languages = offered(folder.root, catalogues, "en")
    assert sorted(languages) == sorted([("en", "English"), (code, name), ("es", "Español")])
    import_folder(folder.root, at=NOW)
    bidi = right_to_left(each for each, _name in languages)
    with override_settings(LANGUAGES=languages, LANGUAGES_BIDI=bidi, LOCALE_PATHS=[tmp_path / "compiled"]):
        trans_real._translations.clear()
        trans_real.get_languages.cache_clear()
        clear_url_caches()
        navigation.forget()
        words = page(client, f"/{code}/")
        assert f'<html lang="{code}"{direction}>' in words
        assert "Urĝa helpo" in words
        assert 'href="/es/" lang="es"' in words
        assert f'<a href="/{code}/" lang="{code}" hreflang="{code}">{name}' in page(client, "/")
        assert client.get("/xx/").status_code == 404
    trans_real._translations.clear()
    translation.activate("en")


@pytest.mark.parametrize("code", ["es-MX", "es_419", "espanol-", "e", "1x"])
def test_a_folder_that_is_no_language_is_refused_with_the_true_reason(folder: Folder, code: str) -> None:
    folder.put(f"../{code}/contact", write("Contact"))
    assert [str(fault) for fault in read_files(folder.root)[1]] == [
        f"{code}/contact.md:1: '{code}' is no code of a language in small letters, like es or es-419."
    ]


def test_other_words_of_the_interface_make_the_pages_of_their_language_stale(
    settings: Settings, tmp_path: Path
) -> None:
    settings.CATALOGUES = tmp_path
    before = {language: fingerprint(language=language) for language in ("en", "es")}
    place = tmp_path / "es" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_text(WORDS)
    assert fingerprint(language="es") != before["es"]
    assert fingerprint(language="en") == before["en"]
