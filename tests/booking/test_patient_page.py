"""The patient's own page: an unguessable link, nothing private on it, and no change without a button."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.models import ConsultationRequest, Event
from tests.booking.people import ZZYX, ask

pytestmark = pytest.mark.django_db


def test_it_says_where_the_request_stands(client: Client) -> None:
    request = ask(client)
    page = Client().get(request.get_private_url())
    text = page.content.decode()
    assert str(request) in text
    assert "A person will contact you by" in text
    assert "<title>Your request</title>" in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_it_shows_nothing_that_was_typed(client: Client) -> None:
    request = ask(client)
    text = Client().get(request.get_private_url()).content.decode()
    for typed in (ZZYX["name"], ZZYX["email"], ZZYX["message"], "Shoulder"):
        assert typed not in text


def test_the_link_is_not_in_the_database(client: Client) -> None:
    request = ask(client)
    row = ConsultationRequest.objects.filter(pk=request.pk).values().get()
    assert request.link_token not in str(row)


@pytest.mark.parametrize("page", ["request", "withdraw"])
def test_a_wrong_link_finds_nothing(client: Client, page: str) -> None:
    request = ask(client)
    for token in ("x" * 43, request.link_token[:-1], request.token_hash, str(request)):
        answer = client.get(reverse(f"booking:{page}", args=[token]))
        assert answer.status_code == 404
        assert str(request) not in answer.content.decode()


def test_a_late_reply_is_our_fault_and_we_say_so(client: Client) -> None:
    request = ask(client)
    ConsultationRequest.objects.update(
        received_at=timezone.now() - timedelta(days=9), reply_by=timezone.now() - timedelta(days=5)
    )
    assert "We are late. You have done nothing wrong" in client.get(request.get_private_url()).content.decode()


def test_withdrawing_takes_a_button_and_looking_changes_nothing(client: Client) -> None:
    request = ask(client)
    address = reverse("booking:withdraw", args=[request.link_token])
    page = client.get(address)
    request.refresh_from_db()
    assert request.state == ConsultationRequest.State.RECEIVED
    assert page["Referrer-Policy"] == "strict-origin"
    assert client.post(address)["Location"] == request.get_private_url()
    request.refresh_from_db()
    assert (request.state, request.outcome) == ("closed", "withdrawn")
    assert request.events.filter(kind=Event.Kind.WITHDRAWN).count() == 1
    text = client.get(request.get_private_url()).content.decode()
    assert "Withdrawn" in text
    assert "We delete its details 30 days after that" in text


def test_withdrawing_twice_is_withdrawing_once(client: Client) -> None:
    request = ask(client)
    address = reverse("booking:withdraw", args=[request.link_token])
    client.post(address)
    assert client.post(address).status_code == 303
    assert client.get(address)["Location"] == request.get_private_url()
    assert request.events.filter(kind=Event.Kind.WITHDRAWN).count() == 1


def test_a_withdrawal_from_a_strange_site_is_refused(client: Client) -> None:
    request = ask(client)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("booking:withdraw", args=[request.link_token])).status_code == 403
    request.refresh_from_db()
    assert request.state == ConsultationRequest.State.RECEIVED


@pytest.mark.parametrize(("state", "words"), [("trying", "We will try again"), ("reached", "as we agreed with you")])
def test_each_state_has_plain_words(client: Client, state: str, words: str) -> None:
    request = ask(client)
    ConsultationRequest.objects.update(state=state)
    assert words in client.get(request.get_private_url()).content.decode()


def test_after_withdrawing_no_page_promises_a_reply(client: Client) -> None:
    request = ask(client)
    client.post(reverse("booking:withdraw", args=[request.link_token]))
    assert client.get(reverse("booking:done"))["Location"] == request.get_private_url()
    assert client.get(reverse("booking:name"))["Location"] == reverse("booking:done")
    text = client.get(reverse("booking:start")).content.decode()
    assert "You have already sent a request" not in text
    assert client.post(reverse("booking:start"))["Location"] == reverse("booking:safety")
    assert client.get(reverse("booking:safety")).status_code == 200


def test_finishing_says_that_the_request_stays(client: Client) -> None:
    ask(client)
    text = client.post(reverse("booking:leave"), follow=True).content.decode()
    assert "Your request stays with us" in text
    assert "answers are deleted" not in text
