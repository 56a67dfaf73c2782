"""The queue and the page of one request. Nobody adds, edits or deletes a request here: they make moves."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booking.admin import moves
from booking.admin.past import deliveries, timeline
from booking.admin.queue import UNSEEN, Queue, ViewFilter, found, order_of, search_address, standing, tabs, tries_of
from booking.admin.waiting import Moment
from booking.admin.words import Shown
from booking.models import ConsultationRequest
from booking.rights import CORRECT, TAKE


@admin.register(ConsultationRequest)
class RequestAdmin(admin.ModelAdmin):
    """The queue."""

    actions = None
    actions_on_top = True  # without either action bar the stock template writes a style that our policy forbids
    list_display = ("reference",)
    list_filter = (ViewFilter,)
    list_per_page = 50
    list_select_related = ("claimed_by",)
    search_fields = ("reference",)
    show_facets = ShowFacets.NEVER
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:
        return Queue

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return order_of(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer(*UNSEEN)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        return (found(queryset, search_term) if search_term else queryset), False

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "booking_consultationrequest_{}".format
        forms = {move.name.replace("_", "-"): move for move in moves.FORMS if move != CORRECT}
        return [
            path("find/", wrap(self.find), name=name("find")),
            path("<int:pk>/take/", wrap(partial(moves.take, self)), name=name(TAKE.name)),
            *(
                path(f"<int:pk>/{slug}/", wrap(partial(moves.with_form, self, move=move)), name=name(move.name))
                for slug, move in forms.items()
            ),
            path(
                "<int:pk>/correct/<int:event>/",
                wrap(partial(moves.with_form, self, move=CORRECT)),
                name=name(CORRECT.name),
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the queue."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        counts = standing(request.user, now)
        last = None if counts.open else ConsultationRequest.objects.closed().order_by("-closed_at").first()
        context = {"title": _("Queue"), "standing": counts, "tabs": tabs(request, counts), "last_closed": last}
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_POST)
    def find(self, request: HttpRequest) -> HttpResponse:
        """Turn what was typed into an address that does not show it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = search_address(request.POST.get("q", "")[:200])
        return redirect(reverse("admin:booking_consultationrequest_changelist") + query)

    def request_or_404(self, request: HttpRequest, pk: int | str) -> ConsultationRequest:
        """Return one request with whoever has it."""
        rows = ConsultationRequest.objects.select_related("claimed_by")
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() else None
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show everything about one request. Reading changes nothing, and there is nothing to save."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.request_or_404(request, object_id)
        now = Moment.of(timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            "title": str(row),
            "shown": Shown(row, viewer=request.user, moment=now, **tries_of([row]).get(row.pk, {})),
            "timeline": timeline(row, request.user),
            "deliveries": deliveries(row.messages.order_by("pk")),
        }
        return TemplateResponse(request, "admin/booking/consultationrequest/request.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the timeline: it is the history."""
        return redirect(reverse("admin:booking_consultationrequest_change", args=[object_id]) + "#timeline")
