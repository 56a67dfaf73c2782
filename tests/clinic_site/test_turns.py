"""Writers of one process wait in line: nobody is overtaken, nobody waits for ever, nobody keeps the turn."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from booking.models import RateCount
from clinic_site.sqlite.base import TURNS, Turns

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not the whole database")


def test_the_turn_goes_round_in_the_order_in_which_it_was_asked_for() -> None:
    turns, order = Turns(), []
    turns.take(1)

    def come(number: int) -> None:
        turns.take(10)
        order.append(number)
        turns.give_back()

    threads = []
    for number in range(20):
        threads.append(threading.Thread(target=come, args=[number]))
        threads[-1].start()
        while len(turns._waiting) <= number:
            pass
    turns.give_back()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    assert not turns._taken


def test_who_waits_too_long_is_told_as_sqlite_tells_it_and_leaves_the_line() -> None:
    turns = Turns()
    turns.take(1)
    with pytest.raises(OperationalError, match="database is locked"):
        turns.take(0.01)
    turns.give_back()
    turns.take(0.01)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_transaction_keeps_its_turn_until_it_ends_however_it_ends() -> None:
    with transaction.atomic():
        assert TURNS._taken
        with transaction.atomic():
            RateCount.objects.all().delete()
        assert TURNS._taken
    assert not TURNS._taken
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert 1 / 0
    assert not TURNS._taken
    with transaction.atomic():
        connection.close()
        transaction.set_rollback(True)
    assert not TURNS._taken
    RateCount.objects.filter(key="none").update(count=1)
    assert not TURNS._taken
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("UPDATE no_such_table SET a = 1")
    assert not TURNS._taken
