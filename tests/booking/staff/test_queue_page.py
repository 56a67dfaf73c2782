"""The queue as staff see it: who may, in which order, and nothing that gives a name away."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking import search_keys, workflow
from booking.models import ConsultationRequest, SearchKey
from tests.booking.staff.conftest import MakePerson, MakeRequest

QUEUE = "admin:booking_consultationrequest_changelist"
SignIn = Callable[[Any], Client]


def references(html: str) -> list[str]:
    """Return the references in the order of the list's rows."""
    return re.findall(r'<a class="ref"[^>]*>([^<]+)</a>', html)


def look(browser: Client, query: str = "") -> str:
    answer = browser.get(reverse(QUEUE) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("leo", 403), ("ana", 200), ("ben", 200), ("mia", 200)],
)
def test_the_queue_opens_only_for_those_who_work_it(
    sign_in: SignIn, request: pytest.FixtureRequest, db: None, who: str, status: int
) -> None:
    person = None if who == "nobody" else request.getfixturevalue(who)
    assert sign_in(person).get(reverse(QUEUE)).status_code == status


def test_somebody_without_a_role_sees_no_name_anywhere(
    sign_in: SignIn, make_person: MakePerson, make_request: MakeRequest
) -> None:
    row = make_request()
    browser = sign_in(make_person("Nia", ""))
    for name, args in (("changelist", []), ("change", [row.pk]), ("log_call", [row.pk]), ("hand_over", [row.pk])):
        answer = browser.get(reverse(f"admin:booking_consultationrequest_{name}", args=args))
        assert (answer.status_code, b"Zzyx" in answer.content) == (403, False)
    assert b"nobody has said yet" in browser.get(reverse("admin:index")).content
    assert browser.post(reverse("admin:booking_consultationrequest_take", args=[row.pk])).status_code == 403


def test_the_index_leads_each_to_where_their_work_is(sign_in: SignIn, ana: Any, leo: Any) -> None:
    assert sign_in(ana).get(reverse("admin:index")).headers["Location"] == reverse(QUEUE)
    assert sign_in(leo).get(reverse("admin:index")).headers["Location"] == reverse("admin:education_page_changelist")


def test_urgent_signs_come_first_then_late_then_what_is_due_next(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=30)

    def due(days: int, **more: Any) -> str:
        at = now + timedelta(days=days)
        return str(make_request(received_at=long_ago, reply_by=at, due_at=at, **more))

    later, next_, late = due(9), due(8), due(-1)
    urgent = due(10, urgent_signs="still_asking", priority=ConsultationRequest.Priority.TODAY)
    html = look(sign_in(ana))
    assert references(html) == [urgent, late, next_, later]
    assert html.count("Urgent signs") == 1
    assert html.count("</span> Late</span>") == 1
    assert "2 late" not in html
    assert "1 late" in re.sub(r"<[^>]+>", "", html)


def test_the_views_hold_what_their_names_say(sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest) -> None:
    free, mine, bens, closed = (make_request() for _ in range(4))
    now = timezone.now()
    workflow.take(mine.pk, by=ana, at=now)
    workflow.take(bens.pk, by=ben, at=now)
    workflow.take(closed.pk, by=ana, at=now)
    workflow.close(closed.pk, outcome="visit", by=ana, at=now)
    browser = sign_in(ana)
    expected = {
        "": {free, mine, bens},
        "?view=mine": {mine},
        "?view=unclaimed": {free},
        "?view=closed": {closed},
        "?view=everything": {free, mine, bens, closed},
    }
    for query, rows in expected.items():
        assert set(references(look(browser, query))) == {str(row) for row in rows}, query


def test_each_row_offers_one_next_step(sign_in: SignIn, ana: Any, ben: Any, make_request: MakeRequest) -> None:
    now = timezone.now()
    rows = [make_request() for _ in range(4)]
    for row in rows[1:3]:
        workflow.take(row.pk, by=ana, at=now)
    workflow.log_call(rows[2].pk, outcome="reached", by=ana, at=now)
    workflow.take(rows[3].pk, by=ben, at=now)
    cells = re.findall(r'<td class="next">(.*?)</td>', look(sign_in(ana)), re.DOTALL)
    assert [len(re.findall(r"<(?:a|button) ", cell)) for cell in cells] == [1, 1, 1, 1]
    words = {re.search(r">\s*([A-Z][a-z]+(?: a call)?)<", cell).group(1) for cell in cells}  # type: ignore[union-attr]
    assert words == {"Take", "Log a call", "Close", "Open"}


