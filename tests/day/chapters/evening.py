"""The day ends: every page is opened once, nothing is lost, and no log holds an error or a typed word."""

import re
from collections import Counter

from django.urls import Resolver404, resolve

from tests.browser.plain import PlainPatient
from tests.day.day import Day

LINKS = """path => fetch(path, {credentials: 'same-origin'}).then(async answer => [answer.status,
  [...new DOMParser().parseFromString(await answer.text(), 'text/html').querySelectorAll('a[href]')]
    .map(link => new URL(link.getAttribute('href'), new URL(path, location.href)))
    .filter(url => url.origin === location.origin).map(url => url.pathname + url.search)])"""
OF_A_KIND = 3  # so many pages of one kind are opened: all kinds, not all ninety texts
TROUBLE = re.compile(r"\b(ERROR|CRITICAL|Traceback|\[error\]|\[crit\]|\[alert\]|\[emerg\])\b")


def open_every_page_of_patients(day: Day) -> None:
    """Each page of the site map answers, in both languages."""
    reader = PlainPatient(day.stack.url, day.stack.handlers)
    pages = re.findall(r"<loc>https://clinic\.example\.org(/[^<]*)</loc>", reader.get("/sitemap.xml"))
    assert len(pages) > 80
    for page in pages:
        assert "</html>" in reader.get(page), page


def open_every_page_of_staff(day: Day) -> None:
    """Follow the links of the admin as a manager, a clinician and an author: nothing may fail."""
    opened: Counter[str] = Counter()
    for name in ("mona", "cora", "arlo"):
        page = day.staff(name, "/staff/")
        todo, seen, of_kind = ["/staff/"], {"/staff/"}, Counter[str]()
        while todo:
            path = todo.pop(0)
            status, links = page.evaluate(LINKS, path)
            assert status in {200, 403, 409}, (name, path, status)
            opened[_kind(path)] += 1
            for link in links:
                kind = _kind(link)
                if link.startswith("/staff/") and link not in seen and kind and of_kind[kind] < OF_A_KIND:
                    of_kind[kind] += 1
                    seen.add(link)
                    todo.append(link)
    assert len(opened) > 15, opened


def _kind(path: str) -> str:
    """Return the name of the view behind an address; nothing for signing out."""
    try:
        name = resolve(path.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""
    return "" if name == "logout" else name


def nothing_is_lost(day: Day) -> None:
    """Each reference that a patient was shown exists once, and nobody is there twice."""
    kept = [reference for _pk, reference in day.rows()]
    assert sorted(kept) == sorted(day.references)


def nothing_was_said(day: Day) -> None:
    """No log of any process holds an error or what somebody typed; no mail says more than it must."""
    lines = day.stack.log_lines()
    assert [line for line in lines if TROUBLE.search(line)] == []
    words = [word.lower() for word in day.typed]
    assert [line for line in lines for word in words if word in line.lower()] == []
    mails = day.stack.mail_server.texts().lower()
    assert [word for word in words if "@" not in word and word != day.private_token.lower() and word in mails] == []
    assert day.breaches == []
