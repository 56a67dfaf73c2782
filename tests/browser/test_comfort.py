"""Reading in comfort: words explained in place, settings that stay in the browser, help without a network."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, findings

PAGE = "/conditions/knee-pain/"
SETTINGS = "/about/reading-settings/"


def first_word(page: Page) -> tuple[str, str]:
    """Return the first medical word of the page and what the list at its end says of it."""
    link = page.locator("a.term").first
    target = str(link.get_attribute("href"))
    return link.inner_text(), page.locator(f'dt[id="{target[1:]}"] + dd').inner_text()


def test_a_word_opens_its_meaning_beside_it_by_keyboard(visit: Visit) -> None:
    page = visit(PAGE, width=390)
    word, meaning = first_word(page)
    button = page.get_by_role("button", name=word, exact=True).first
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    box = page.locator(".meaning:popover-open")
    expect(box).to_contain_text(meaning)
    expect(button).to_have_attribute("aria-expanded", "true")
    assert findings(page, looks=((390, "light"), (390, "dark"))) == []
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(button).to_be_focused()
    assert page.url.endswith(PAGE)


def test_a_screen_reader_hears_the_meaning_right_after_its_word(visit: Visit) -> None:
    page = visit(PAGE)
    word, meaning = first_word(page)
    sentence = page.locator("p", has=page.get_by_role("button", name=word, exact=True)).first
    assert f'- button "{word}"\n' in sentence.aria_snapshot() + "\n"
    assert meaning not in sentence.aria_snapshot()
    sentence.get_by_role("button", name=word, exact=True).press("Enter")
    after = sentence.aria_snapshot().partition(f'- button "{word}" [expanded]')[2]
    assert meaning in after


def test_a_word_is_closed_by_pressing_it_again_and_never_opens_on_hover(visit: Visit) -> None:
    page = visit(PAGE)
    word = page.locator("a.term").first
    word.hover()
    expect(page.locator(".meaning:popover-open")).to_have_count(0)
    word.click()
    expect(page.locator(".meaning:popover-open")).to_have_count(1)
    word.click()
    expect(page.locator(".meaning:popover-open")).to_have_count(0)


def test_a_word_leads_to_the_list_without_scripts(visit: Visit) -> None:
    page = visit(PAGE, javascript=False)
    word = page.locator("a.term").first
    target = str(word.get_attribute("href"))
    word.click()
    assert page.url.endswith(target)
    expect(page.locator(f'dt[id="{target[1:]}"]')).to_be_in_viewport()


def test_settings_hold_on_every_page_and_leave_no_cookie(visit: Visit) -> None:
    page = visit(SETTINGS, width=390)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Dark", exact=True).check()
    page.get_by_label("Largest").check()
    page.get_by_label("Roomier").check()
    page.get_by_label("Those of my device").check()
    expect(page.locator("#reading-status")).to_have_text("Kept in this browser.")
    assert findings(page, looks=((390, "light"),)) == []
    page.goto("/consultation/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == pytest.approx(25.6)
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("system-ui")
    page.goto(PAGE)
    assert findings(page, looks=((390, "light"), (320, "light"))) == []
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] != "csrftoken"] == []


def test_the_usual_is_marked_before_anybody_chose(visit: Visit) -> None:
    page = visit(SETTINGS)
    for usual in ("As my device says", "Those of this site"):
        expect(page.get_by_label(usual)).to_be_checked()
    assert page.locator("[data-reading] :checked").count() == page.locator("[data-reading] fieldset").count()


def test_settings_go_back_to_the_usual(visit: Visit) -> None:
    page = visit(SETTINGS)
    page.get_by_label("Dark", exact=True).check()
    page.reload()
    expect(page.get_by_label("Dark", exact=True)).to_be_checked()
    page.get_by_role("button", name="Back to the usual").click()
    expect(page.get_by_label("Light", exact=True)).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.documentElement.dataset.theme || ''") == ""


def test_without_scripts_the_page_shows_no_choices_that_do_nothing(visit: Visit) -> None:
    page = visit(SETTINGS, javascript=False)
    expect(page.get_by_label("Dark", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="What your device can do")).to_be_visible()


def test_urgent_help_opens_without_a_network(visit: Visit) -> None:
    page = visit("/urgent-help/", width=390)
    expect(page.get_by_text("Opens without a network, too")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/urgent-help/")
    expect(page.get_by_role("heading", level=1)).to_have_text("When to get help now")
    assert page.evaluate("getComputedStyle(document.querySelector('.strip')).backgroundColor") == "rgb(9, 59, 53)"
    page.goto("/treatment/after-your-visit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("After your visit")
    page.goto(PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no network")
    page.goto(f"/es{PAGE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("No tiene conexión")
    page.goto(PAGE)
    page.locator("main").get_by_role("link", name="When to get help now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When to get help now")
    page.context.set_offline(False)


def test_a_browser_keeps_nothing_but_those_pages(visit: Visit) -> None:
    page = visit("/urgent-help/")
    expect(page.get_by_text("Opens without a network, too")).to_be_visible()
    page.goto(PAGE)
    page.goto("/consultation/")
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys())"
        ".map(r => new URL(r.url).pathname)))).flat().filter(p => !p.startsWith('/static/'))"
    )
    assert [path for path in sorted(kept) if not path.startswith("/es/")] == [
        "/offline/",
        "/treatment/after-your-visit/",
        "/urgent-help/",
    ]
    assert {"/es/offline/", "/es/urgent-help/"} <= set(kept)
