"""The two addresses that the Markdown editor calls. The package's own are open to everybody; these are not."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from education.library import LONGEST
from education.preview import preview

View = Callable[[HttpRequest], HttpResponse]


def for_authors(view: View) -> View:
    """Let only staff who may write pages in; everyone else gets a plain refusal, which the editor does not print."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        user = cast("User | AnonymousUser", request.user)
        may = user.has_perm("education.change_page") or user.has_perm("education.add_page")
        if not (user.is_active and user.is_staff and may):
            return HttpResponseForbidden(_("Sign in again to go on writing."), content_type="text/plain; charset=utf-8")
        return view(request)

    return guarded


@require_POST
@never_cache
@for_authors
def markdownify(request: HttpRequest) -> HttpResponse:
    """Return a text as HTML for the preview beside it."""
    text = request.POST.get("content", "")
    if len(text) > LONGEST:
        return HttpResponse(format_html("<p>{}</p>", _("This text is too long to be shown.")))
    return HttpResponse(preview(text))


@require_POST
@never_cache
@for_authors
def upload(request: HttpRequest) -> HttpResponse:
    """Refuse a picture in words: pages do not take pictures from the editor yet."""
    return JsonResponse({"image_error": _("Pictures cannot be added here yet.")}, status=200)


urlpatterns = [
    path("markdownx/markdownify/", markdownify, name="markdownx_markdownify"),
    path("markdownx/upload/", upload, name="markdownx_upload"),
]
