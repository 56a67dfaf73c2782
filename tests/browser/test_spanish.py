"""Somebody reads and asks in Spanish, from the first page to the reference, and may switch at any time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit, findings, overflow

pytestmark = pytest.mark.browser

READ = ("/es/", "/es/urgent-help/", "/es/contact/", "/es/glossary/", "/es/nothing/")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuar").click()


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()
    go_on(page)


Look = Callable[[], None]


def come_in(page: Page, look: Look) -> None:
    """Go from the English home to the first question in Spanish."""
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("main").get_by_role("link", name="Pedir una consulta").first.click()
    look()
    page.get_by_role("link", name="Empezar mi solicitud", exact=True).click()
    look()
    page.get_by_role("button", name="No tengo ninguna de estas señales").click()
    look()


def answer(page: Page, look: Look) -> None:
    """Answer every question, the first one after an error."""
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".err")).to_contain_text("Elija para quién es la consulta")
    look()
    choose(page, "Yo")
    choose(page, "Rodilla")
    if page.url.endswith("/about/check/"):
        look()
        page.get_by_role("button", name="No tengo ninguna de estas señales").click()
    page.get_by_label("¿Cómo quiere que le llamemos?").fill("Zzyx Hablante")
    go_on(page)
    choose(page, "Correo electrónico")
    page.get_by_label("¿Cuál es su correo electrónico?").fill("zzyx@example.org")
    go_on(page)
    look()
    choose(page, "Cualquier momento", "Mañana")
    choose(page, "Nada de esto")
    go_on(page)


def send_it(page: Page, look: Look) -> str:
    """Look the answers over and send them. Returns the reference."""
    expect(page.get_by_text("Todavía no se ha enviado.")).to_be_visible()
    look()
    page.get_by_label(re.compile("^Acepto que")).check()
    page.get_by_role("button", name="Enviar mi solicitud").click()
    reference = page.locator(".confirm .ref").inner_text()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tenemos su solicitud")
    assert page.url.endswith("/es/consultation/done/")
    look()
    return reference


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_patient_asks_in_spanish(site: Site, visit: Visit, javascript: bool) -> None:
    page = visit("/", width=390, javascript=javascript)
    told = []

    def look() -> None:
        if javascript:
            told.extend(findings(page, ((320, "light"), (390, "dark"))))

    come_in(page, look)
    answer(page, look)
    reference = send_it(page, look)
    kept = f"ConsultationRequest.objects.filter(reference={reference.replace('-', '')!r})"
    assert site.ask(f"[[r.language, r.name] for r in {kept}]") == [["es", "Zzyx Hablante"]]
    page.locator(".linkbox a").click()
    expect(page).to_have_title("Su solicitud")
    look()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_title("Your request")
    expect(page.get_by_text(reference)).to_be_visible()
    assert told == []


@pytest.mark.parametrize("path", READ)
def test_spanish_pages_are_open_to_everybody(visit: Visit, path: str) -> None:
    assert findings(visit(path)) == []


def test_long_spanish_words_fit_a_small_screen_with_large_text(visit: Visit) -> None:
    page = visit("/es/", width=390)
    for path in READ:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, path


def test_the_switch_names_where_it_leads(visit: Visit) -> None:
    page = visit("/contact/")
    switch = page.get_by_role("link", name="Español (esta página en español)")
    expect(switch).to_have_attribute("lang", "es")
    switch.click()
    expect(page).to_have_title(re.compile("^Cómo comunicarse con nosotros"))
    page.get_by_role("link", name="English (this page in English)").click()
    expect(page).to_have_title(re.compile("^Contact us"))
