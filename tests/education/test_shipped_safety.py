"""The signs of danger stand on every page that they concern and in the form's lists, in both languages."""

import re
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.utils import translation
from pytest_django.fixtures import Settings

from booking import safety
from education.facts import facts
from education.library import PageText, look_at, read_files
from tests.education.shipped import CONTENT

PAGES: dict[tuple[str, str], PageText] = {
    place: look_at(file.text, language=place[0], path=place[1], file=file.name)[0]
    for place, file in read_files(CONTENT)[0].items()
}
NOW, TODAY, FORM = "emergency", "urgent", "form"
HEADS = ("headaches", "migraine", "tension-headache", "occipital-neuralgia")
HEAD_PAGES = tuple(f"conditions/{name}" for name in HEADS)
SPINE = ("urgent-help", "conditions/low-back-pain", "conditions/thoracic-pain", "treatment/who-should-not")
AFTER = ("treatment/after-your-visit", "treatment/risks")


class Sign(NamedTuple):
    """One statement that keeps people safe: its words in each language, where it stands, and in which kind of card."""

    english: str
    spanish: str
    pages: tuple[str, ...]
    card: str = ""
    """The kind of card; empty: anywhere on the page."""
    form: bool = False
    """It stands in the form's lists, too."""


SIGNS = {
    "bleeding": Sign(
        r"bleeding (that )?does not stop after 10 minutes of firm pressure",
        r"sangrado (que )?no para tras 10 minutos de presión firme",
        ("urgent-help", *AFTER), NOW, form=True),
    "neck swelling": Sign(
        r"a swelling in your neck (that )?grows", r"una hinchazón en el cuello (que )?crece",
        ("urgent-help", *AFTER), NOW, form=True),
    "growing bruise on a blood thinner": Sign(
        r"bruise or swelling keeps growing, and you take a blood thinner",
        r"moretón o una hinchazón sigue creciendo, y toma un anticoagulante", AFTER, TODAY),
    "numb saddle, also partly": Sign(
        r"numb(ness)?,? (or )?(have )?pins and needles,? between your legs|numbness or pins and needles between",
        r"dormida, o siente menos|dormida, con hormigueo o que siente menos", SPINE, NOW, form=True),
    "changed feeling": Sign(
        r"feels different when you wipe, pee, poo or have sex, or (an )?erections? (is|are) newly a problem",
        r"siente algo distinto al limpiarse, al orinar, al evacuar o al tener relaciones, o la erección",
        SPINE, NOW, form=True),
    "full bladder not felt": Sign(
        r"not feel(ing)? (that your bladder is full|your full bladder)", r"no siente que tiene la vejiga llena",
        SPINE, NOW, form=True),
    "breathing in hurts after injections": Sign(
        r"hurts to breathe in|pain on breathing in after injections",
        r"duele al tomar aire|dolor al tomar aire después",
        ("urgent-help", *AFTER), NOW, form=True),
    "lung, hours later": Sign(
        r"hours|a day later", r"horas|un día más tarde", (*AFTER, "conditions/thoracic-pain")),
    "lung, thin people": Sign(
        r"thin people the lung can be 1 to 2 cm deep", r"personas delgadas el pulmón puede estar a 1 o 2 cm",
        ("treatment/risks", "conditions/thoracic-pain")),
    "lung disease": Sign(
        r"[Ll]ung disease|heart, lung, liver", r"[Ee]nfermedad del pulmón|los pulmones",
        ("treatment/risks", "treatment/get-ready", "treatment/your-visit", "treatment/who-should-not",
         "conditions/thoracic-pain")),
    "head injury": Sign(
        r"after a blow to the head:? (you are )?sleepy", r"después de un golpe en la cabeza:? (tiene )?sueño",
        ("urgent-help", "conditions/neck-pain", *HEAD_PAGES), NOW, form=True),
    "head injury and blood thinners": Sign(
        r"(?s)blood thinner.*emergency department|emergency department.*blood thinner",
        r"(?s)anticoagulante.*sala de emergencias|sala de emergencias.*anticoagulante",
        ("urgent-help", "conditions/neck-pain", *HEAD_PAGES), TODAY, form=True),
    "any infection": Sign(
        r"[Aa]ny infection", r"[Cc]ualquier infección",
        ("urgent-help", "treatment/who-should-not", "treatment/your-visit", "treatment/get-ready", "treatment/risks",
         "questions", *(f"conditions/{name}-pain" for name in ("thoracic", "knee")), "conditions/mortons-neuroma",
         "conditions/hand-osteoarthritis", "conditions/migraine", "conditions/tension-headache"), form=True),
    "sepsis": Sign(
        r"a fever and (you )?feel very ill, (are )?confused,? or breathe fast",
        r"fiebre y se siente muy enfermo, tiene confusión o respira rápido", ("urgent-help", *AFTER), NOW, form=True),
    "anaphylaxis": Sign(
        r"hives all over,? and (you )?feel faint or sick", r"ronchas en todo el cuerpo(,| con)",
        ("urgent-help", *AFTER), NOW, form=True),
    "adrenaline pen": Sign(r"adrenaline pen", r"autoinyector de adrenalina", AFTER, NOW),
    "dead skin": Sign(r"skin turns dark or blisters", r"piel se oscurece o le salen ampollas", AFTER[:1], NOW),
    "hot joint near the place": Sign(
        r"joint near the place is hot and swollen", r"articulación cercana está caliente e hinchada", AFTER, TODAY),
    "replaced joint": Sign(
        r"replaced (joint|knee) (is|that is) newly sore", r"(articulación|rodilla) reemplazada (le )?(que )?duele",
        ("urgent-help", "conditions/knee-pain"), TODAY, form=True),
    "numb for hours": Sign(
        r"numb for more than a few hours", r"dormida por más de unas horas",
        (*AFTER, "treatment/who-should-not"), TODAY),
    "collapse, not a faint": Sign(
        r"collapse and do not come round at once", r"se desploma o no vuelve en sí", ("urgent-help", *AFTER), NOW),
    "shoulder tip": Sign(
        r"tip of your shoulder", r"la punta del hombro", ("urgent-help", "conditions/shoulder-pain"), NOW, form=True),
    "bleeding in pregnancy": Sign(
        r"could be pregnant, and (you )?(have bad belly pain, )?bleed", r"embarazada, y (tiene .*)?sangra",
        ("urgent-help", "conditions/low-back-pain"), NOW),
    "eclampsia": Sign(
        r"(your sight changes or you have fits|you have fits or changed sight|changed sight or fits while pregnant)",
        r"(cambia la vista o tiene convulsiones|convulsiones o cambios en la vista|cambios en la vista o convulsiones)",
        ("urgent-help", *HEAD_PAGES), NOW, form=True),
    "topiramate": Sign(
        r"(?s)Topiramate.*can harm an unborn baby.*reliable birth control.*call your doctor today",
        r"(?s)topiramato.*puede hacer daño al bebé.*anticonceptivo fiable.*llame hoy a su médico",
        ("conditions/migraine",)),
    "numbing drug": Sign(r"a metal taste", r"un sabor a metal", ("treatment/risks",)),
    "nerve harm, both sources": Sign(
        r"fewer than 1 of 10,000 people, another says 2 to 5",
        r"menos de 1 de cada 10,000 personas, otra dice de 2 a 5",
        ("treatment/risks",)),
    "nerve damage, the larger number": Sign(
        r"54 cases of nerve damage, of which 5 lasted", r"54 casos de daño a nervios, de los que 5 duraron",
        ("treatment/risks",)),
    "blood thinners, days before": Sign(
        r"days before", r"días antes",
        ("treatment/who-should-not", "treatment/risks", "treatment/your-visit", "treatment/get-ready", "questions")),
}  # fmt: skip
CASES = [(name, language, path) for name, sign in SIGNS.items() for language in ("en", "es") for path in sign.pages]
IN_FORM = [(name, language) for name, sign in SIGNS.items() if sign.form for language in ("en", "es")]


