"""Every page: no accessibility finding, light, quick, and right at every width."""

import re

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Site, Visit, findings, overflow
from tests.browser.journey import choose, go_on, pass_safety, send

pytestmark = pytest.mark.browser

KINDS = {
    "home": "/",
    "hub": "/treatment/",
    "conditions": "/conditions/",
    "condition": "/conditions/knee-pain/",
    "headaches": "/conditions/headaches/",
    "page": "/treatment/risks/",
    "causes": "/nerve-pain/why-nerves-get-sore/",
    "evidence": "/evidence/",
    "claims": "/evidence/claims-you-may-hear/",
    "urgent": "/urgent-help/",
    "glossary": "/glossary/",
    "contact": "/contact/",
    "start of the request": "/consultation/",
    "not found": "/no-such-page/",
}
MOST_BYTES, MOST_REQUESTS = 40 * 1024, 8


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_nothing_and_nothing_overflows(visit: Visit, path: str) -> None:
    assert findings(visit(path)) == []


def test_axe_finds_nothing_in_any_step_of_the_request(visit: Visit) -> None:
    page = visit("/consultation/")
    found: list[str] = []

    def look() -> None:
        found.extend(findings(page))

    def wrong_then_right(*labels: str) -> None:
        look()
        go_on(page)
        look()
        choose(page, *labels)

    page.get_by_role("link", name="Start", exact=True).click()
    look()
    page.get_by_role("link", name="I have one of these").click()
    look()
    page.goto("/consultation/safety/")
    pass_safety(page)
    wrong_then_right("Me")
    wrong_then_right("Lower back")
    look()
    pass_safety(page)
    look()
    go_on(page)
    look()
    page.get_by_label("What should we call you?").fill("Zzyx Axeperson")
    go_on(page)
    wrong_then_right("Phone call")
    look()
    go_on(page)
    look()
    page.get_by_label("Phone number").fill("+44 1632 960 004")
    choose(page, "Yes, with the clinic’s name")
    wrong_then_right("Monday", "Afternoon")
    look()
    choose(page, "An interpreter")
    look()
    page.get_by_label("Which language do you need?").fill("Lojban")
    go_on(page)
    look()
    go_on(page)
    look()
    page.get_by_role("button", name="Send my request").click()
    look()
    send(page)
    look()
    page.locator(".linkbox a").click()
    look()
    assert found == []


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_a_first_visit_is_light(visit: Visit, path: str) -> None:
    page = visit("about:blank", width=390)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # a bound method would not do: the driver marks it
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sizes = [response.request.sizes() for response in responses if response.url.startswith("http")]
    assert len(sizes) <= MOST_REQUESTS
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES


@pytest.mark.parametrize("path", ["/", "/conditions/knee-pain/", "/treatment/risks/", "/evidence/claims-you-may-hear/"])
def test_large_text_and_wide_spacing_do_not_overflow(visit: Visit, path: str) -> None:
    page = visit(path, width=390)
    widen(page)
    assert overflow(page) == 0


def widen(page: Page) -> None:
    """Double the text and set the spacing of WCAG 1.4.12, as a reader's own style would."""
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`html { font-size: 200% !important; }
                * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
                p { margin-block-end: 2em !important; }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )


def test_every_link_of_every_page_leads_somewhere(site: Site, visit: Visit) -> None:
    page = visit("/")
    todo, seen, broken = ["/"], {"/"}, []
    while todo:
        path = todo.pop()
        answer = page.request.get(path)
        if answer.status != 200:
            broken.append(path)
            continue
        html = answer.text()
        assert html.count("<h1") == 1, path
        if "noindex" not in html:
            assert re.search(r'<meta name="description" content="[^"]{30,}', html), path
        for link in re.findall(r'href="(/[^"#?]*)', html):
            if link not in seen and not link.startswith(("/static/", "/consultation/begin")):
                seen.add(link)
                todo.append(link)
    assert broken == []
    assert len(seen) >= 35
