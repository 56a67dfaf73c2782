"""Every page: no accessibility finding, light, quick, and right at every width."""

import re
from pathlib import Path

import pytest
from django.conf import settings
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
    "decide": "/treatment/decide/",
    "compare": "/treatment/compare/",
    "causes": "/nerve-pain/why-nerves-get-sore/",
    "evidence": "/evidence/",
    "studies": "/evidence/studies/",
    "A to Z": "/a-to-z/",
    "claims": "/evidence/claims-you-may-hear/",
    "urgent": "/urgent-help/",
    "glossary": "/glossary/",
    "contact": "/contact/",
    "start of the request": "/consultation/",
    "not found": "/no-such-page/",
}
CONTENT = Path(settings.CONTENT_DIR)
MOST_BYTES, MOST_REQUESTS = 40 * 1024, 8


class Looker:
    """Looks at every page on the way, and gathers what is wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self) -> None:
        """Look at the page as it stands."""
        self.found += findings(self.page)

    def wrong_then_right(self, *labels: str) -> None:
        """Look at the question, at its errors, and answer it."""
        self.look()
        go_on(self.page)
        self.look()
        choose(self.page, *labels)

    def wrong_then_typed(self, label: str, words: str) -> None:
        """The same, with something to type."""
        self.look()
        go_on(self.page)
        self.look()
        self.page.get_by_label(label).fill(words)


def look_at_the_safety_check(looker: Looker) -> None:
    """Look at the check and at the advice, and pass."""
    page = looker.page
    page.get_by_role("link", name="Start my request", exact=True).click()
    looker.look()
    page.get_by_role("link", name="I have one of these").click()
    looker.look()
    page.goto("/consultation/safety/")
    pass_safety(page)


def look_at_the_questions(looker: Looker) -> None:
    """Look at every question with and without its errors, and answer it."""
    looker.wrong_then_right("Me")
    looker.wrong_then_right("Lower back")
    looker.look()
    pass_safety(looker.page)
    looker.wrong_then_typed("What should we call you?", "Zzyx Axeperson")
    go_on(looker.page)
    looker.wrong_then_right("Phone call")
    looker.wrong_then_typed("Phone number", "+44 1632 960 004")
    choose(looker.page, "Yes, with the clinic’s name")
    looker.wrong_then_right("Monday", "Afternoon")
    looker.look()
    choose(looker.page, "An interpreter")
    looker.wrong_then_typed("Which language do you need?", "Lojban")
    go_on(looker.page)
    looker.look()
    go_on(looker.page)


def test_axe_finds_nothing_in_any_step_of_the_request(visit: Visit) -> None:
    page = visit("/consultation/")
    looker = Looker(page)
    look_at_the_safety_check(looker)
    look_at_the_questions(looker)
    looker.look()
    page.get_by_role("button", name="Send my request").click()
    looker.look()
    send(page)
    looker.look()
    page.locator(".linkbox a").click()
    looker.look()
    assert looker.found == []


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


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/conditions/",
        "/conditions/knee-pain/",
        "/treatment/risks/",
        "/evidence/",
        "/evidence/claims-you-may-hear/",
    ],
)
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


def is_untranslated(path: str) -> bool:
    """Say whether a page has its English file, and not yet one in the language of this address."""
    language, _slash, rest = path.strip("/").partition("/")
    places = [
        any((CONTENT / code / f"{rest}{end}").is_file() for end in (".md", "/index.md")) for code in ("en", language)
    ]
    return (CONTENT / language).is_dir() and places == [True, False]


def test_every_link_of_every_page_leads_somewhere(site: Site, visit: Visit) -> None:
    page = visit("/")
    todo, seen, broken = ["/"], {"/"}, []
    while todo:
        path = todo.pop()
        answer = page.request.get(path)
        if answer.status == 404 and is_untranslated(path):
            assert 'hreflang="en"' in answer.text(), path  # it says so, and leads to the page in English
            continue
        if answer.status != 200:
            broken.append(path)
            continue
        if not answer.headers["content-type"].startswith("text/html"):
            continue  # a page's own Markdown
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
