"""The front desk opens every row, takes, logs each outcome, hands over, closes, and takes back a mistake."""

from playwright.sync_api import Page, expect

from booking.models import Event
from tests.day.day import QUEUE, Day


def open_every_row(day: Day) -> None:
    """Nobody's request may be one that cannot be opened."""
    page = day.staff("ana")
    rows = day.rows()
    assert sorted(reference for _pk, reference in rows) == sorted(day.references)
    for pk, _reference in rows:
        for place in ("change", "log-call", "hand-over", "close"):
            assert day.status(page, f"{QUEUE}{pk}/{place}/") in {200, 409}, (pk, place)
    page.goto(f"{QUEUE}{rows[0][0]}/change/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def log_each_outcome(day: Day) -> None:
    """Take one request after the other and log how each call went; each then opens again."""
    page = day.staff("ana")
    for outcome in Event.CallOutcome:
        row = page.get_by_role("row").filter(has=page.get_by_role("button", name="Take")).filter(has_text="Deskperson")
        row.first.get_by_role("button", name="Take").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        press(page, "Log a call")
        page.get_by_label(str(outcome.label), exact=True).check()
        page.get_by_label("Note").fill("zzyx noted this")
        page.get_by_role("button", name="Log the call").click()
        expect(page.get_by_text(str(outcome.label)).first).to_be_visible()
        page.goto(QUEUE)
    day.typed.append("zzyx noted this")


def hand_over_and_close(day: Day) -> None:
    """Hand one to a colleague, close another."""
    page = day.staff("ana", f"{QUEUE}?view=mine")
    page.get_by_role("row").filter(has_text="Deskperson").first.get_by_role("link").first.click()
    press(page, "Hand over")
    page.get_by_label("Ben", exact=True).check()
    page.get_by_label("Note").fill("zzyx wants the morning")
    page.get_by_role("button", name="Hand over").click()
    day.typed.append("zzyx wants the morning")
    page.goto(f"{QUEUE}?view=mine")
    page.get_by_role("row").filter(has_text="Deskperson").first.get_by_role("link").first.click()
    press(page, "Close")
    page.get_by_label("A visit was agreed").check()
    page.get_by_role("button", name="Close the request").click()
    expect(day.staff("ben", f"{QUEUE}?view=mine").get_by_text("Deskperson").first).to_be_visible()


def take_back_what_was_a_mistake(day: Day) -> None:
    """Close and open again, strike an entry through, give back, and leave a note on a colleague's request."""
    page = day.staff("ana", f"{QUEUE}?view=mine")
    page.get_by_role("row").filter(has_text="Deskperson").first.get_by_role("link").first.click()
    address = page.url
    page.get_by_role("link", name="Strike through").first.click()
    write_and_press(day, page, "zzyx meant another one", "Strike it through")
    expect(page.get_by_text("Struck through:").first).to_be_attached()
    press(page, "Close")
    page.get_by_label("Advice was given, no visit").check()
    write_and_press(day, page, "zzyx closed too early", "Close the request")
    page.goto(address)
    press(page, "Open again")
    write_and_press(day, page, "zzyx still waits", "Open it again")
    page.goto(address)
    press(page, "Give back")
    write_and_press(day, page, "zzyx was not mine", "Give it back")
    colleague = day.staff("ben", f"{QUEUE}?view=mine")
    colleague.get_by_role("row").filter(has_text="Deskperson").first.get_by_role("link").first.click()
    page.goto(colleague.url)
    press(page, "Write a note")
    write_and_press(day, page, "zzyx rang back", "Keep the note")
    colleague.reload()
    expect(colleague.get_by_text("zzyx rang back")).to_be_visible()


def write_and_press(day: Day, page: Page, note: str, button: str) -> None:
    """Say why, and make the move."""
    page.get_by_label("Note").or_(page.locator("textarea[name=note]")).first.fill(note)
    page.get_by_role("button", name=button).click()
    day.typed.append(note)


def press(page: Page, name: str) -> None:
    """Follow a link or press a button by its name."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