def cards(page: PageText, kind: str) -> str:
    """Return the words of all cards of a kind."""
    return "\n".join(re.findall(rf"^::: {kind} (.*?)^:::$", page.body, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize(("name", "language", "path"), CASES)
def test_a_sign_stands_on_each_page_that_it_concerns(name: str, language: str, path: str) -> None:
    sign, page = SIGNS[name], PAGES[language, path]
    where = cards(page, sign.card) if sign.card else page.body
    assert re.search(sign.english if language == "en" else sign.spanish, where), (name, where)


@pytest.mark.parametrize(("name", "language"), IN_FORM)
def test_a_sign_stands_in_the_form_as_urgent_as_on_the_pages(name: str, language: str) -> None:
    sign = SIGNS[name]
    parts = safety.GENERAL.now if sign.card == NOW else safety.GENERAL.soon
    with translation.override(language):
        said = [str(each) for part in parts for each in part.signs]
    found = re.compile(sign.english if language == "en" else sign.spanish)
    assert any(found.search(each) for each in said), (name, said)


@pytest.mark.parametrize("path", sorted(path for language, path in PAGES if language == "es"))
def test_spanish_is_not_stronger_than_english(path: str) -> None:
    words = PAGES["es", path].body
    for wrong in (r"sin sensibilidad", r"no siente (la zona|el pecho)", r"falta de sensibilidad", r"sin fuerza",
                  r"[Mm]aneje solo\b", r"se le cayó un lado", r"^- se desmaya"):  # fmt: skip
        assert not re.search(wrong, words, re.MULTILINE), wrong


@pytest.mark.parametrize("path", sorted({path for sign in SIGNS.values() for path in sign.pages}))
def test_readers_are_told_of_the_safer_words(path: str) -> None:
    for language in ("en", "es"):
        told = [change for change in PAGES[language, path].front.changes if change["kind"] == "safety"]
        assert told
        assert all(change["where"] for change in told)


COUNTRIES = sorted(settings.CLINIC.countries, key=lambda country: country.code)
every_country = pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)


@every_country
@pytest.mark.parametrize("language", ["en", "es"])
def test_somebody_in_despair_is_given_a_number_in_each_country(country: Any, language: str, settings: Settings) -> None:
    settings.CLINIC = replace(settings.CLINIC, country=country)
    with translation.override(language):
        told = facts()
    said = told["crisis_help"]
    spoken = country.spoken(language)
    assert (spoken.crisis_line or spoken.emergency_number) in said
    assert spoken.emergency_number in said
    assert "crisis line" not in said.lower() or "crisis line" in spoken.crisis_line.lower()
    assert ("sms:" in told["crisis_help"].html) is bool(spoken.crisis_text)  # type: ignore[attr-defined]
    assert bool(spoken.urgent_line) is (spoken.urgent_line in told["today_help"] if spoken.urgent_line else False)


def test_the_lines_of_the_countries_are_those_that_were_checked() -> None:
    lines = {country.code: (country.emergency_number, country.crisis_line) for country in COUNTRIES}
    assert lines["ZA"] == ("112 (mobile) or 10177 (ambulance)", "SADAG Suicide Crisis Line 0800 567 567")
    assert lines["ES"] == ("112", "024")
    assert lines["MX"] == ("911", "Línea de la Vida 800 911 2000")
    assert lines["EU"] == ("112", "")
    assert "0808 808 8000" in lines["GB"][1]
    assert lines["US"] == ("911", "988")
