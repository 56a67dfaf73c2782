"""How long the press keeps a page, who prints it, and how much room it takes."""

import time
from typing import Any

import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from pytest_django.fixtures import Settings

from education import edition
from education.press import Press
from tests.education.press.conftest import Number
from tests.education.press.reading import Answer, all_at_once, meanwhile, printed, read, slowly


def test_a_new_edition_throws_everything_away(press: Press, number: Number) -> None:
    first = read(press)
    read(press, "/page/1/")
    number.move_on()
    second = read(press, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (second.status, b"printed 2 times" in second.body) == (200, True)
    assert "/page/1/" not in press.shelf


def test_the_edition_is_looked_up_at_most_once_a_second(press: Press, number: Number, monkeypatch: Any) -> None:
    for _ in range(20):
        read(press)
    assert number.looks == 1
    number.number += 1
    monkeypatch.setattr(edition, "SECONDS", 0.0)
    assert b"printed 2 times" in read(press).body


def test_what_the_page_says_of_the_day_is_printed_afresh_every_day(press: Press) -> None:
    with time_machine.travel("2026-11-25 12:00", tick=False) as clock:
        edition.forget()
        read(press)
        clock.move_to("2026-11-26 12:00")
        edition.forget()
        assert b"printed 2 times" in read(press).body


def test_pages_go_on_while_the_database_is_away(press: Press, number: Number) -> None:
    page = read(press)
    number.fault = OperationalError("database is locked")
    edition.forget()
    for _ in range(5):
        assert read(press).body == page.body
    assert number.looks == 2, "it was asked more than once a second"
    assert read(press, "/page/1/").status == 200
    number.fault = None
    number.move_on()
    assert b"printed 2 times" in read(press).body


def test_a_reader_waits_only_a_moment_while_another_looks(press: Press, number: Number) -> None:
    page = read(press)
    with edition._looking:  # that look hangs
        edition.forget()
        asked = time.monotonic()
        assert read(press).body == page.body
        assert time.monotonic() - asked < 3
    assert number.looks == 1


def test_without_a_page_and_without_a_database_django_answers(number: Number, press: Press) -> None:
    number.fault = OperationalError("no such host")
    assert read(press).status == 500
    number.fault = None
    number.move_on()
    assert read(press).status == 200


def test_many_who_ask_at_once_wait_for_one_print(press: Press) -> None:
    meanwhile.append(slowly)
    answers = all_at_once(lambda: read(press))
    assert len(answers) == 12
    assert (printed["/page/"], len({answer.body for answer in answers})) == (1, 1)


def test_other_answers_do_not_wait_for_each_other(press: Press) -> None:
    turns = press._turns
    for turn in turns:
        turn.acquire()
    assert read(press, "/unmarked/").status == 200
    for turn in turns:
        turn.release()


def test_a_print_that_fails_lets_the_others_try(press: Press) -> None:
    faults = [RuntimeError("out of paper"), None]

    def fail_once() -> None:
        slowly()
        if fault := faults.pop(0) if faults else None:
            raise fault

    meanwhile.append(fail_once)
    answers = all_at_once(lambda: read(press), people=4)
    assert sorted(answer.status for answer in answers) == [200, 200, 200, 500]
    assert printed["/page/"] == 2


def test_a_page_printed_while_the_edition_moved_is_not_kept(press: Press, number: Number) -> None:
    def publish() -> None:
        meanwhile.clear()
        number.move_on()
        read(press, "/page/1/")  # another reader brings the new edition

    meanwhile.append(publish)
    assert b"printed 1 times" in read(press).body
    assert "/page/" not in press.shelf
    assert b"printed 2 times" in read(press).body


def test_the_room_is_bounded_and_what_nobody_asks_for_goes_first(
    number: Number, press: Press, settings: Settings
) -> None:
    read(press)
    settings.PRESS_BYTES = int(press.shelf._sheets["/page/"].weight * 3.5)
    press = Press(WSGIHandler())
    for url in ("/page/1/", "/page/2/", "/page/3/", "/page/1/", "/page/4/"):
        read(press, url)
    assert [url for url in ("/page/1/", "/page/2/", "/page/3/", "/page/4/") if url in press.shelf] == [
        "/page/1/",
        "/page/3/",
        "/page/4/",
    ]


def test_without_room_pages_still_go_out(number: Number, press: Press, settings: Settings) -> None:
    settings.PRESS_BYTES = 0
    press = Press(WSGIHandler())
    answers: list[Answer] = [read(press, HTTP_ACCEPT_ENCODING="br") for _ in range(2)]
    assert [answer["Content-Encoding"] for answer in answers] == ["br", "br"]
    assert printed["/page/"] == 2