def test_an_empty_queue_says_so_and_when_the_last_was_closed(
    sign_in: SignIn, ana: Any, make_request: MakeRequest
) -> None:
    browser = sign_in(ana)
    assert "Nobody is waiting" in look(browser)
    row = make_request()
    now = timezone.now()
    workflow.take(row.pk, by=ana, at=now)
    assert "Nothing in this view" in look(browser, "?view=unclaimed")
    workflow.close(row.pk, outcome="visit", by=ana, at=now)
    assert f"The last request, {row}, was closed on" in look(browser)


@pytest.fixture
def zzyx(make_request: MakeRequest) -> ConsultationRequest:
    """Return a request that can be found, among others."""
    make_request(name="Quill Sampleton", phone="+1 555 0199")
    row = make_request(email="zzyx@example.org")
    SearchKey.objects.bulk_create(search_keys.rows(row))
    return row


@pytest.mark.parametrize("typed", ["zzyx", "Testperson, Zzyx", "ZZYX@example.org", "1 555-0100 ", "reference"])
def test_a_request_is_found_by_name_address_telephone_and_reference(
    sign_in: SignIn, ana: Any, zzyx: ConsultationRequest, typed: str
) -> None:
    text = str(zzyx).lower() if typed == "reference" else typed
    answer = sign_in(ana).post(reverse("admin:booking_consultationrequest_find"), {"q": text}, follow=True)
    assert references(answer.content.decode()) == [str(zzyx)]


def test_what_was_searched_shows_in_the_box_and_never_in_the_address(
    sign_in: SignIn, ana: Any, zzyx: ConsultationRequest
) -> None:
    answer = sign_in(ana).post(reverse("admin:booking_consultationrequest_find"), {"q": "Zzyx"}, follow=True)
    assert 'value="Zzyx"' in answer.content.decode()
    assert "zzyx" not in answer.redirect_chain[0][0].lower()
    assert "%22Zzyx" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["Zzy", '"', "%", "nobody@example.org", "?", "ABCD-2345"])
def test_what_matches_nothing_says_so(sign_in: SignIn, ana: Any, zzyx: ConsultationRequest, typed: str) -> None:
    answer = sign_in(ana).post(reverse("admin:booking_consultationrequest_find"), {"q": typed}, follow=True)
    assert "No request matches" in answer.content.decode()


def test_a_closed_request_is_found_too_and_a_name_typed_into_the_address_finds_nothing(
    sign_in: SignIn, ana: Any, zzyx: ConsultationRequest
) -> None:
    now = timezone.now()
    workflow.take(zzyx.pk, by=ana, at=now)
    workflow.close(zzyx.pk, outcome="visit", by=ana, at=now)
    browser = sign_in(ana)
    answer = browser.post(reverse("admin:booking_consultationrequest_find"), {"q": "zzyx"}, follow=True)
    assert references(answer.content.decode()) == [str(zzyx)]
    assert references(look(browser, "?q=zzyx")) == []


@pytest.mark.parametrize("count", [1, 50])
def test_the_queue_asks_the_database_at_most_ten_times_however_long_it_is(
    sign_in: SignIn, ana: Any, make_request: MakeRequest, count: int
) -> None:
    now = timezone.now()
    for _ in range(count):
        row = make_request()
        workflow.take(row.pk, by=ana, at=now)
        workflow.log_call(row.pk, outcome="no_answer", by=ana, at=now)
    browser = sign_in(ana)
    look(browser)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html = look(browser)
    assert len(references(html)) == count
    assert len(queries) <= 10, [query["sql"][:90] for query in queries]


def test_fifty_fill_a_page_and_the_next_page_goes_on(sign_in: SignIn, ana: Any, make_request: MakeRequest) -> None:
    rows = {str(make_request()) for _ in range(53)}
    browser = sign_in(ana)
    pages = references(look(browser)), references(look(browser, "?p=2"))
    assert [len(page) for page in pages] == [50, 3]
    assert set(pages[0]) | set(pages[1]) == rows


def test_nobody_adds_edits_or_deletes_a_request_by_hand(sign_in: SignIn, mia: Any, make_request: MakeRequest) -> None:
    row = make_request()
    mia.is_superuser = True
    mia.save()
    browser = sign_in(mia)
    assert browser.get(reverse("admin:booking_consultationrequest_add")).status_code == 403
    assert browser.post(reverse("admin:booking_consultationrequest_delete", args=[row.pk])).status_code == 403
    browser.post(
        reverse("admin:booking_consultationrequest_change", args=[row.pk]), {"name": "Changed", "state": "closed"}
    )
    assert ConsultationRequest.objects.get(pk=row.pk).name == "Zzyx Testperson"
    assert not LogEntry.objects.exists()
