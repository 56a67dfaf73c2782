"""The front desk finds, takes, calls and closes; nobody sees more than their part."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.conftest import Site, findings, launch_options, overflow
from tests.browser.plain import PlainPatient
from tests.browser.test_pages import widen

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]


def received(site: Site, name: str, phone: str, message: str = "") -> str:
    """Let a patient ask, and return the reference."""
    patient = PlainPatient(site.url)
    patient.answer_all(name=name, phone=phone, message=message)
    return patient.send()


def test_the_front_desk_finds_takes_calls_and_closes(site: Site, sign_in: SignIn) -> None:
    reference = received(site, "Zzyx Deskperson", "+44 1632 960 010", "Please speak up")
    page = sign_in("ana")
    page.get_by_role("searchbox").fill("zzyx deskperson")
    page.get_by_role("searchbox").press("Enter")
    row = page.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Zzyx Deskperson")
    expect(row).to_contain_text("Nobody")
    row.get_by_role("button", name="Take").click()  # whoever takes it sees at once how to reach them
    expect(page.get_by_role("heading", name=reference)).to_be_visible()
    expect(page.get_by_text("Please speak up")).to_be_visible()
    expect(page.get_by_role("link", name="+44 1632 960 010")).to_be_visible()
    page.get_by_role("button", name="Log a call").or_(page.get_by_role("link", name="Log a call")).first.click()
    page.get_by_label("Reached", exact=True).check()
    page.get_by_label("Note").fill("Will come on Tuesday")
    page.get_by_role("button", name="Log").first.click()
    page.get_by_role("button", name="Close").or_(page.get_by_role("link", name="Close")).first.click()
    page.get_by_label("A visit was agreed").check()
    page.get_by_role("button", name="Close").first.click()
    bare = reference.replace("-", "")
    assert site.ask(
        f"[[r.state, r.outcome, [e.kind for e in r.events.order_by('pk')]] "
        f"for r in ConsultationRequest.objects.filter(reference={bare!r})]"
    ) == [["closed", "visit", ["received", "taken", "called", "closed"]]]


def test_two_people_cannot_take_one_request(site: Site, sign_in: SignIn) -> None:
    reference = received(site, "Zzyx Raceperson", "+44 1632 960 011")
    ana, ben = sign_in("ana"), sign_in("ben")
    for page in (ana, ben):
        page.get_by_role("row").filter(has_text=reference).get_by_role("button", name="Take").click()
    expect(ben.get_by_text("Ana took this")).to_be_visible()


@pytest.mark.parametrize(("name", "sees_queue"), [("ana", True), ("cleo", True), ("mona", True), ("arlo", False)])
def test_each_role_sees_only_its_part(sign_in: SignIn, name: str, sees_queue: bool) -> None:
    page = sign_in(name)
    answer = page.goto("/staff/booking/consultationrequest/")
    assert answer is not None
    assert answer.status == (200 if sees_queue else 403)


def test_axe_finds_nothing_in_the_queue(site: Site, sign_in: SignIn) -> None:
    reference = received(site, "Zzyx Eyeperson", "+44 1632 960 012")
    page = sign_in("mona")
    found = findings(page)
    page.get_by_role("link", name=reference).click()
    assert found + findings(page) == []


@pytest.mark.parametrize("path", ["", "auth/user/", "auth/user/add/", "education/page/", "password_change/"])
def test_the_rest_of_the_admin_keeps_the_policy(sign_in: SignIn, path: str) -> None:
    page = sign_in("mona")
    answer = page.goto(f"/staff/{path}")
    assert answer is not None
    assert answer.status == 200  # `visit` fails on any breach of the content security policy


def test_no_width_and_no_long_name_makes_a_staff_list_run_out_of_the_screen(site: Site, sign_in: SignIn) -> None:
    received(site, "Wolfeschlegelsteinhausenbergerd X", "+44 1632 960 012")
    page, wide = sign_in("mona"), {}
    for place in ("booking/consultationrequest", "education/page"):
        page.goto(f"/staff/{place}/")
        for width in (320, 390, 970, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide[place, width] = overflow(page)
    assert {where: pixels for where, pixels in wide.items() if pixels > 0} == {}


LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffs"
A_CHANGE = (
    "from clinic_site.second_pair import *; from django.utils import timezone; "
    "p = User.objects.get; ask(p(username='cleo'), 'email', by=p(username='ben'), at=timezone.now(), "
    "value='a-long-address-of-an-invented-person@clinic.example.org')"
)
LINKS = """[...document.querySelectorAll(".request a, .request form")]
    .map(each => new URL(each.getAttribute("href") || each.getAttribute("action") || "", location))
    .filter(each => each.pathname.startsWith(location.pathname.replace("change/", ""))).map(each => each.pathname)"""
STAFF_PAGES = (
    *("booking/consultationrequest/", "education/page/", "education/page/1/change/", "education/page/1/compare/"),
    *("education/page/1/review/", "education/page/1/reviews/", "education/page/1/withdraw/"),
    *("clinic_site/accountchange/", "clinic_site/accountchange/1/change/", "auth/user/", "password_change/"),
)


def too_wide(
    page: Page, places: list[str], *, spaced: bool = False, widths: tuple[int, ...] = (320, 390)
) -> dict[tuple[str, int], int]:
    """Return by how many pixels which staff page runs out of a telephone's screen."""
    wide = {}
    for place in places:
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 200, place
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            if spaced:
                widen(page)
            wide[place, width] = overflow(page)
    return {where: pixels for where, pixels in wide.items() if pixels > 0}


def test_no_staff_page_runs_out_of_a_telephone_with_large_letters_or_wide_spacing(
    site: Site, sign_in: SignIn, browser_type: BrowserType
) -> None:
    reference = received(site, LONG_NAME, "+44 1632 960 014")
    site.manage("shell", "-c", A_CHANGE)
    page = sign_in("mona")
    page.goto("/staff/booking/consultationrequest/")
    page.get_by_role("row").filter(has_text=reference).get_by_role("button", name="Take").click()
    page.get_by_role("heading", name=reference).wait_for()
    moves = page.evaluate(LINKS)
    assert len(moves) >= 5
    places = [page.url, *moves, *(f"/staff/{each}" for each in STAFF_PAGES)]
    assert too_wide(page, places) == {}
    assert too_wide(page, places, spaced=True, widths=(390,)) == {}
    large = browser_type.launch(**launch_options("--blink-settings=defaultFontSize=32"))  # twice the usual
    context = large.new_context(base_url=site.url, storage_state=str(site.var / "mona.browser.json"))
    try:
        assert too_wide(context.new_page(), places, widths=(390,)) == {}
    finally:
        large.close()
