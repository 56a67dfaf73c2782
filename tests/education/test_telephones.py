"""Each number of the clinic and its country is a link that calls it on every page, and a red card has a button."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from clinic_site.identity import Country
from education import edition
from education.exchange import import_folder
from education.markdown import press, read_context
from education.models import Page
from education.search import kept
from education.telephones import NUMBER, SHORTEST, first, linked
from tests.education.conftest import NOW
from tests.education.test_shipped_safety import COUNTRIES, PAGES, every_country

pytestmark = pytest.mark.django_db

PHONE = "+1 (416) 555-0123 ext. 45"
SILENT = frozenset({"script", "style", "title", "label", "option"})
"""No words to read, or words to press that do something else: an answer that is chosen must not call anybody."""


class Reader(HTMLParser):
    """Gathers the visible words of a page that no link calls, and how many links call somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.calls: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = str(dict(attrs).get("href") or "")
        calls = tag == "a" and address.startswith(("tel:", "sms:"))
        self.calls += [address] if calls else []
        if tag in SILENT or calls:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append("\n" if self.open else data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def numbers_of(*lines: str) -> Iterator[str]:
    for line in lines:
        for match in NUMBER.finditer(line):
            if sum(map(str.isdigit, match[0])) >= SHORTEST:
                yield match[0]


def loose(html: str, *lines: str) -> list[str]:
    """Return each number of the lines that stands outside a link that calls it."""
    words = "".join(read(html).words)
    return [n for n in set(numbers_of(*lines)) if re.search(rf"(?<![\w.,/-]){re.escape(n)}(?![\w,/-]|\.\d)", words)]


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("911", ["tel:911"]),
        ("999 or 112", ["tel:999", "tel:112"]),
        ("112 (mobile) or 10177 (ambulance)", ["tel:112", "tel:10177"]),
        ("Lifeline 13 11 14", ["tel:131114"]),
        ("la línea 988 (marque el 2)", ["tel:988"]),
        ("SADAG 0800 567 567, 24 hours", ["tel:0800567567"]),
        ("416-555-0123 ext. 45", ["tel:4165550123;ext=45"]),
        ("+44 (0)20 7946 0000", ["tel:+442079460000"]),
        (PHONE, ["tel:+14165550123;ext=45"]),
        ("<b>1 2", []),
    ],
)
def test_the_number_that_is_read_is_the_number_that_is_dialled(words: str, addresses: list[str]) -> None:
    html = linked(words).html
    assert re.findall(r'<a class="tel" href="([^"]+)">', html) == addresses
    assert "<b>" not in html
    assert linked(words) == words


