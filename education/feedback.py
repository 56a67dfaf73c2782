"""Was this page helpful? Two buttons, then four reasons; no cookie, no free text. Only a POST from our pages counts."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from education.limits import Tries, caller
from education.models import Revision
from education.opinions import Answer, note, parts_of, read_by_patients

answers = Tries(an_hour=40)
View = Callable[[HttpRequest, Revision], HttpResponse]


class WhyForm(forms.Form):
    """Why a page did not help: a reason, and a part of the page. Nothing can be typed: people write symptoms."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("What was wrong?"),
        choices=[
            (Answer.NOT_FOUND, _("I could not find what I was looking for")),
            (Answer.NOT_UNDERSTOOD, _("I could not understand it")),
            (Answer.NOT_BELIEVED, _("I do not believe it")),
            (Answer.OUT_OF_DATE, _("It looks out of date")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was wrong"), "invalid_choice": _("Choose what was wrong")},
    )
    part = forms.ChoiceField(
        label=_("Which part of the page?"), required=False, widget=forms.Select(attrs={"class": "in"})
    )

    def __init__(self, *args: object, revision: Revision) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the form's own data
        self.fields["part"].choices = [("", _("The whole page, or I cannot say")), *parts_of(revision)]  # type: ignore[attr-defined]


def about(view: View) -> Callable[..., HttpResponse]:
    """Wrap a page about words that patients read: in their language, never cached, and no token asked."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, revision_id: str | int = "") -> HttpResponse:
        if request.method == "POST" and not _is_from_us(request):
            raise PermissionDenied
        revision = read_by_patients(revision_id or request.POST.get("revision", ""))
        if revision is None:
            raise Http404
        if revision.page.published_id is None:
            return see_other(revision.page.get_absolute_url())  # which says that it was withdrawn, when and why
        with translation.override(revision.page.language):
            response = view(request, revision)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def _is_from_us(request: HttpRequest) -> bool:
    """Say whether the browser names one of our own pages as the sender. Pages are shared, so they carry no token."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def see_other(url: str) -> HttpResponse:
    """After a POST, go and GET: reloading counts nothing twice."""
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


@about
def vote(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Count yes or no, then say thank you or ask why. Without a form sent there is no such page."""
    answer = request.POST.get("answer", "")
    if answer not in (Answer.YES, Answer.NO):
        raise Http404
    if answers.too_many(caller(request), timezone.now()):
        return _shown(request, revision, "too_many", status=HTTPStatus.TOO_MANY_REQUESTS)
    note(revision, answer, at=timezone.now())
    return see_other(reverse(f"education:{'thanks' if answer == Answer.YES else 'why'}", args=[revision.pk]))


@about
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Ask why the page did not help, and count the reason."""
    form = WhyForm(request.POST if request.method == "POST" else None, revision=revision)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _shown(request, revision, "why", status=status, form=form)
    if answers.too_many(caller(request), timezone.now()):
        return _shown(request, revision, "too_many", status=HTTPStatus.TOO_MANY_REQUESTS)
    note(revision, form.cleaned_data["reason"], heading=form.cleaned_data["part"], at=timezone.now())
    return see_other(reverse("education:thanks", args=[revision.pk]))


@about
@require_safe
def thanks(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Say thank you, and lead back to the page."""
    return _shown(request, revision, "thanks")


def _shown(request: HttpRequest, revision: Revision, name: str, *, status: int = 200, **more: object) -> HttpResponse:
    page = revision.page
    context = {"page": page, "title": revision.front.get("title", ""), "section": page.path.partition("/")[0], **more}
    response = render(request, f"education/feedback/{name}.html", context, status=status)
    response["Content-Language"] = page.language
    return response
