"""The outside reviewer's own pages, behind a link that nobody can guess. Looking changes nothing; only POST acts."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from education import views
from education.invitations import answer, behind
from education.limits import Tries
from education.models import ReviewLink
from education.review_form import AnswerForm

View = Callable[[HttpRequest, ReviewLink, str], HttpResponse]

tries = Tries(an_hour=60)
"""Of answers to one link: its secret cannot be guessed, only hammered."""


def private(policy: str) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """Wrap a page of the link: never cached or indexed, told to nobody, and only for links that can be answered."""

    def wrap(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            response = _answered(request, token, view)
            response["Referrer-Policy"] = policy
            response["X-Robots-Tag"] = "noindex"
            return response

        return guarded

    return wrap


def _answered(request: HttpRequest, token: str, view: View) -> HttpResponse:
    link = behind(token)
    if link is not None and link.answered_at and not link.revoked_at:
        return render(request, "education/review/answered.html", {"link": link})
    if link is None or link.revoked_at or link.expires_at <= timezone.now():
        return render(request, "education/review/ended.html", status=HTTPStatus.NOT_FOUND)
    with translation.override(link.revision.page.language):
        return view(request, link, token)


@require_safe
@private("no-referrer")
def read(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """Show the words exactly as patients would see them."""
    shown = f"education/{views.kind_of(link.revision)}.html"
    context = views.context(link.revision.page, link.revision, whole=True)
    more = {"link": link, "shown_as": shown, "answer_url": reverse("education:review_answer", args=[token])}
    return render(request, "education/review/read.html", context | more)


@require_http_methods(["GET", "HEAD", "POST"])
@private(
    "strict-origin"
)  # under no-referrer browsers send "Origin: null" with a form, which Django takes for a forgery
def respond(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """Take one answer: a signature, or marks beside sentences."""
    now = timezone.now()
    back = reverse("education:review", args=[token])
    form = AnswerForm(request.POST if request.method == "POST" else None, revision=link.revision, at=now)
    wait = form.is_bound and tries.too_many(str(link.pk), now)
    if not wait and form.is_valid():
        answer(link, approves=form.approves, said=form.said(), at=now)
        return HttpResponseRedirect(back, status=HTTPStatus.SEE_OTHER)
    context = {"form": form, "link": link, "back_url": back, "wait": wait}
    status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.OK
    return render(request, "education/review/answer.html", context, status=status)
