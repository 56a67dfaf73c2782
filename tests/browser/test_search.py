"""Searching with a keyboard, with a screen reader's tree, without script, and in every look."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Visit, findings

pytestmark = pytest.mark.browser


ASKED = {"empty": "", "found": "knee+exercise", "urgent": "chest+pain", "meant": "perineal", "nothing": "zzqx",
         "long": "x" * 300}  # fmt: skip


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_axe_finds_nothing_and_nothing_overflows(visit: Visit, asked: str) -> None:
    assert findings(visit(f"/search/?q={asked}")) == []


def test_search_works_without_script_from_any_page(visit: Visit) -> None:
    page = visit("/conditions/knee-pain/", javascript=False)
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    box = page.get_by_role("searchbox", name="What are you looking for?")
    box.fill("lumbago")
    box.press("Enter")
    page.get_by_role("region", name="Best match").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="Low back pain")).to_be_visible()


def test_the_next_page_does_not_learn_the_words(visit: Visit) -> None:
    page = visit("/search/?q=secretword+knee")
    with page.expect_request("**/conditions/knee-pain/") as asked:
        page.get_by_role("link", name="Knee pain", exact=True).first.click()
    assert "referer" not in asked.value.all_headers()
    page.wait_for_load_state()
    assert page.evaluate("document.referrer") == ""


def typed(page: Page, words: str) -> None:
    """Type into the box, letter by letter, and wait for what it offers."""
    box(page).press_sequentially(words)
    expect(page.get_by_role("listbox")).to_be_visible()


def box(page: Page) -> Locator:
    """Return the search box as assistive technology sees it once the script has run."""
    return page.get_by_role("combobox", name="What are you looking for?")


def test_suggestions_are_chosen_with_the_keyboard_and_heard(visit: Visit) -> None:
    page = visit("/search/")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    box(page).focus()
    typed(page, "headach")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text("6 suggestions")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    names = options.all_text_contents()
    assert names[0] == "Headaches"
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert findings(page, looks=((390, "light"), (390, "dark"))) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Headaches")
    expect(page.get_by_role("region", name="Best match").get_by_role("link").first).to_have_text("Headaches")


def test_the_tree_says_what_a_screen_reader_says(visit: Visit) -> None:
    page = visit("/search/")
    box(page).focus()
    typed(page, "kne")
    page.keyboard.press("ArrowDown")
    tree = page.get_by_role("search").aria_snapshot()
    assert '- combobox "What are you looking for?" [expanded]' in tree
    assert '- listbox "Suggestions"' in tree
    assert '- option "Knee pain" [selected]' in tree
    assert "- status: " in tree


def test_escape_closes_the_suggestions_and_keeps_the_words(visit: Visit) -> None:
    page = visit("/search/")
    box(page).focus()
    typed(page, "knee")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("knee")
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_a_suggestion_is_chosen_with_a_finger(visit: Visit) -> None:
    page = visit("/search/", width=390)
    box(page).focus()
    typed(page, "lumb")
    page.get_by_role("option", name="Low back pain").click()
    page.wait_for_url("**/search/?q=Low+back+pain")


def test_what_was_typed_is_sent_when_nothing_was_chosen(visit: Visit) -> None:
    page = visit("/search/")
    box(page).focus()
    typed(page, "knee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=knee")


def test_the_box_goes_on_working_when_suggestions_cannot_be_had(visit: Visit) -> None:
    page = visit("/search/")
    page.route("**/suggest/**", lambda route: route.abort())
    box(page).press_sequentially("knee")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=knee")


def test_no_log_of_the_site_holds_what_was_asked(visit: Visit, site: Site) -> None:
    page = visit("/search/?q=xylophonist")
    box(page).press_sequentially("s")
    page.wait_for_timeout(400)
    assert [log.name for log in site.var.glob("*.log") if "xylophonist" in log.read_text()] == []
