"""Walking through the request as a patient does: by what the pages say."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Patient:
    """An invented person and how to reach them."""

    name: str = "Zzyx Testperson"
    phone: str = ""
    email: str = ""
    area: str = "Knee"
    message: str = ""


def go_on(page: Page) -> None:
    """Press Continue."""
    page.get_by_role("button", name="Continue").click()


def back(page: Page, place: str | re.Pattern[str]) -> None:
    """Press the browser's Back and wait for the page that it brings."""
    page.evaluate("history.back()")  # the driver's own way fails now and then when the page comes from the cache
    page.wait_for_url(place)


def choose(page: Page, *labels: str) -> None:
    """Tick these and go on."""
    for label in labels:
        page.get_by_label(label, exact=True).check()
    go_on(page)


def pass_safety(page: Page) -> None:
    """Say that none of the signs is there."""
    page.get_by_role("button", name="I have none of these").click()


def begin(page: Page) -> None:
    """Stand at the first question after the safety check."""
    page.goto("/consultation/")
    page.get_by_role("link", name="Start my request", exact=True).click()
    pass_safety(page)


def answer_all(page: Page, patient: Patient) -> None:
    """Answer every question after the safety check and stand at the check page."""
    choose(page, "Me")
    answer_area(page, patient.area)
    page.get_by_label("What should we call you?").fill(patient.name)
    go_on(page)
    answer_contact(page, patient)
    choose(page, "Tuesday", "Morning")
    choose(page, "None of these")
    page.get_by_label("Is there anything you want us to know").fill(patient.message)
    go_on(page)


def answer_area(page: Page, area: str) -> None:
    """Choose the area and pass its own signs, where it has some."""
    choose(page, area)
    if page.url.endswith("/about/check/"):
        pass_safety(page)


def answer_contact(page: Page, patient: Patient) -> None:
    """Say how to be reached."""
    if patient.email:
        choose(page, "E-mail")
        page.get_by_label("What is your e-mail address?").fill(patient.email)
        go_on(page)
    else:
        choose(page, "Phone call")
        page.get_by_label("Phone number").fill(patient.phone)
        choose(page, "No, try again later")


def send(page: Page) -> str:
    """Agree, send, and return the reference that the page shows."""
    page.get_by_label("I agree that").check()
    page.get_by_role("button", name="Send my request").click()
    return page.locator(".confirm .ref").inner_text()
