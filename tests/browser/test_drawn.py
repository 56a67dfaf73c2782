"""Drawings, the body picker and the plot, as eyes, keyboards and screen readers meet them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from education.areas import AREAS
from education.markdown.context import drawings
from tests.browser.conftest import Visit, findings, overflow

pytestmark = pytest.mark.browser

PICKER = "body-plate"
A4 = 700
"""How wide paper is between its margins, in pixels."""
BESIDE_EACH_OTHER = """svg => {
    const seen = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBBox(), text.getCTM()]);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const box = ([, b]) => [b.x + 1, b.y + 4, b.x + b.width - 1, b.y + b.height - 4];
    const out = seen.filter(each => {
        const [x, , end, bottom] = box(each);
        return x < 0 || end > width || bottom > height;
    }).map(each => `outside: ${each[0]}`);
    seen.forEach((one, at) => seen.slice(at + 1).forEach(other => {
        const [a, b] = [box(one), box(other)];
        if (a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]) out.push(`${one[0]} on ${other[0]}`);
    }));
    return out;
}"""
LONGER = """svg => svg.querySelectorAll("text").forEach(text => {
    if (text.textContent.length > 1) text.textContent += "e".repeat(Math.ceil(text.textContent.length * 0.3));
})"""


@pytest.fixture(scope="module")
def sheet(site: object, browser: Browser) -> Iterator[Page]:
    """A page of the site on a phone, on which the drawings stand in place of its words."""
    page = browser.new_page(base_url=site.url, viewport={"width": 390, "height": 900})  # type: ignore[attr-defined]
    page.goto("/conditions/knee-pain/")
    figures = "".join(
        f'<figure class="fig" id="{name}">{svg}</figure>' for name, svg in drawings().items() if name != PICKER
    )
    page.evaluate("html => { document.querySelector('main').innerHTML = `<div class='wrap'>${html}</div>` }", figures)
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


@pytest.mark.parametrize("name", sorted(set(drawings()) - {PICKER}))
def test_labels_stand_apart_and_leave_room_for_words_a_third_longer(sheet: Page, name: str) -> None:
    drawing = sheet.locator(f"#{name} svg")
    assert drawing.evaluate(BESIDE_EACH_OTHER) == []
    size = drawing.locator("text").first.evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    )
    assert size >= 15
    drawing.evaluate(LONGER)
    assert drawing.evaluate(BESIDE_EACH_OTHER) == []


@pytest.mark.parametrize("path", ["/conditions/migraine/", "/nerve-pain/how-pain-signals-work/", "/evidence/"])
def test_every_picture_has_a_name_for_those_who_do_not_see_it(visit: Visit, path: str) -> None:
    page = visit(path)
    pictures = page.locator("main svg:not([aria-hidden]):visible")
    assert pictures.count() == page.get_by_role("img").count() >= 1
    for picture in pictures.all():
        title = str(picture.locator("title").first.text_content())
        assert page.get_by_role("img", name=title, exact=True).count() == 1


def test_the_body_picker_is_one_list_of_links_head_to_foot(visit: Visit) -> None:
    page = visit("/")
    picker = page.get_by_role("navigation", name="Where does it hurt?")
    links = picker.get_by_role("link")
    assert links.all_text_contents() == [str(area.label) for area in AREAS]
    assert [link.get_attribute("href") for link in links.all()] == [f"/{area.page}/" for area in AREAS]


def test_a_screen_reader_meets_the_body_picker_as_links_without_the_figure(visit: Visit) -> None:
    tree = visit("/").get_by_role("navigation", name="Where does it hurt?").aria_snapshot()
    assert [line.strip() for line in tree.splitlines() if "- link" in line] == [
        f'- link "{area.label}":' for area in AREAS
    ]
    assert "- img" not in tree


def test_the_body_picker_takes_keys_and_meets_each_place_once(visit: Visit) -> None:
    page = visit("/conditions/", width=1280)
    page.get_by_role("link", name="By how sure we are").focus()
    met = []
    for _area in AREAS:
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert met == [str(area.label) for area in AREAS]
    page.keyboard.press("Enter")
    page.wait_for_url("**/conditions/mortons-neuroma/")


def test_a_dot_of_the_body_picker_leads_where_its_word_leads(visit: Visit) -> None:
    page = visit("/", width=390)
    page.locator('.map svg a[href="/conditions/knee-pain/"] .hit').click()
    page.wait_for_url("**/conditions/knee-pain/")


def test_conditions_are_chosen_by_place_name_or_certainty_without_script(visit: Visit) -> None:
    page = visit("/conditions/", width=390, javascript=False)
    for way, condition in (
        ("By place on the body", "Migraine"),
        ("From A to Z", "Knee pain"),
        ("By how sure we are", "Neck pain"),
    ):
        page.goto("/conditions/")
        page.get_by_role("navigation", name="Ways to choose").get_by_role("link", name=way).click()
        heading = page.get_by_role("heading", name=way)
        assert heading.evaluate("heading => Math.abs(heading.getBoundingClientRect().top) < 120")
        heading.locator("xpath=following-sibling::*[self::dl or self::ul][1]").get_by_role(
            "link", name=condition
        ).click()
        assert page.locator("h1").text_content() == condition


def test_a_mark_of_the_plot_is_told_by_shape_number_and_outline_not_by_colour_alone(visit: Visit) -> None:
    page = visit("/evidence/", width=320)
    page.emulate_media(forced_colors="active")
    plot = page.locator("svg.plot")
    assert plot.evaluate("svg => getComputedStyle(svg).forcedColorAdjust") == "none"
    kinds = {"same": "circle", "related": "path", "different": "path"}
    for nearness, shape in kinds.items():
        marks = plot.locator(f"g.{nearness} > g.mk")
        assert marks.count() == marks.locator(shape).count() == marks.locator("text").count() >= 4
    dashes = {
        kind: plot.locator(f".mk.{kind}").first.evaluate("mark => getComputedStyle(mark).strokeDasharray")
        for kind in ("dummy", "compared", "alone")
    }
    assert dashes["alone"] != dashes["dummy"] == dashes["compared"] == "none"
    fills = {
        kind: plot.locator(f".mk.{kind}").first.evaluate("mark => getComputedStyle(mark).fill")
        for kind in ("dummy", "compared")
    }
    assert fills["dummy"] != fills["compared"]


def test_a_number_of_the_plot_leads_through_its_table_to_what_was_found(visit: Visit) -> None:
    page = visit("/evidence/", width=390)
    row = page.get_by_role("row", name="Shoulder, 2026")
    number = str(row.get_by_role("rowheader").text_content()).partition(".")[0]
    assert page.locator("svg.plot .mk.dummy text", has_text=number).count() >= 1
    row.get_by_role("link").click()
    page.wait_for_url(f"**/evidence/studies/#study-{number}")
    assert "One place better at 2 weeks" in str(page.locator(f"#study-{number}").text_content())


@pytest.mark.parametrize("path", ["/evidence/", "/evidence/studies/", "/conditions/shoulder-pain/"])
def test_evidence_can_be_read_on_paper_and_with_large_text(visit: Visit, path: str) -> None:
    page = visit(path, width=320)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert overflow(page) == 0
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")
    assert overflow(page) == 0
    assert findings(page, looks=((A4, "light"),)) == []
