"""A reader at the WSGI door, let in as by a server, and a small site that counts how often its pages are printed."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.generic import TemplateView

from education.press import finished


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, header: str) -> str:
        return self.headers[header]


def read(application: Callable[..., Any], url: str = "/page/", *, method: str = "GET", **environ: str) -> Answer:
    """Ask a WSGI application for a page; both sides must keep to the rules of WSGI."""
    asked: dict[str, Any] = {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": url, "QUERY_STRING": ""}
    asked["HTTP_HOST"] = "localhost"
    asked |= environ
    setup_testing_defaults(asked)
    began: list[Any] = []
    answer = validator(application)(asked, lambda *said: began.append(said) or (lambda data: None))
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    (status, headers), *more = began
    assert not more
    assert len({name.lower() for name, _value in headers}) == len(headers), headers
    return Answer(int(status[:3]), dict(headers), body)


printed: Counter[str] = Counter()
"""How often each page of the small site was printed."""
meanwhile: list[Callable[[], object]] = []
"""What happens while the page is being printed."""


@finished
def page(request: HttpRequest) -> HttpResponse:
    """A page long enough to be worth packing, and different each time it is printed."""
    printed[request.path] += 1
    for happens in meanwhile:
        happens()
    return HttpResponse(f"<p>{request.path} printed {printed[request.path]} times" + "word " * 100)


@finished
def with_cookie(request: HttpRequest) -> HttpResponse:
    printed["with_cookie"] += 1
    response = HttpResponse("mine")
    response.set_cookie("mine", "1")
    return response


@finished
def by_cookie(request: HttpRequest) -> HttpResponse:
    printed["by_cookie"] += 1
    return HttpResponse("whose?", headers={"Vary": "Accept-Encoding, Cookie"})


@finished
def private(request: HttpRequest) -> HttpResponse:
    printed["private"] += 1
    return HttpResponse("mine", headers={"Cache-Control": "private, max-age=9"})


@finished
def streamed(request: HttpRequest) -> HttpResponseBase:
    printed["streamed"] += 1
    return StreamingHttpResponse(iter([b"a", b"b"]))


@finished
def packed(request: HttpRequest) -> HttpResponse:
    printed["packed"] += 1
    return HttpResponse(b"\x1f\x8b", headers={"Content-Encoding": "gzip"})


@finished
def missing(request: HttpRequest) -> HttpResponse:
    printed["missing"] += 1
    return HttpResponse("word " * 100, status=404)


def unmarked(request: HttpRequest) -> HttpResponse:
    printed["unmarked"] += 1
    return HttpResponse("ab" * 200)


def download(request: HttpRequest) -> HttpResponseBase:
    return FileResponse([b"a file"])


@finished
def short(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a", headers={"Cache-Control": "public, max-age=7"})


urlpatterns = [
    path("page/", page),
    path("page/<int:number>/", lambda request, number: page(request)),
    path("with_cookie/", with_cookie),
    path("by_cookie/", by_cookie),
    path("private/", private),
    path("streamed/", streamed),
    path("packed/", packed),
    path("missing/", missing),
    path("unmarked/", unmarked),
    path("download/", download),
    path("short/", short),
    path("robots.txt", finished(TemplateView.as_view(template_name="robots.txt", content_type="text/plain"))),
    path("", include("booking.urls")),  # the site's own words for what is missing or broken lead to these
    path("", include("education.urls")),
]


def all_at_once(ask: Callable[[], Answer], people: int = 12) -> list[Answer]:
    """Let many ask in the same moment, and return what each of them got."""
    start, answers = threading.Barrier(people), []

    def one() -> None:
        start.wait()
        answers.append(ask())

    threads = [threading.Thread(target=one) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers


def slowly() -> None:
    """Take so long that others come meanwhile."""
    time.sleep(0.1)
