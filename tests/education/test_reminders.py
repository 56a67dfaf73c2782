"""Two people are told, once, that a page is due, and once more that it is late. No mail carries a patient's words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from booking import housekeeping, messages, outbox
from booking.models import OutboxMessage
from clinic_site.reminders import remind
from education import navigation
from education.exchange import import_folder
from education.models import Page, ReviewReminder
from education.revisions import publish
from tests.education.conftest import NOW, Folder, write
from tests.education.signers import clinician, draft, newest, person, signed

pytestmark = pytest.mark.django_db
REVIEW = date(2027, 3, 1)
KNEE = "/conditions/elbow/"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", order=2, more="review: 2027-03-01\n"))
    import_folder(folder.root, at=NOW)
    navigation.forget()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def told() -> list[tuple[str, str]]:
    """Return who is to be told what."""
    return sorted(OutboxMessage.objects.values_list("recipient__username", "kind"))


def test_two_managers_hear_that_a_page_is_due_and_later_that_it_is_late_once_each() -> None:
    for name in ("mia", "max", "moe"):
        person(name, "Manager")
    assert not remind(at=noon(REVIEW - timedelta(days=31))).pages
    for day in (-30, -29, 0):
        remind(at=noon(REVIEW + timedelta(days=day)))
    assert told() == [("max", "review_due"), ("mia", "review_due")]
    for day in (1, 2, 200):
        remind(at=noon(REVIEW + timedelta(days=day)))
    assert told() == [(who, kind) for who in ("max", "mia") for kind in ("review_due", "review_overdue")]
    assert ReviewReminder.objects.count() == 2


def test_who_signed_and_who_wrote_last_are_told_first_and_those_who_left_are_replaced() -> None:
    page = Page.objects.get(path="conditions/elbow")
    ann, zoe = person("ann", "Author"), clinician()
    person("mia", "Manager")
    words = draft(page, "Newer.", ann)
    publish(words, by=None, at=NOW)
    signed(words, zoe, at=NOW, next_review=REVIEW)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    remind(at=noon(REVIEW))
    assert told() == [("mia", "review_due"), ("zoe", "review_due")]


def test_a_new_day_for_the_check_is_told_of_again() -> None:
    person("mia", "Manager")
    page = Page.objects.get(path="conditions/elbow")
    remind(at=noon(REVIEW))
    signed(newest(page), clinician(), at=noon(REVIEW), next_review=REVIEW + timedelta(days=100))
    remind(at=noon(REVIEW + timedelta(days=1)))
    assert told() == [("mia", "review_due")]
    remind(at=noon(REVIEW + timedelta(days=90)))
    assert told() == [("mia", "review_due"), ("mia", "review_due"), ("zoe", "review_due")]


def test_with_nobody_to_tell_the_reminder_waits_for_somebody() -> None:
    assert remind(at=noon(REVIEW)).unheard == 1
    assert not ReviewReminder.objects.exists()
    person("mia", "Manager")
    assert remind(at=noon(REVIEW)).pages == 1


@pytest.mark.parametrize(("day", "subject"), [(REVIEW, "is due"), (REVIEW + timedelta(days=1), "is late")])
def test_the_mail_says_which_page_when_and_where_to_sign_in(
    day: date, subject: str, settings: object, mailoutbox: list[object]
) -> None:
    settings.EMAIL_HOST = "localhost"  # type: ignore[attr-defined]
    person("mia", "Manager")
    remind(at=noon(day))
    assert outbox.deliver_due(at=noon(day)).sent == 1
    [mail] = mailoutbox
    assert mail.to == ["mia@example.org"]  # type: ignore[attr-defined]
    assert f"{subject} for its check: {KNEE}" in mail.subject  # type: ignore[attr-defined]
    for words in ("1 March 2027", f"http://127.0.0.1:8000{KNEE}", "http://127.0.0.1:8000/staff/"):
        assert words in mail.body  # type: ignore[attr-defined]


def test_who_left_before_the_mail_went_out_gets_none() -> None:
    mia = person("mia", "Manager")
    remind(at=noon(REVIEW))
    User.objects.filter(pk=mia.pk).update(is_active=False)
    assert messages.words(OutboxMessage.objects.get()).to == []


def test_the_database_takes_a_message_about_a_request_or_about_a_page_and_nothing_between() -> None:
    mia = person("mia", "Manager")
    page = {"recipient": mia, "about": KNEE, "review_on": REVIEW}
    times = {"queued_at": NOW, "send_after": NOW}
    wrong = [
        {"kind": "review_due"} | page | {"about": ""},
        {"kind": "review_due"} | page | {"review_on": None},
        {"kind": "review_due", "about": KNEE, "review_on": REVIEW},
        {"kind": "staff_notice"} | page,
        {"kind": "staff_notice"},
    ]
    for row in wrong:
        with pytest.raises(IntegrityError, match="outbox_about"), transaction.atomic():
            OutboxMessage.objects.create(**row, **times)
    OutboxMessage.objects.create(kind="review_due", **page, **times)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(kind="review_due", **page, **times)


def test_sent_reminders_are_forgotten_in_time() -> None:
    person("mia", "Manager")
    remind(at=noon(REVIEW))
    housekeeping.sweep(at=noon(REVIEW + timedelta(days=100)))
    assert OutboxMessage.objects.count() == 1, "not sent yet"
    OutboxMessage.objects.update(sent_at=noon(REVIEW))
    housekeeping.sweep(at=noon(REVIEW + timedelta(days=29)))
    assert OutboxMessage.objects.count() == 1
    housekeeping.sweep(at=noon(REVIEW + timedelta(days=31)))
    assert not OutboxMessage.objects.exists()
