"""Patients read and ask: by telephone, by e-mail, with urgent signs, for somebody else, on a phone."""

import http.client
import re
import socket
import urllib.error
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Patient, answer_all, pass_safety, send
from tests.browser.plain import PlainPatient
from tests.day.day import Day

BY_MAIL = "zzyx.mailperson@example.org"
ODD_ADDRESS = "=?utf-8?q??=@example.com"  # Python's e-mail package fails on it, or decodes it into another address
PRIVATE = re.compile(r"https://clinic\.example\.org/request/([\w-]+)/")


def read_and_ask(day: Day) -> None:
    """Somebody in pain reads on their phone, and asks to be called."""
    page = day.phone("/")
    page.goto("/conditions/knee-pain/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("knee", re.I))
    page.goto("/consultation/")
    page.get_by_role("link", name="Start my request", exact=True).click()
    pass_safety(page)
    person = Patient(name="Zzyx Phoneperson", phone="+1 416 555 0188", message="please ring twice, quokka")
    answer_all(page, person)
    day.typed += [person.name, person.phone, person.message]
    day.shown(send(page))


def ask_in_every_way(day: Day) -> None:
    """Others ask by e-mail, with urgent signs, and twice with one press."""
    day.asks(name="Zzyx Mailperson", email=BY_MAIL, message="my left zyzzogeton tingles")
    day.asks(name="Zzyx Postperson", email="zzyx.postperson@example.org")
    for number in range(8):
        day.asks(name=f"Zzyx Deskperson{number}", phone=f"+1 416 555 01{number:02}", area="knee")
    urgent = PlainPatient(day.stack.url, day.stack.handlers)
    urgent.fill_in("/consultation/safety/help/", urgent_signs="still_asking", shown_for="")
    urgent.answer_all(name="Zzyx Urgentperson", phone="+1 416 555 0177", safety=False)
    day.typed.append("Zzyx Urgentperson")
    day.shown(urgent.send())
    twice = day.plain_patient(name="Zzyx Twiceperson", phone="+1 416 555 0166")
    assert twice.send() == day.shown(twice.send())


def refuse_what_cannot_be_written_to(day: Day) -> None:
    """An address that means one thing to the form and another to the mail server is asked for again."""
    patient = PlainPatient(day.stack.url, day.stack.handlers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        patient.answer_all(name="Zzyx Oddperson", email=ODD_ADDRESS)
    assert refused.value.code == 422
    assert "=?utf-8?q??=" in refused.value.read().decode()  # what was typed stands there to be mended


def hear_from_the_clinic(day: Day) -> None:
    """Who gave an e-mail address has a mail with a private link, which says where the request stands."""
    (mail,) = day.stack.wait_for_mail(BY_MAIL)
    found = PRIVATE.search(mail.get_content())
    assert found is not None
    day.private_token = found[1]
    page = day.phone(f"/request/{found[1]}/")
    expect(page.get_by_text("We have it").first).to_be_visible()
    assert day.stack.wait_for_mail("ana@example.org")


def mistype_a_private_link(day: Day) -> None:
    """Slips of the keyboard and broken senders: no spelling of a private link may reach a log."""
    token = day.private_token
    spellings = [
        f"/Request/{token}/",
        f"/request//{token}/",
        f"/request/%20{token}/",
        f"/REQUEST/{token}",
        f"/x/{token}",
    ]
    spellings += [f"/%72equest/{token}/", f"/conditions/?q={token}", f"/code/{token}/", f"/es/request/a%20{token}/"]
    patient = PlainPatient(day.stack.url, day.stack.handlers)
    for spelling in spellings:
        with suppress(urllib.error.HTTPError):
            patient.get(spelling)
    broken = f"GET /request/{token}/ HTTP/1.1\r\nHost: {token}\r\nBad header {token}\r\n\r\n".encode()
    for port in (day.stack.web_port, day.stack.http_port):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(broken)
            with suppress(OSError):
                line.recv(200)
    connection = http.client.HTTPConnection("127.0.0.1", day.stack.web_port, timeout=5)
    connection.request("GET", f"/request/{token}/?{urlencode({'q': token})}", headers={"Host": f"{token}.example"})
    connection.getresponse().read()
    connection.close()
    day.typed.append(token)
