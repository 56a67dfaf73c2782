"""Hundreds may send at once: what one send asks of the database, and what it does while others wait for it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import crypto, search_keys
from tests.booking import people

STATEMENTS = 12  # nine before and in the transaction, its beginning and its end, and the count of sends
COMMITS = 1  # and the count of sends, which is a transaction by itself


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_send_asks_little_of_the_database(client: Client) -> None:
    people.fill(client)
    copy = people.copy_on_page(client)
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/consultation/check/", {"consent": "on", "copy": copy}).status_code == 303
    said = [query["sql"] for query in asked.captured_queries]
    assert len(said) <= STATEMENTS, "\n".join(said)
    assert sum(sql.startswith("COMMIT") for sql in said) == COMMITS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_is_hashed_while_others_wait_to_write(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def seen(purpose: str, text: str) -> str:
        held.append(connection.in_atomic_block)
        return hashed(purpose, text)

    hashed = crypto.keyed_hash
    people.fill(client)
    copy = people.copy_on_page(client)
    for module in (crypto, search_keys):
        monkeypatch.setattr(module, "keyed_hash", seen)
    assert client.post("/consultation/check/", {"consent": "on", "copy": copy}).status_code == 303
    assert held
    assert not any(held)
