"""A page says when its check is late; long after, it says no more what PIT may do. What keeps people safe stays."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import navigation, reviews
from education.exchange import import_folder
from education.expiry import Currency, currency, fold
from education.invitations import invite
from education.library import look_at
from education.markdown import Context, press
from education.models import Edition, Page, ReviewLink
from tests.education.conftest import EVIDENCE, GLANCE, NOW, PARTS, Folder, write
from tests.education.signers import clinician, newest, signed

pytestmark = pytest.mark.django_db
REVIEW = date(2027, 3, 1)
SAFE = "::: emergency Call now if:\n- your leg is cold\n:::\n\n"
RESEARCH = "## What the research says\n\n::: evidence\n**Very low.** We do not really know [@zzyx-2020].\n:::\n"
USUAL, _, NOT_KNOWN = PARTS.partition(RESEARCH)
BENEFIT = (
    "::: benefit\n## What the research says {#research}\n\nIt may ease pain.\n\n"
    "::: evidence\nSmall trials [@zzyx-2020].\n:::\n\n"
    "### More of it\n\nIt may help you walk.\n:::\n\n## Risks\n\nIt may bruise.\n"
)
BODY = f"{GLANCE}{SAFE}## What it is\n\nA sore knee.\n{USUAL}{BENEFIT}{NOT_KNOWN}"
MORE = EVIDENCE + "related: [glossary]\nreview: 2027-03-01\nwhen_overdue: Ask us what is known <now> about PIT.\n"
LATE = "This page should have been checked again by 1 March 2027."


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("conditions/knee", write("Knee pain", BODY, more=MORE))
    import_folder(folder.root, at=NOW)
    navigation.forget()


def on(client: Client, day: date) -> Any:
    """Return the page as it is on a day."""
    with time_machine.travel(f"{day.isoformat()}T12:00:00+00:00", tick=False):
        navigation.forget()
        return client.get("/conditions/knee/")


@pytest.mark.parametrize(
    ("days", "state"),
    [(-31, "checked"), (-30, "due"), (0, "due"), (1, "overdue"), (180, "overdue"), (181, "long overdue")],
)
def test_a_page_is_due_a_month_before_its_day_late_after_it_and_long_late_after_the_grace(
    days: int, state: str
) -> None:
    assert currency(REVIEW, REVIEW + timedelta(days=days)) == state


def test_a_page_without_a_day_is_never_late() -> None:
    assert currency(None, date(2099, 1, 1)) is Currency.CHECKED


def test_a_page_in_time_says_nothing_of_being_late(client: Client) -> None:
    page = on(client, REVIEW)
    assert LATE not in page.content.decode()
    assert "It may ease pain." in page.content.decode()
    assert "benefit-->" in page.content.decode()
    assert "X-Robots-Tag" not in page


def test_a_late_page_says_so_at_its_top_beside_its_text_and_keeps_its_words(client: Client) -> None:
    page = on(client, REVIEW + timedelta(days=1))
    words = page.content.decode()
    assert words.index(LATE) < words.index("your leg is cold") < words.index("It may ease pain.")
    assert "X-Robots-Tag" not in page
    assert 'name="robots"' not in words


def test_a_long_late_page_folds_what_it_said_pit_may_do_and_keeps_what_keeps_people_safe(client: Client) -> None:
    page = on(client, REVIEW + timedelta(days=181))
    words = page.content.decode()
    for gone in ("It may ease pain.", "It may help you walk.", "Small trials.", "How sure are we", '<h2 id="research"'):
        assert gone not in words, gone
    assert words.count("Ask us what is known &lt;now&gt; about PIT.") == 1
    assert 'id="research"' in words, "links to the folded part still arrive"
    for kept in (LATE, "your leg is cold", "A sore knee.", "It may bruise."):
        assert kept in words, kept
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in words


def test_whoever_checks_a_long_late_page_reads_all_of_it(client: Client) -> None:
    page, late = Page.objects.get(path="conditions/knee"), REVIEW + timedelta(days=200)
    zoe, staff = clinician(), Client()
    _link, token = invite(newest(page), invited="Gus", days=30, by=zoe, at=timezone.now())
    ReviewLink.objects.update(expires_at=NOW.replace(year=2028))
    with time_machine.travel(f"{late.isoformat()}T12:00:00+00:00", tick=False):
        staff.force_login(zoe)
        words = reverse("admin:education_page_sign_words", args=[page.pk, newest(page).pk])
        for answer in (staff.get(words), client.get(f"/review/{token}/")):
            assert "It may ease pain." in answer.content.decode()
            assert LATE in answer.content.decode()


def test_folded_headings_leave_the_list_on_this_page(client: Client, folder: Folder) -> None:
    before, after = (on(client, REVIEW + timedelta(days=days)).content.decode() for days in (0, 181))
    assert '<a href="#research">' in before
    assert '<a href="#research">' not in after
    assert '<a href="#risks">' in after or "toc" not in after


def test_a_signature_sets_the_day_and_brings_the_words_back_without_an_edit(client: Client) -> None:
    late = REVIEW + timedelta(days=200)
    assert "It may ease pain." not in on(client, late).content.decode()
    with time_machine.travel(f"{late.isoformat()}T12:00:00+00:00", tick=False):
        signed(newest(Page.objects.get(path="conditions/knee")), clinician(), next_review=late + timedelta(days=90))
    assert "It may ease pain." in on(client, late).content.decode()
    assert "should have been checked again" in on(client, late + timedelta(days=91)).content.decode()


def test_the_edition_moves_once_on_the_day_on_which_a_page_becomes_late(client: Client) -> None:
    day = NOW.replace(year=2027, month=2, day=20)
    assert not reviews.tick(at=day), "nothing changed since yesterday"
    edition = Edition.now()
    assert not reviews.tick(at=day.replace(day=28))
    assert Edition.now() == edition
    slept = NOW.replace(year=2027, month=3, day=9)  # the worker was away on the day itself
    assert reviews.tick(at=slept)
    assert Edition.now() == edition + 1
    assert not reviews.tick(at=slept), "once a day"
    assert Edition.now() == edition + 1


def test_a_benefit_block_needs_its_sentence_and_holds_nothing_that_keeps_people_safe() -> None:
    def faults(body: str, more: str = "") -> str:
        words, _ = look_at(write("Test", body, more=more), language="en", path="test", file="test.md")
        return " ".join(fault.message for fault in press(words, context=Context())[1])

    assert "needs when_overdue" in faults("## A\n\n::: benefit\nIt may help.\n:::\n")
    more = "when_overdue: Ask us.\n"
    assert faults("## A\n\n::: benefit\nIt may help.\n\n::: note Hm\nYes.\n:::\n:::\n\nMore.\n", more) == ""
    for name in ("emergency Call", "urgent Go", "routine Ask", "glance", "benefit"):
        assert "must not stand inside the block benefit" in faults(f"::: benefit\n::: {name}\n- x\n:::\n:::\n", more)
    assert "never closed" in faults("::: benefit\n::: note Hm\nx\n:::\n", more)


@pytest.mark.parametrize(
    "mark", ["<!--/benefit-->", "&lt;!--/benefit--&gt;", "\ue000benefit:end\ue001", "&#xe000;benefit:end&#xe001;"]
)
def test_nobody_can_write_the_marks_around_a_benefit_themselves(mark: str) -> None:
    body = f"## A\n\n::: benefit\nIt {mark} may help `{mark}`.\n:::\n\nSafe.\n"
    more = "when_overdue: Ask us.\n"
    words, _ = look_at(write("Test", body, more=more), language="en", path="test", file="test.md")
    html = press(words, context=Context())[0].html
    assert html.count("<!--/benefit-->") == 1
    assert "help" not in fold(html, "Ask us.")
    assert "Safe." in fold(html, "Ask us.")
