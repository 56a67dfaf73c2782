"""One network cannot flood the form, and nobody is turned away unkindly."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from booking import limits
from booking.models import ConsultationRequest, RateCount
from tests.booking.people import ask, draft_of, fill, send

pytestmark = pytest.mark.django_db


def call(address: str = "192.0.2.1", **headers: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.9.9.9, 198.51.100.7, 203.0.113.5", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(settings: Any, proxies: int, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert limits.client_address(call(**{"X-Forwarded-For": forwarded})) == address


def test_one_ipv6_connection_is_one_caller() -> None:
    assert limits.network("2001:db8:1:2:aaaa::1") == limits.network("2001:db8:1:2:bbbb::2")
    assert limits.network("2001:db8:1:2::1") != limits.network("2001:db8:1:3::1")
    assert limits.network("::ffff:192.0.2.1") == limits.network("192.0.2.1")
    assert limits.network("no address") == "no address"


def test_the_count_stands_until_the_hour_is_over(settings: Any) -> None:
    settings.SUBMITS_PER_HOUR = 2
    now = timezone.now()
    limits.spend_send(call(), at=now)
    limits.spend_send(call(), at=now)
    with pytest.raises(limits.TooManyError) as error:
        limits.spend_send(call(), at=now)
    limits.spend_send(call("192.0.2.2"), at=now)
    limits.spend_send(call(), at=error.value.until + timedelta(seconds=1))
    assert "192.0.2.1" not in str(list(RateCount.objects.values()))


def test_beyond_the_limit_the_answers_are_kept_and_the_telephone_is_given(
    client: Client, settings: Any, clinic: Any
) -> None:
    settings.SUBMITS_PER_HOUR = 1
    clinic(telephone="020 7946 0000")
    ask(Client())
    fill(client)
    page = send(client)
    text = page.content.decode()
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 3600
    assert "020 7946 0000" in text
    assert "What you typed is kept on this page" in text
    assert draft_of(client).answers["name"]
    assert ConsultationRequest.objects.count() == 1


def test_beyond_the_limit_of_drafts_the_typed_words_stay_on_the_page(client: Client, settings: Any) -> None:
    settings.SUBMITS_PER_HOUR = 0
    page = client.post(reverse("booking:name"), {"name": "Zzyx Testperson"})
    assert page.status_code == 429
    assert 'name="name" value="Zzyx Testperson"' in page.content.decode()


def test_seeing_a_sent_request_again_costs_nothing(client: Client, settings: Any) -> None:
    settings.SUBMITS_PER_HOUR = 1
    ask(client)
    assert send(client)["Location"] == reverse("booking:done")
