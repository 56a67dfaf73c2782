"""A patient reads about a knee, asks for a consultation, and is never lost on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.journey import Patient, answer_all, answer_area, back, begin, choose, go_on, pass_safety, send
from tests.browser.plain import PlainPatient

pytestmark = pytest.mark.browser


def at_check(site: Site, visit: Visit, *, name: str = "Zzyx Testperson", phone: str) -> Page:
    """Stand at the check page with every question answered."""
    patient = PlainPatient(site.url)
    patient.answer_all(name=name, phone=phone)
    page = visit("/")
    patient.hand_over(page.context)
    page.goto("/consultation/check/")
    return page


REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_patient_reads_a_condition_and_asks(site: Site, visit: Visit, javascript: bool) -> None:
    page = visit("/", width=390, javascript=javascript)
    page.get_by_role("navigation", name="Where does it hurt?").get_by_role("link", name="Knee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knee pain")
    expect(page.get_by_text("Not yet checked by a clinician")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Ask for a consultation").click()
    page.get_by_role("link", name="Start my request", exact=True).click()
    pass_safety(page)
    choose(page, "Me")
    expect(page.get_by_label("Knee", exact=True)).to_be_checked()  # the page's own area came along, and may be changed
    answer_area(page, "Knee")
    name = f"Zzyx {'Scripted' if javascript else 'Plain'}person"
    page.get_by_label("What should we call you?").fill(name)
    go_on(page)
    choose(page, "E-mail")
    page.get_by_label("What is your e-mail address?").fill("zzyx@example.org")
    go_on(page)
    choose(page, "Any time", "Morning")
    choose(page, "None of these")
    go_on(page)
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    reference = send(page)
    assert REFERENCE.fullmatch(reference)
    expect(page.get_by_text("A person will contact you by")).to_be_visible()
    kept = site.ask(
        "[[str(r), r.name, r.events.count(), sorted(m.kind for m in r.messages.all())] "
        f"for r in ConsultationRequest.objects.filter(reference={reference.replace('-', '')!r})]"
    )
    assert kept == [[reference, name, 1, ["acknowledgement", "staff_notice"]]]


def test_the_private_page_shows_the_state_and_lets_one_withdraw(site: Site, visit: Visit) -> None:
    page = at_check(site, visit, phone="+44 1632 960 001")
    reference = send(page)
    page.locator(".linkbox a").click()
    expect(page).to_have_title("Your request")
    expect(page.get_by_text(reference)).to_be_visible()
    assert "Zzyx" not in page.content()
    page.get_by_role("link", name="Withdraw my request").click()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    bare = reference.replace("-", "")
    assert site.ask(f"ConsultationRequest.objects.get(reference={bare!r}).outcome") == "withdrawn"


def test_errors_take_the_focus_and_keep_what_was_typed(visit: Visit) -> None:
    page = visit("/consultation/", javascript=False, width=390)
    begin(page)
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".err")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link", name="Choose who the consultation is for")).to_be_visible()
    choose(page, "Me")
    choose(page, "I would rather not say")
    pass_safety(page) if page.url.endswith("/about/check/") else None
    page.get_by_label("What should we call you?").fill("x" * 101)
    go_on(page)
    expect(page.get_by_label("What should we call you?")).to_have_value("x" * 101)
    expect(page.locator(".err")).to_contain_text("Name must be 100 characters or fewer")


def test_back_shows_the_question_again_after_an_error(visit: Visit) -> None:
    page = visit("/consultation/", width=390)
    begin(page)
    go_on(page)
    choose(page, "Me")
    back(page, "**/who/")
    expect(page.get_by_label("Me", exact=True)).to_be_checked()
    expect(page.locator(".err")).to_have_count(0)


def test_reload_back_and_a_second_tab_lose_nothing(visit: Visit) -> None:
    page = visit("/consultation/")
    begin(page)
    choose(page, "Me")
    answer_area(page, "Foot")
    second = page.context.new_page()
    second.goto("/consultation/who/")
    expect(second.get_by_label("Me", exact=True)).to_be_checked()
    page.get_by_label("What should we call you?").fill("Zzyx Tabperson")
    go_on(page)
    choose(second, "An adult I help, and they agree")
    back(page, "**/name/")
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("Zzyx Tabperson")
    second.goto("/consultation/about/")
    expect(second.get_by_label("Foot", exact=True)).to_be_checked()


def test_pressing_send_twice_gives_one_request(site: Site, visit: Visit) -> None:
    page = at_check(site, visit, name="Zzyx Twiceperson", phone="+44 1632 960 002")
    before = site.ask("ConsultationRequest.objects.count()")
    twin = page.context.new_page()
    twin.goto("/consultation/check/")
    reference = send(page)
    twin.get_by_label("I agree that").check()
    twin.get_by_role("button", name="Send my request").click()
    expect(twin.get_by_text(reference).first).to_be_visible()
    back(page, re.compile(r"/consultation/(?!done/)"))
    expect(page.get_by_text(reference).first).to_be_visible()
    assert site.ask("ConsultationRequest.objects.count()") == before + 1


def test_an_expired_session_keeps_the_answer_just_typed(site: Site, visit: Visit) -> None:
    page = visit("/consultation/")
    begin(page)
    choose(page, "Me")
    answer_area(page, "Foot")
    page.get_by_label("What should we call you?").fill("Zzyx Lateperson")
    page.context.clear_cookies(name="draft")
    go_on(page)
    pass_safety(page)
    choose(page, "Me")
    answer_area(page, "Foot")
    if page.url.endswith("/name/"):
        expect(page.get_by_label("What should we call you?")).to_have_value("Zzyx Lateperson")
    else:
        page.goto("/consultation/name/")
        expect(page.get_by_label("What should we call you?")).to_have_value("Zzyx Lateperson")


def test_a_lost_safety_cookie_keeps_everything_typed(visit: Visit) -> None:
    page = visit("/consultation/")
    begin(page)
    choose(page, "Me")
    answer_area(page, "Foot")
    page.get_by_label("What should we call you?").fill("Zzyx Cookieperson")
    page.context.clear_cookies(name="csrftoken")
    go_on(page)
    page.get_by_role("button").first.click()
    page.goto("/consultation/name/")
    expect(page.get_by_label("What should we call you?")).to_have_value("Zzyx Cookieperson")


def test_urgent_signs_are_advised_first_and_may_still_ask(site: Site, visit: Visit) -> None:
    page = visit("/consultation/")
    page.get_by_role("link", name="Start my request", exact=True).click()
    page.get_by_role("link", name="I have one of these, or I am not sure").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help first")
    page.get_by_role("button", name="I still want to ask").click()
    answer_all(page, Patient(name="Zzyx Urgentperson", phone="+44 1632 960 003"))
    reference = send(page).replace("-", "")
    kept = site.ask(
        f"[[r.urgent_signs, r.priority] for r in ConsultationRequest.objects.filter(reference={reference!r})]"
    )
    assert kept == [["still_asking", 1]]


def test_answers_can_be_deleted_on_the_way(visit: Visit) -> None:
    page = visit("/consultation/")
    begin(page)
    choose(page, "Me")
    page.get_by_role("link", name="Delete my answers and leave").click()
    page.get_by_role("button", name="Delete").click()
    page.goto("/consultation/")
    expect(page.get_by_role("link", name="Start my request", exact=True)).to_be_visible()


def test_reading_sets_no_cookie(visit: Visit) -> None:
    page = visit("/")
    for path in ("/conditions/knee-pain/", "/urgent-help/", "/evidence/"):
        page.goto(path)
    assert page.context.cookies() == []


def test_the_whole_request_is_done_by_keyboard(visit: Visit, tab_to: Callable[[Page, str], None]) -> None:
    page = visit("/consultation/")
    for label, place in (("Start my request", "**/safety/"), ("I have none of these", "**/who/")):
        tab_to(page, label)
        page.keyboard.press("Enter")
        page.wait_for_url(place)
    tab_to(page, "Me")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/about/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like to talk about?")


@pytest.fixture
def tab_to() -> Callable[[Page, str], None]:
    """Press Tab until the control with these words has the focus."""

    def press(page: Page, words: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            label = page.evaluate(
                "(e => (e.labels && e.labels[0] ? e.labels[0] : e).innerText || '')(document.activeElement)"
            )
            if label.strip().startswith(words):
                return
        raise AssertionError(f"no control says {words!r}")

    return press
