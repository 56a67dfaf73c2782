"""The two addresses that the Markdown editor calls. The package's own are open to everybody; these are not."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from education.admin.findings import panel
from education.admin.forms import PageForm
from education.admin.numbers import row_number
from education.admin.upload import upload
from education.library import LONGEST
from education.models import Page
from education.preview import preview

View = Callable[[HttpRequest], HttpResponse]
PLAIN = "text/plain; charset=utf-8"


def post_only(view: View) -> View:
    """Refuse whatever is not sent by the editor, in words."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            words = _("This address is for the editor of pages: it takes a POST only.")
            return HttpResponseNotAllowed(["POST"], f"{words}\n", content_type=PLAIN)
        return view(request)

    return guarded


def for_authors(view: View) -> View:
    """Let only staff who may write pages in; everyone else gets a plain refusal, which the editor does not print."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        user = cast("User | AnonymousUser", request.user)
        may = user.has_perm("education.change_page") or user.has_perm("education.add_page")
        if not (user.is_active and user.is_staff and may):
            return HttpResponseForbidden(_("Sign in again to go on writing."), content_type=PLAIN)
        return view(request)

    return guarded


@post_only
@never_cache
@for_authors
def markdownify(request: HttpRequest) -> HttpResponse:
    """Return what is to be said of a page as its form stands; of a text alone, the text as HTML."""
    text = request.POST.get("content", "")
    if max(len(text), len(request.POST.get("text", ""))) > LONGEST:
        return HttpResponse(format_html("<p>{}</p>", _("This text is too long to be shown.")))
    if "text" not in request.POST:
        return HttpResponse(preview(text))
    page = _page(request.POST)
    form = PageForm(request.POST, instance=page)
    told = panel(page, form.written(), form.box_lines(), request.POST, whole=form.is_whole())
    return render(request, "admin/education/editor/_findings.html", {"panel": told})


def _page(typed: QueryDict) -> Page:
    known = Page.objects.filter(pk=row_number(typed.get("page", ""))).first()
    path_ = typed.get("path", "").strip("/ ")[:200]
    return known or Page(language=typed.get("language") or "en", path=path_)


urlpatterns = [
    path("markdownx/markdownify/", markdownify, name="markdownx_markdownify"),
    path("markdownx/upload/", upload, name="markdownx_upload"),
]
