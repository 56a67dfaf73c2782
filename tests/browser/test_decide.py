"""The decision aid and the questions at a page's end: by keyboard, to a screen reader, on paper, never off the page."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Site, Visit, findings, overflow
from tests.browser.test_pages import widen

pytestmark = pytest.mark.browser

PATH = "/treatment/decide/"
NEEDLES = "I want to avoid needles"
FITS = "Waiting fits, and so does most usual care."


def mark(page: Page) -> None:
    """Mark two things that matter and tick a question."""
    page.get_by_role("group", name=NEEDLES).get_by_label("A lot").check()
    page.get_by_role("group", name="I want to do something now").get_by_label("Not much").check()
    page.get_by_label("What causes my pain?").check()


def test_axe_finds_nothing_before_and_after_everything_is_marked(visit: Visit) -> None:
    page = visit(PATH)
    assert findings(page) == []
    for box in page.locator(".weigh input[value=lot], .asks input, .teach input").all():
        box.check()
    page.get_by_role("button", name="Show my summary").click()
    assert findings(page) == []


def test_large_text_and_wide_spacing_do_not_overflow(visit: Visit) -> None:
    page = visit(PATH, width=390)
    mark(page)
    page.get_by_role("button", name="Show my summary").click()
    widen(page)
    assert overflow(page) == 0


def test_by_keyboard_alone_one_weighs_asks_reads_the_summary_and_starts_again(visit: Visit) -> None:
    page = visit(PATH)
    page.get_by_role("group", name=NEEDLES).get_by_label("A lot").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name=NEEDLES).get_by_label("A little")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.url.endswith(PATH)
    page.get_by_label("What causes my pain?").focus()
    page.keyboard.press("Space")
    for _question in range(7):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show my summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you marked")).to_be_focused()
    said = page.locator("[data-aid=said]")
    expect(said).to_contain_text(f"This matters a lot to me{NEEDLES}{FITS}")
    expect(said).to_contain_text("What causes my pain?")
    page.get_by_role("button", name="Start again").press("Enter")
    expect(said).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="All your marks are cleared.")).to_be_visible()
    assert page.locator("main input:checked").count() == 0


def test_the_summary_mirrors_and_names_no_winner(visit: Visit) -> None:
    page = visit(PATH)
    page.get_by_role("button", name="Show my summary").click()
    expect(page.get_by_text("You have not marked anything yet.")).to_be_visible()
    mark(page)
    expect(page.get_by_text("You have not marked anything yet.")).to_be_hidden()
    lists = page.locator("[data-of]:not([hidden])")
    assert [part.locator("h4").inner_text() for part in lists.all()] == [
        "This matters a lot to me",
        "This does not matter much to me",
        "Questions I take along",
    ]
    said = page.locator("[data-aid=said]").inner_text().lower().split()
    assert not {"score", "points", "recommend", "best"} & set(said)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_marked_never_leaves_the_page(visit: Visit, javascript: bool) -> None:
    page = visit(PATH, javascript=javascript)
    page.wait_for_load_state("networkidle")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    mark(page)
    page.locator(".teach input").first.check()
    for box in page.locator(".weigh input:checked, .asks input:checked, .teach input:checked").all():
        box.press("Enter")
    if javascript:
        page.get_by_role("button", name="Show my summary").click()
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]") == [
            0,
            0,
            "",
            "",
        ]
        alone = "[...document.querySelectorAll('.weigh input, .asks input, .teach input')].every((box) => !box.form)"
        assert page.evaluate(alone)
    assert page.url.endswith(PATH)
    assert [request.url for request in sent if "/favicon" not in request.url] == []
    assert page.context.cookies() == []


def test_without_script_it_is_a_sheet_to_mark_and_to_print(visit: Visit) -> None:
    page = visit(PATH, width=390, javascript=False)
    mark(page)
    expect(page.get_by_role("group", name=NEEDLES).get_by_label("A lot")).to_be_checked()
    expect(page.get_by_text("To keep what you marked, print this page.")).to_be_visible()
    expect(page.get_by_role("button", name="Show my summary")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("group", name=NEEDLES)).to_be_visible()
    expect(page.get_by_label("What causes my pain?")).to_be_visible()
    expect(page.locator(".teach [role=status]").first).to_contain_text("None of them.")
    assert page.locator(".teach [role=status] p").first.is_visible()


def test_the_summary_prints_alone(visit: Visit) -> None:
    page = visit(PATH)
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.only }")
    mark(page)
    page.get_by_role("button", name="Print my summary").click()
    assert page.evaluate("window.printed") == "said"
    page.emulate_media(media="print")
    for shown in (page.get_by_role("heading", level=1), page.get_by_text("Questions I take along")):
        expect(shown).to_be_visible()
    for hidden in (
        page.locator("#options"),
        page.locator(".weigh").first,
        page.locator("#sources"),
        page.locator("footer"),
    ):
        expect(hidden).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#options")).to_be_visible()


def test_what_a_screen_reader_is_told(visit: Visit) -> None:
    page = visit(PATH)
    assert page.get_by_role("group", name=NEEDLES).aria_snapshot().splitlines()[:4] == [
        f'- group "{NEEDLES}":',
        f"  - text: {NEEDLES}",
        '  - radio "A lot"',
        "  - text: A lot",
    ]
    snapshot = page.locator(".asks").aria_snapshot()
    assert '- checkbox "What causes my pain?"' in snapshot
    assert snapshot.count("- listitem") == 7


def test_a_question_at_the_end_answers_in_place_and_says_so(visit: Visit) -> None:
    page = visit("/conditions/knee-pain/", javascript=False)
    asked = page.get_by_role("group", name="What comes first for long-term knee pain?")
    told = asked.get_by_role("status")
    assert told.count() == 1  # there before it speaks, so that it is heard when it does
    expect(told.get_by_text("Choose exercises")).to_be_hidden()
    asked.get_by_label("PIT").focus()
    page.keyboard.press("Space")
    expect(told.get_by_text("Choose exercises")).to_be_visible()
    expect(page.get_by_role("group", name="Your knee is hot").get_by_role("status").locator("p")).to_be_hidden()
    assert "strong: Exercise." in told.aria_snapshot()


def test_readers_say_what_was_wrong_without_script_cookie_or_words_of_their_own(site: Site, visit: Visit) -> None:
    page = visit("/conditions/neck-pain/", width=390, javascript=False)
    page.get_by_role("button", name="No", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Thank you. What was wrong?")).to_be_visible()
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("I could not understand it").check()
    page.get_by_label("Which part of the page?").select_option(label="What usually helps")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("heading", name="Thank you", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to “Neck pain”").click()
    assert page.url.endswith("/conditions/neck-pain/")
    assert page.context.cookies() == []
    counted = site.ask("list(Opinion.objects.order_by('answer').values_list('answer', 'heading', 'count'))")
    assert ["no", "", 1] in counted  # type: ignore[operator]
    assert ["not-understood", "what-usually-helps", 1] in counted  # type: ignore[operator]


def test_axe_finds_nothing_on_the_way_of_an_answer_nor_where_staff_read_it(visit: Visit, sign_in: Visit) -> None:
    page = visit("/conditions/shoulder-pain/")
    page.get_by_role("button", name="No", exact=True).click()
    found = findings(page)
    page.get_by_role("button", name="Send").click()
    found += findings(page)
    page.get_by_label("It looks out of date").check()
    page.get_by_role("button", name="Send").click()
    found += findings(page)
    staff = sign_in("arlo", "/staff/education/page/readers/")
    expect(staff.get_by_text("1 × looks out of date")).to_be_visible()
    assert found + findings(staff) == []
