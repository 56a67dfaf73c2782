"""A manager writes a record, a clinician signs by keyboard, somebody from outside marks a sentence without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit, findings

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]
PLACE = "conditions/migraine"


def reviews_of(site: Site, path: str) -> str:
    """Return where staff see a page's signatures."""
    number = site.ask(f"Page.objects.get(language='en', path={path!r}).pk")
    return f"/staff/education/page/{number}/reviews/"


def test_a_clinician_signs_by_keyboard_what_a_manager_vouches_for(site: Site, sign_in: SignIn, visit: Visit) -> None:
    manager = sign_in("mona", "/staff/education/staffrecord/add/")
    manager.get_by_label("Account").select_option(label="Cleo")
    manager.get_by_label("Name as patients read it").fill("Cleo Testperson")
    manager.get_by_label("Profession and role").fill("test physiotherapist")
    manager.get_by_label("Registration").fill("Zzyx Register 000")
    manager.get_by_label("Interests").fill("none")
    manager.get_by_role("button", name="Save", exact=True).click()
    expect(manager.get_by_text("Cleo Testperson").first).to_be_visible()

    page = sign_in("cleo", reviews_of(site, PLACE))
    page.get_by_role("link", name="Sign the words saved last").press("Enter")
    expect(page.frame_locator("iframe").get_by_role("heading", name="Migraine").first).to_be_visible()
    assert findings(page, ((390, "light"), (1280, "dark"))) == []
    page.get_by_label("I have read exactly these words").press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Signed. Your name stands under exactly these words.")).to_be_visible()

    patient = visit(f"/{PLACE}/")
    expect(patient.get_by_role("link", name="Checked by Cleo Testperson")).to_be_visible()
    assert findings(patient, ((320, "dark"), (1280, "light"))) == []


def test_somebody_from_outside_marks_a_sentence_once_without_script(site: Site, sign_in: SignIn, visit: Visit) -> None:
    page = sign_in("arlo", reviews_of(site, PLACE))
    page.get_by_label("Who is asked").fill("Gus Testguest")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".secret").inner_text().removeprefix(site.url)
    assert findings(page, ((390, "dark"), (1280, "light"))) == []

    for place in (link, f"{link}answer/"):
        assert findings(visit(place), ((320, "light"), (1280, "dark"))) == []
    guest = visit(link, width=390, javascript=False)
    expect(guest.get_by_role("heading", name="Migraine", exact=True)).to_be_visible()
    guest.get_by_role("link", name="I have read it: answer").click()
    guest.get_by_label("Something should change").check()
    guest.get_by_label("Your name").fill("Gus Testguest")
    guest.get_by_role("button", name="Send my answer").click()
    expect(guest.get_by_label("Your name")).to_have_value("Gus Testguest")
    guest.locator("summary").first.click()
    guest.locator("details textarea").nth(1).fill("Say since when.")
    guest.get_by_role("button", name="Send my answer").click()
    expect(guest.get_by_role("heading", name="This link was answered")).to_be_visible()

    page.goto(reviews_of(site, PLACE))
    expect(page.get_by_role("cell", name="Say since when.")).to_be_visible()
    assert findings(page, ((390, "light"),)) == []
