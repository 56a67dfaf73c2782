"""Structured data say only what is true: no reviewer before one signed, no clinic beyond what it told us."""

import dataclasses
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from education.exchange import import_folder
from education.models import Page
from tests.education.conftest import NOW, Folder, write
from tests.education.signers import clinician, newest, signed

Part = dict[str, Any]


def said(client: Client, url: str) -> dict[str, Part]:
    """Return the structured data of a page by type."""
    page = client.get(url).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    graph = json.loads(blocks[0])
    assert graph["@context"] == "https://schema.org"
    return {part["@type"]: part for part in graph["@graph"]}


def test_a_condition_page_names_its_condition_and_the_way_to_it(client: Client, settings: Settings) -> None:
    parts = said(client, "/conditions/knee/")
    url = f"{settings.SITE_URL}/conditions/knee/"
    assert parts["MedicalWebPage"]["about"]["@id"] == parts["MedicalCondition"]["@id"] == f"{url}#condition"
    assert parts["MedicalCondition"]["name"] == "Knee pain"
    assert [step["name"] for step in parts["BreadcrumbList"]["itemListElement"]] == ["Home", "Conditions", "Knee pain"]
    assert parts["BreadcrumbList"]["itemListElement"][-1]["item"] == url


def test_nobody_reviewed_a_page_until_somebody_signed_it(client: Client) -> None:
    page = said(client, "/conditions/knee/")["MedicalWebPage"]
    assert "reviewedBy" not in page
    assert "lastReviewed" not in page


def test_a_signed_page_names_its_reviewer_and_the_day(client: Client) -> None:
    sign_off = signed(newest(Page.objects.get(path="conditions/knee")), clinician())
    page = said(client, "/conditions/knee/")["MedicalWebPage"]
    assert page["reviewedBy"]["name"] == sign_off.name
    assert page["reviewedBy"]["jobTitle"] == sign_off.role
    assert page["lastReviewed"] == sign_off.signed_at.date().isoformat()


QUESTIONS = "## About\n\n" + "".join(
    f"### Does it {verb}? {{#{verb}}}\n\nIt is *not known* [@zzyx-2020].\n\n"
    for verb in "ache burn help last sting".split()
)


def test_a_page_of_questions_gives_each_with_its_answer(client: Client, folder: Folder, settings: Settings) -> None:
    folder.put("asked", write("Questions", QUESTIONS, order=5))
    import_folder(folder.root, at=NOW)
    asked = said(client, "/asked/")["FAQPage"]["mainEntity"]
    assert [each["name"] for each in asked][:2] == ["Does it ache?", "Does it burn?"]
    assert {each["acceptedAnswer"]["text"] for each in asked} == {"It is not known."}
    assert asked[0]["url"] == f"{settings.SITE_URL}/asked/#ache"


def test_one_heading_that_asks_makes_no_page_of_questions(client: Client, folder: Folder) -> None:
    folder.put("asked", write("Questions", "## About\n\n### Does it ache?\n\nYes.\n", order=5))
    import_folder(folder.root, at=NOW)
    assert "FAQPage" not in said(client, "/asked/")


@pytest.mark.parametrize(
    ("told", "given"), [({}, None), ({"telephone": "000 555 0100"}, {"telephone": "000 555 0100"})]
)
def test_the_clinic_is_named_only_with_what_it_told_us(
    client: Client, folder: Folder, settings: Settings, told: Part, given: Part | None
) -> None:
    settings.CLINIC = dataclasses.replace(settings.CLINIC, **{"telephone": "", "email": "", "address": ()} | told)
    folder.put("contact", write("Contact", order=7, more="kind: contact\n"))
    import_folder(folder.root, at=NOW)
    clinic = said(client, "/contact/").get("MedicalClinic")
    assert clinic == (
        given and {"@type": "MedicalClinic", "name": settings.CLINIC.name, "url": f"{settings.SITE_URL}/", **given}
    )
    assert "MedicalClinic" not in said(client, "/conditions/knee/")


@pytest.mark.parametrize(
    ("path", "more", "kind"),
    [
        ("about/privacy", "", "WebPage"),
        ("about/index", "kind: hub\n", "WebPage"),
        ("contact", "kind: contact\n", "ContactPage"),
        ("aboutness", "", "MedicalWebPage"),
    ],
)
def test_only_a_page_on_medical_matters_says_that_it_is_one(
    client: Client, folder: Folder, path: str, more: str, kind: str
) -> None:
    folder.put("about/index", write("About us", order=6, more="kind: hub\n"))
    folder.put(path, write("A page", order=7, more=more))
    import_folder(folder.root, at=NOW)
    parts = said(client, f"/{path.removesuffix('index').strip('/')}/")
    assert {each for each in parts if each.endswith("Page") and each != "FAQPage"} == {kind}


def test_no_words_of_a_page_end_the_script_they_stand_in(client: Client, folder: Folder) -> None:
    title = "A </script><b>bold</b> & <!-- trick"
    folder.put("conditions/elbow", write(f"'{title}'", order=2))
    import_folder(folder.root, at=NOW)
    assert said(client, "/conditions/elbow/")["MedicalWebPage"]["name"] == title
    assert "</script><b>" not in client.get("/conditions/elbow/").content.decode()


def test_the_day_of_the_last_change_is_told(client: Client) -> None:
    assert date.fromisoformat(said(client, "/conditions/knee/")["MedicalWebPage"]["dateModified"]) == date(2026, 11, 22)


def test_the_day_of_a_review_is_the_clinics_day(client: Client, settings: Settings) -> None:
    at = datetime(2026, 12, 1, 0, 30, tzinfo=UTC) - timedelta(hours=12)
    with timezone.override("Pacific/Auckland"):
        signed(newest(Page.objects.get(path="conditions/knee")), clinician(), at=at)
        page = said(client, "/conditions/knee/")["MedicalWebPage"]
    assert page["lastReviewed"] == "2026-12-01"
