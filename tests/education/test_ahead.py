"""What keeps people safe does not wait for its translation; everything else makes a task for translators."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import edition, navigation
from education.exchange import import_folder
from education.library import mark_of
from education.models import Edition, Page, Revision, SignOff
from education.publishing import withdraw
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, translation_of, write
from tests.education.exchanging import change_on_site
from tests.education.signers import clinician

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]

FIRST = "changes:\n  - {date: 2026-11-20, kind: first, reason: First version., act: no}\n"
BODY = """::: urgent Get help today if:
- your elbow is hot
:::

## What it is

Rest it [@zzyx-2020].

## What can go wrong {#harm}

It may sting. See [what it is](#what-it-is).

## And now

Wait.
"""
SPANISH = """::: urgent Busque ayuda hoy si:
- tiene el codo caliente
:::

## Qué es {#what-it-is}

Descanse [@zzyx-2020].

## Qué puede salir mal {#harm}

Puede arder. Vea [qué es](#what-it-is).

## Y ahora {#and-now}

Espere.
"""
NOTE = "Cambio de seguridad, en inglés porque es más nuevo que la traducción."


def change(kind: str, *, where: str = "", reason: str = "Something is new.", act: str = "no") -> str:
    place = f", where: {where}" if where else ""
    return f"  - {{date: 2026-11-21, kind: {kind}, reason: {reason}, act: {act}{place}}}\n"


def english(body: str = BODY, more: str = "") -> str:
    return write("Sore elbow", body, order=7, more=FIRST + more + "review: 2027-05-22\n")


def spanish(source: str, body: str = SPANISH, more: str = "") -> str:
    text = write("Codo adolorido", body, order=7, more=FIRST + more + "review: 2027-05-22\n")
    return text.replace("\nupdated:", f"\ntranslated_from: {mark_of(source)}\nupdated:", 1)


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("elbow", english())
    for name in ("index", "glossary"):
        folder.put(f"../es/{name}", translation_of(folder.read(name)))
    folder.put("../es/elbow", spanish(english()))
    import_folder(folder.root, at=NOW)
    navigation.forget()


def at(language: str) -> Page:
    return Page.objects.get(language=language, path="elbow")


def publish(client: Client, language: str, text: str) -> Any:
    """Save words and press the button, as people do."""
    page = at(language)
    new = save_text(page, text, author=None, note="New", at=timezone.now())
    return client.post(reverse("admin:education_page_publish", args=[page.pk]), {"revision": new.pk})


def spanish_page(client: Client) -> str:
    edition.forget()
    return client.get("/es/elbow/").content.decode()


def main(words: str) -> str:
    return words.partition("<main")[2].partition("</main>")[0]


def test_a_safety_change_shows_at_once_on_the_translated_page_in_the_words_of_the_source(sign_in: SignIn) -> None:
    client = sign_in("Manager")
    assert NOTE not in spanish_page(client)
    before = Edition.now()
    new = BODY.replace("It may sting.", "It may sting. Stop if you faint.")
    publish(client, "en", english(new, change("safety", where="harm", reason="A new warning.")))
    assert Edition.now() == before + 1
    words = main(spanish_page(client))
    shown = words.index(NOTE)
    assert words.index("Descanse") < shown < words.index('<h2 id="harm">') < words.index("Puede arder")
    part = words[shown : words.index('<h2 id="harm">')]
    assert '<div class="flow" lang="en">' in part
    assert "Stop if you faint." in part
    assert 'href="/elbow/#what-it-is"' in part
    assert "Wait." not in part
    assert " id=" not in part
    assert "Rest it" not in words


def test_a_box_shows_before_the_same_box(sign_in: SignIn) -> None:
    client = sign_in("Manager")
    new = BODY.replace("- your elbow is hot", "- your elbow is hot\n- you have a fever")
    publish(client, "en", english(new, change("safety", where="urgent")))
    words = main(spanish_page(client))
    assert words.index(NOTE) < words.index("you have a fever") < words.index('<section class="care soon"')


@pytest.mark.parametrize(
    ("kind", "act", "where"), [("safety", "no", "lede"), ("correction", "yes", ""), ("evidence", "yes", "nowhere")]
)
def test_what_has_no_place_on_the_page_shows_above_it(
    folder: Folder, client: Client, kind: str, act: str, where: str
) -> None:
    folder.put("elbow", english(more=change(kind, where=where, act=act, reason="Do not wait.")))
    import_folder(folder.root, at=NOW + timedelta(days=1))
    words = main(spanish_page(client))
    told = "A few words to begin with." if where == "lede" else "Do not wait."
    assert words.index("<h1>") < words.index(NOTE) < words.index(told, words.index(NOTE)) < words.index("care soon")


@pytest.mark.parametrize("kind", ["wording", "evidence", "correction"])
def test_other_changes_show_nothing_and_make_a_task(sign_in: SignIn, kind: str) -> None:
    client = sign_in("Manager")
    publish(client, "en", english(BODY.replace("Wait.", "Wait a bit."), change(kind)))
    assert NOTE not in spanish_page(client)
    rows = client.get(reverse("admin:education_page_changelist"), {"state": "behind"}).content.decode()
    assert "Translation is behind: " in rows
    assert "Codo adolorido" in rows
    assert "Sore elbow" not in rows


def test_the_change_is_gone_once_it_is_translated(sign_in: SignIn) -> None:
    client = sign_in("Manager")
    source = english(BODY.replace("sting.", "sting. Stop."), change("safety", where="harm"))
    publish(client, "en", source)
    assert NOTE in spanish_page(client)
    before = Edition.now()
    told = change("safety", where="harm", reason="Algo es nuevo.")
    answer = publish(client, "es", spanish(source, SPANISH.replace("arder.", "arder. Pare."), told))
    assert answer.status_code == 302, answer.content.decode()
    assert Edition.now() == before + 1
    words = spanish_page(client)
    assert NOTE not in words
    assert "Pare." in words
    assert (
        "behind"
        not in client.get(reverse("admin:education_page_changelist"), {"state": "behind"})
        .content.decode()
        .partition("<table")[2]
    )


def test_words_without_a_note_of_the_change_make_a_task_too(folder: Folder, sign_in: SignIn) -> None:
    change_on_site(english(BODY.replace("Wait.", "Wait a bit.")), published=True, path="elbow")
    rows = sign_in("Author").get(reverse("admin:education_page_changelist")).content.decode()
    assert "Translation is behind: words" in rows


def test_a_source_that_was_withdrawn_is_told_on_its_translation(client: Client, sign_in: SignIn) -> None:
    withdraw(at("en").words(), by=clinician(), at=timezone.now(), reason="It was not safe.")
    words = main(spanish_page(client))
    assert "Esta página se retiró en inglés el " in words
    assert re.search(r'lang="en"><p>It was not safe.</p>', words)


def test_a_page_of_the_source_language_never_shows_such_a_note(client: Client, folder: Folder) -> None:
    folder.put("elbow", english(more=change("safety", where="harm")))
    import_folder(folder.root, at=NOW + timedelta(days=1))
    assert 'class="stale' not in client.get("/elbow/").content.decode()


def test_a_translation_that_differs_from_its_source_cannot_be_published(sign_in: SignIn) -> None:
    client, source = sign_in("Manager"), english()
    told = change("wording", reason="Mejor dicho.")
    wrong = spanish(
        source, SPANISH.replace("- tiene el codo caliente\n", "- tiene el codo caliente\n- otra señal\n"), told
    )
    answer = publish(client, "es", wrong)
    assert answer.status_code != 302
    assert "Keep each item of the list." in answer.content.decode()
    assert "otra señal" not in spanish_page(client)


def test_a_signature_of_the_source_signs_no_translation(client: Client) -> None:
    revision = at("en").words()
    SignOff.objects.create(
        page=revision.page, revision=revision, digest=revision.digest, signer=clinician(), name="Z. Testperson",
        role="Invented", registration="None 0", interests="none", signed_at=NOW,
        next_review=NOW.date() + timedelta(days=400),
    )  # fmt: skip
    assert "Checked by Z. Testperson" in client.get("/elbow/").content.decode()
    assert "Ningún profesional de la salud ha firmado esta página todavía" in spanish_page(client)
    assert Revision.objects.filter(page=at("es")).count() == 1
