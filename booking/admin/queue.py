"""The queue's list: its views, its order, its head line, and search that never writes a name into an address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import InvalidToken
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import clock, crypto, reference, search_keys
from booking.admin.waiting import Moment
from booking.admin.words import Shown
from booking.models import ConsultationRequest, Event
from booking.models.request import QUEUE_ORDER

VIEW = "view"
VIEWS: dict[str | None, Any] = {
    None: _("To do now"),
    "mine": _("Mine"),
    "unclaimed": _("Unclaimed"),
    "closed": _("Closed"),
    "everything": _("Everything"),
}
ORDER: dict[str | None, tuple[Any, ...]] = {
    "closed": ("-closed_at", "pk"),
    "everything": ("-pk",),
    "search": (F("closed_at").desc(nulls_first=True), *QUEUE_ORDER),
}
UNSEEN = ("email", "needs", "interpreter_language", "message", "consent_text", "who_for", "call_times", "phone",
          "helper_name", "contact_whom")  # fmt: skip
"""What the list does not show it does not unseal."""


class ViewFilter(admin.SimpleListFilter):
    """The views above the list, as one filter in the address."""

    title = _("view")
    parameter_name = VIEW

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, words in VIEWS.items() if name]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = chosen_view(request)
        rows: Any = queryset
        picked = {
            None: rows.open,
            "mine": lambda: rows.with_person(request.user),
            "unclaimed": rows.unclaimed,
            "closed": rows.closed,
        }
        return picked.get(chosen, rows.all)()


def chosen_view(request: HttpRequest) -> str | None:
    """Return the view that the address names; somebody who searches looks through everything."""
    name = request.GET.get(VIEW)
    return "search" if name is None and SEARCH_VAR in request.GET else name


def order_of(request: HttpRequest) -> tuple[Any, ...]:
    """Return the order of the chosen view: what is due first for open requests, the newest first for the rest."""
    return ORDER.get(chosen_view(request), QUEUE_ORDER)


class Queue(ChangeList):
    """One page of the queue, each request in words."""

    shown: list[Shown]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        now, tries = Moment.of(timezone.now()), tries_of(self.result_list)
        self.shown = [Shown(row, viewer=request.user, moment=now, **tries.get(row.pk, {})) for row in self.result_list]
        self.searched = opened(self.query) if self.query else ""


def tries_of(rows: list[ConsultationRequest]) -> dict[int, dict[str, Any]]:
    """Return for each request how often somebody tried to reach the person, and when last: one query for all."""
    calls = Event.objects.calls().filter(request__in=[row.pk for row in rows])
    counted = calls.values("request").annotate(tries=Count("pk"), last_try=Max("at"))
    return {each["request"]: {"tries": each["tries"], "last_try": each["last_try"]} for each in counted}


@dataclass(frozen=True)
class Standing:
    """How the queue stands: the line above the list."""

    open: int
    mine: int
    unclaimed: int
    late: int
    next_due: str


def standing(viewer: Any, now: datetime) -> Standing:
    """Count the open requests once for the line and its tabs."""
    counts = ConsultationRequest.objects.open().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(claimed_by=viewer)),
        unclaimed=Count("pk", filter=Q(claimed_by=None)),
        late=Count("pk", filter=Q(due_at__lt=now)),
        next_due=Min("due_at", filter=Q(due_at__gte=now)),
    )
    due = counts["next_due"]
    return Standing(
        counts["all"], counts["mine"], counts["unclaimed"], counts["late"], clock.short(due, now) if due else ""
    )


def tabs(request: HttpRequest, counts: Standing) -> list[dict[str, Any]]:
    """Return the views as links, with how many wait in each."""
    numbers = {None: counts.open, "mine": counts.mine, "unclaimed": counts.unclaimed}
    chosen = chosen_view(request)
    return [
        {
            "label": words,
            "url": f"?{urlencode({VIEW: name})}" if name else "?",
            "is_chosen": name == chosen,
            "count": numbers.get(name),
        }
        for name, words in VIEWS.items()
    ]


def found(rows: Any, sealed_text: str) -> QuerySet:
    """Return the requests whose reference, name, e-mail or telephone staff typed, in whole words."""
    text = opened(sealed_text)
    typed = reference.typed(text)
    by_reference = rows.filter(reference=typed) if typed else rows.none()
    if by_reference.exists():
        return by_reference
    digests = search_keys.for_query(text)
    return rows.found_by(digests) if digests else rows.none()


def opened(sealed_text: str) -> str:
    """Return what was typed; an address that somebody wrote by hand holds nothing."""
    try:
        return crypto.unseal_for(SEARCH_VAR, sealed_text)
    except (InvalidToken, ValueError):
        return ""


def search_address(text: str) -> str:
    """Return the query string of a search. What was typed travels sealed: logs and histories learn no name."""
    return f"?{urlencode({SEARCH_VAR: crypto.seal_for(SEARCH_VAR, text)})}" if text.strip() else "?"
