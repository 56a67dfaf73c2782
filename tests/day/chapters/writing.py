"""An author writes, a clinician signs, and patients read the new words within a second or two."""

from playwright.sync_api import expect

from tests.browser.plain import PlainPatient
from tests.browser.test_writing import change_form, vouch_for
from tests.day.day import Day
from tests.day.stack import eventually

PLACE = "treatment/after-your-visit"
HEADING = "An invented heading of the day"


def from_author_to_patients(day: Day) -> None:
    """Words go from their author over a clinician to patients."""
    form = change_form(day.stack, PLACE)
    author = day.staff("arlo", form)
    text = author.locator("textarea.markdownx-editor")
    text.fill(f"{text.input_value()}\n## {HEADING}\n\nRest for a day.\n")
    author.get_by_label("Kind of change").select_option("safety")
    author.get_by_label("What changed, in plain words").fill("We say to rest for a day.")
    author.get_by_label("Where it stands").fill("lede")
    author.get_by_label("What you changed").fill("Say to rest")
    author.get_by_label("What you changed").press("Enter")
    expect(author.get_by_text("Kept as a draft.")).to_be_visible()
    author.get_by_role("button", name="Send for review").click()
    expect(author.get_by_text("In review").first).to_be_visible()

    vouch_for(day.stack, "cora")
    clinician = day.staff("cora", form.replace("change", "review"))
    clinician.get_by_role("link", name="Sign these words").click()
    clinician.get_by_label("I have read exactly these words").check()
    clinician.get_by_role("button", name="Sign these words").click()
    expect(clinician.get_by_text("Signed. Your name stands under exactly these words.")).to_be_visible()
    reader = PlainPatient(day.stack.url, day.stack.handlers)
    assert HEADING not in reader.get(f"/{PLACE}/")
    author.goto(form.replace("change", "review"))
    author.get_by_role("button", name="Publish now").click()
    author.wait_for_url("**/change/")
    eventually(lambda: HEADING in reader.get(f"/{PLACE}/"), 5, "published words do not reach patients")