@every_country
def test_each_number_on_each_page_can_be_tapped(country: Any, settings: Settings) -> None:
    settings.CLINIC = replace(settings.CLINIC, country=country, telephone=PHONE)
    for language in ("en", "es"):
        spoken = country.spoken(language)
        lines = (spoken.emergency_number, spoken.urgent_line, spoken.crisis_line, spoken.crisis_text)
        context = read_context(PAGES[language, "glossary"].text, language=language)
        for (tongue, path), page in PAGES.items():
            if tongue == language:
                html = press(page, context=context)[0].html
                assert loose(html, *lines) == [], (language, path)
                red = html.count('<section class="care now"')
                number = first(country.emergency_number)
                assert number
                assert html.count(f'<p class="call"><a class="btn" href="tel:{number.address}">') == red, path


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep the shipped pages of a clinic in Canada, published, for the tests of this file."""
    before = settings.CLINIC
    canada = next(country for country in COUNTRIES if country.code == "CA")
    settings.CLINIC = replace(before, country=canada, telephone=PHONE, email="hello@example.org")
    with django_db_blocker.unblock(), transaction.atomic():
        import_folder(settings.BASE_DIR / "content", at=NOW)
        edition.forget()
        kept.forget()
        yield
        transaction.set_rollback(True)
    settings.CLINIC = before
    edition.forget()
    kept.forget()


def test_each_whole_page_and_form_can_be_tapped(site: None) -> None:
    canada = settings.CLINIC.country
    urls = [page.get_absolute_url() for page in Page.objects.all()]
    assert len(urls) >= 88
    urls += [
        f"{start}{rest}"
        for start in ("/", "/es/")
        for rest in ("search/?q=chest+pain", "search/?q=suicide", "search/?q=suicidio", "consultation/",
                     "consultation/safety/", "consultation/help/", "contact/", "search/?q=zzzzzz")
    ]  # fmt: skip
    client = Client()
    seen = 0
    for url in urls:
        answer = client.get(url, follow=True)
        if answer.status_code == 200:
            seen += 1
            spoken = canada.spoken("es" if url.startswith("/es/") else "en")
            lines = (spoken.emergency_number, spoken.urgent_line, spoken.crisis_line, PHONE)
            html = re.sub(r'<section class="found.*?</section>', "", answer.content.decode(), flags=re.DOTALL)  # quotes
            assert loose(html, *lines) == [], url
    assert seen >= 96


@pytest.mark.parametrize(("language", "label"), [("en", "Call 911"), ("es", "Llame al 911")])
def test_the_button_speaks_the_language_of_the_page(site: None, language: str, label: str) -> None:
    with translation.override(language):
        html = press(PAGES[language, "urgent-help"], context=read_context("", language=language))[0].html
    assert f'<p class="call"><a class="btn" href="tel:911">{label}</a></p>' in html


def test_without_a_country_no_button_calls_nobody(settings: Settings) -> None:
    settings.CLINIC = replace(settings.CLINIC, country=Country())
    html = press(PAGES["en", "urgent-help"], context=read_context(""))[0].html
    assert "tel:" not in html
    assert "Call your emergency number now if" in html
    assert render_to_string("components/call.html").strip() == ""


def test_an_answer_to_choose_calls_nobody(site: None) -> None:
    html = press(PAGES["en", "treatment/risks"], context=read_context(""))[0].html
    labels = "".join(re.findall(r"<label.*?</label>", html, re.DOTALL))
    assert "Call 911 now" in labels
    assert "tel:" not in labels


@pytest.mark.parametrize("typed", ["suicide", "i want to die", "kill myself", "my pain is so bad I do not want to live",
                                   "x" * 90 + " I want to end my life"])  # fmt: skip
def test_words_of_despair_bring_a_person_first(site: None, typed: str) -> None:
    page = Client().get("/search/", {"q": typed}).content.decode().partition("<main")[2]
    assert 'id="crisis-first"' in page
    assert '<a class="tel" href="tel:988">988</a>' in page
    assert '<a class="tel" href="sms:988">988</a>' in page
    assert '<a class="btn" href="tel:988">Call 988</a>' in page
    assert page.index("crisis-first") < (page.find('id="best"') if 'id="best"' in page else len(page))


@pytest.mark.parametrize(
    ("path", "typed", "card"),
    [
        ("/search/", "quiero morir", 'id="crisis-first"'),
        ("/search/", "suicidio", 'id="crisis-first"'),
        ("/es/search/", "kill myself", 'id="crisis-first"'),
        ("/es/search/", "i want to die", 'id="crisis-first"'),
        ("/search/", "suicdie", 'id="crisis-first"'),
        ("/es/search/", "suisidio", 'id="crisis-first"'),
        ("/search/", "no puedo respirar", 'id="urgent-first"'),
        ("/es/search/", "chest pain", 'id="urgent-first"'),
    ],
)
def test_a_cry_for_help_is_heard_in_whatever_language_of_the_site_it_is_typed(
    site: None, path: str, typed: str, card: str
) -> None:
    assert card in Client().get(path, {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["suicidarme", "quiero morir", "matarme", "no quiero vivir con este dolor"])
def test_words_of_despair_in_spanish(site: None, typed: str) -> None:
    page = Client().get("/es/search/", {"q": typed}).content.decode().partition("<main")[2]
    assert 'id="crisis-first"' in page
    assert 'Llame ahora a la línea <a class="tel" href="tel:988">988</a>' in page
    assert '<a class="btn" href="tel:988">Llame al 988</a>' in page


@pytest.mark.parametrize("typed", ["can I die from PIT", "knee pain", "painkillers", "I want to live without pain"])
def test_other_words_bring_no_card_of_despair(site: None, typed: str) -> None:
    assert "crisis-first" not in Client().get("/search/", {"q": typed}).content.decode()


def test_where_no_crisis_line_is_known_help_is_still_a_call_away(site: None, settings: Settings) -> None:
    europe = next(country for country in COUNTRIES if country.code == "EU")
    settings.CLINIC = replace(settings.CLINIC, country=europe)
    page = Client().get("/search/", {"q": "suicide"}).content.decode()
    assert 'Call <a class="tel" href="tel:112">112</a>, or go to an emergency department.' in page
    assert '<a class="btn" href="tel:112">Call 112</a>' in page
    assert "crisis line" not in page.lower()
