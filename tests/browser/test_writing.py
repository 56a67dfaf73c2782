"""From a sentence to patients: write, preview, upload, send, sign, publish and restore, by keyboard."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit, findings, overflow

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]
PLACE = "treatment/after-your-visit"
HEADING = "An invented heading"
LOOKS = ((390, "light"), (1280, "dark"))


def change_form(site: Site, place: str = PLACE) -> str:
    """Return where staff write a page."""
    number = site.ask(f"Page.objects.get(language='en', path={place!r}).pk")
    return f"/staff/education/page/{number}/change/"


def tab_to_text(page: Page) -> None:
    """Press Tab until the text has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('textarea.markdownx-editor')"):
            return
    raise AssertionError("Tab does not lead to the text")


def a_picture() -> dict[str, object]:
    """Return a small picture as somebody would choose it."""
    held = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(held, "PNG")
    return {"name": "Invented dots.png", "mimeType": "image/png", "buffer": held.getvalue()}


def write(page: Page) -> None:
    """Write a section by keyboard, take a source and put it back, and add a picture."""
    text, said, frame = (
        page.locator("textarea.markdownx-editor"),
        page.locator("[data-said]"),
        page.frame_locator("iframe"),
    )
    tab_to_text(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n## {HEADING}\n\nRest for a day.\n")
    expect(frame.get_by_role("heading", name=HEADING)).to_be_visible()
    expect(said).to_contain_text("Kept at")
    page.locator("summary", has_text="Find a source").press("Enter")
    page.get_by_label("Find a source").press_sequentially("nice-ng226")
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"\[@nice-ng226"))
    page.keyboard.press("Control+z")
    expect(text).not_to_have_value(re.compile(r"day\.\n\[@"))
    pick_one_after_the_other(page)
    page.get_by_label("Add a picture").set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"words"})
    expect(said).to_contain_text("picture")
    page.get_by_label("Add a picture").set_input_files(a_picture())
    expect(text).to_have_value(re.compile(r"!\[\]\(picture:invented-dots"))
    with page.expect_popup() as tab:
        page.get_by_role("link", name="Say who made it").press("Enter")
    tab.value.get_by_label("What it shows").fill("Two invented dots")
    tab.value.get_by_label("Credit").fill("An invented person, CC0")
    tab.value.get_by_label("Consent").select_option("nobody")
    tab.value.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(tab.value.locator(".messagelist")).to_be_visible()
    tab.value.close()
    text.press("Control+z")
    page.keyboard.type("![Two invented dots](picture:invented-dots)")


def pick_one_after_the_other(page: Page) -> None:
    """Pick a word by the beginning of its name, then a page: the second stands behind the first."""
    text = page.locator("textarea.markdownx-editor")
    before = text.input_value()
    for question, typed in (("Find a word of the glossary", "dext"), ("Find a page", "/treatment/risks/")):
        page.locator("summary", has_text=question).press("Enter")
        page.get_by_label(question).press_sequentially(typed)
        page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"\[dextrose\]\(#w-dextrose\)\[\]\(/treatment/risks/\)"))
    text.fill(before)


def save(page: Page, note: str) -> None:
    """Say what changed, to readers and to colleagues, and save with Enter."""
    page.get_by_label("Kind of change").select_option("safety")
    page.get_by_label("What changed, in plain words").fill("We say to rest for a day.")
    page.get_by_label("Where it stands").fill("lede")
    page.get_by_label("What you changed").fill(note)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()


def vouch_for(site: Site, name: str) -> None:
    """Write a clinician's staff record, as a manager does."""
    code = (
        "from education.models import StaffRecord; from django.contrib.auth.models import User; "
        f"StaffRecord.objects.create(user=User.objects.get(username={name!r}), name='Cora Testperson', "
        "role='test physiotherapist', registration='Zzyx Register 001', interests='none')"
    )
    site.manage("shell", "-c", code)


def test_words_go_from_their_author_over_a_clinician_to_patients(site: Site, sign_in: SignIn, visit: Visit) -> None:
    page = sign_in("arlo", change_form(site))
    write(page)
    assert findings(page, LOOKS) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    save(page, "Say to rest")
    page.get_by_role("button", name="Send for review").press("Enter")
    expect(page.get_by_text("In review").first).to_be_visible()

    vouch_for(site, "cora")
    clinician = sign_in("cora", change_form(site).replace("change", "review"))
    expect(clinician.locator("ins", has_text="invented").first).to_be_visible()
    clinician.get_by_role("link", name="Sign these words").press("Enter")
    clinician.get_by_label("I have read exactly these words").press("Space")
    clinician.get_by_role("button", name="Sign these words").press("Enter")
    expect(clinician.get_by_text("Signed. Your name stands under exactly these words.")).to_be_visible()

    assert HEADING not in page.request.get(f"/{PLACE}/").text()
    page.goto(change_form(site).replace("change", "review"))  # signed words may be published by their author
    page.get_by_role("button", name="Publish now").press("Enter")
    page.wait_for_url("**/change/")
    patient = visit(f"/{PLACE}/", width=390)
    expect(patient.get_by_role("heading", name=HEADING)).to_be_visible()
    expect(patient.get_by_role("link", name="Checked by Cora Testperson")).to_be_visible()
    expect(patient.locator("main picture img, main img").first).to_be_visible()

    page.goto(change_form(site))
    page.get_by_role("button", name="Restore").last.press("Enter")
    expect(page.locator("textarea.markdownx-editor")).not_to_have_value(re.compile(HEADING))
    assert HEADING in page.request.get(f"/{PLACE}/").text()


def test_words_outlive_their_window_and_colleagues_see_each_other(site: Site, sign_in: SignIn) -> None:
    form = change_form(site, "treatment/risks")
    page = sign_in("arlo", form)
    page.locator("textarea.markdownx-editor").press("Control+End")
    page.keyboard.type("Half a sent")
    expect(page.locator("[data-said]")).to_contain_text("Kept at")
    manager = sign_in("mona", form)
    expect(manager.get_by_text("Arlo has this page open, too, with unsaved words")).to_be_visible()
    page.close()
    again = sign_in("arlo", form, javascript=False, width=390)
    expect(again.get_by_role("heading", name="You have unsaved words from")).to_be_visible()
    assert overflow(again) == 0
    again.get_by_role("link", name="Use them").press("Enter")
    expect(again.locator("textarea.markdownx-editor")).to_have_value(re.compile("Half a sent"))
    again.goto(form)
    again.get_by_role("button", name="Throw them away").press("Enter")
    expect(again.get_by_role("heading", name="You have unsaved words from")).to_have_count(0)
