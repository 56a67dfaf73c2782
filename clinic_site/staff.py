"""The staff's front door: Django's admin under the clinic's name."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from clinic_site import devices, kept
from clinic_site.sign_in import SignInForm

APP_ORDER = ("booking", "education", "auth")


class StaffSite(AdminSite):
    """The admin as staff see it: the queue first, then pages, then people."""

    site_title = _("Staff")
    index_title = _("You have no role yet")
    login_form = SignInForm
    enable_nav_sidebar = False  # three places only: the links of the header reach them all
    site_url = "/"

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Open the first place that this person may work in: for most the queue, for authors the pages."""
        places = (model["admin_url"] for app in self.get_app_list(request) for model in app["models"])
        first = next((url for url in places if url), None)
        return redirect(first) if first else super().index(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a page; a form that comes after the sign-in ended is kept for whoever signs in again."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any("\0" in word for words in request.GET.lists() for word in (words[0], *words[1])):
                raise BadRequest  # PostgreSQL has no such text, not even to look for
            if request.method == "POST" and not self.has_permission(request) and kept.seal(request):
                return kept.sign_in(self, request)
            return guarded(request, *args, **kwargs)

        return keeping

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Let somebody in, and give back what they had typed when their sign-in ended."""
        sealed = request.POST.get(kept.FIELD, "")
        response = super().login(request, {"title": _("Sign in"), kept.FIELD: sealed} | (extra_context or {}))
        signed_in = request.method == "POST" and response.status_code == HTTPStatus.FOUND
        response = (kept.again(self, request, sealed) if sealed and signed_in else None) or response
        if signed_in:
            devices.remember(request, response, request.user.get_username())  # as read, not as typed
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return what this person may do, in the order of the day: queue, pages, staff."""
        apps = super().get_app_list(request, app_label)
        order = {label: place for place, label in enumerate(APP_ORDER)}
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the clinic's name, which settings know only once they are read."""
        return super().each_context(request) | {"site_header": settings.CLINIC.name}
