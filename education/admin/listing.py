"""The list of pages: what each stands at, asked for in one query, and the views above the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Left
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education import languages
from education.admin.words import Shown
from education.expiry import DUE_WITHIN
from education.models import Page, Revision, SignOff
from education.translations import UP_TO_DATE, Lag, lag

State = Revision.State
STATE = "state"
DUE, SIGNED, WITHDRAWN, BEHIND = "due", "signed", "withdrawn", "behind"
VIEWS: dict[str | None, Any] = {
    None: _("All"),
    State.DRAFT: _("Draft"),
    State.REVIEW: _("In review"),
    SIGNED: _("Signed off"),
    State.SCHEDULED: _("To be published"),
    State.PUBLISHED: _("Published"),
    WITHDRAWN: _("Withdrawn"),
    DUE: _("Review due"),
    BEHIND: _("Translation behind"),
}


def standing(rows: QuerySet[Page], today: date) -> QuerySet[Page]:
    """Return pages, each with its newest words' title, time and state, its plan, its next check and its standing."""
    newest = Revision.objects.filter(page=OuterRef("pk")).exclude(state=State.ASIDE).order_by("-pk")
    plan = Revision.objects.filter(page=OuterRef("pk"), state=State.SCHEDULED).order_by("publish_at")
    signed = SignOff.objects.filter(page=OuterRef("pk"))
    next_check = signed.filter(digest=OuterRef("published__digest")).order_by("-signed_at", "-pk").values("next_review")
    given_since_withdrawal = Q(page__withdrawn_at=None) | Q(signed_at__gt=F("page__withdrawn_at"))
    own_day: Any = KeyTextTransform("review", "published__front")
    own_mark: Any = KeyTextTransform("translated_from", "published__front")
    return rows.annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        newest_title=Subquery(newest.annotate(heading=KT("front__title")).values("heading")[:1]),
        newest_saved_at=Subquery(newest.values("saved_at")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_digest=Subquery(newest.values("digest")[:1]),
        newest_signed=Exists(signed.filter(digest=OuterRef("newest_digest")).filter(given_since_withdrawal)),
        says_the_same=Q(published__digest=F("newest_digest")),
        planned_at=Subquery(plan.values("publish_at")[:1]),
        next_check=Coalesce(
            Cast(Subquery(next_check[:1]), TextField()), Cast(own_day, TextField()), Value("", output_field=TextField())
        ),
        stands=_stands(today),
        translated_from=Cast(own_mark, TextField()),
        source_mark=Subquery(_source().annotate(mark=Left("published__digest", 12)).values("mark")[:1]),
    )


def _source() -> QuerySet[Page]:
    """Return the published page that a translation stands on."""
    return Page.objects.filter(language=languages.source(), path=OuterRef("path"), published__isnull=False)


def _stands(today: date) -> Case:
    is_due = Q(next_check__gt="", next_check__lte=(today + DUE_WITHIN).isoformat())
    is_public = Q(says_the_same=True)
    is_gone = Q(published=None, withdrawn_at__isnull=False, newest_state__in=[State.SUPERSEDED, State.PUBLISHED])
    return Case(
        When(planned_at__isnull=False, then=Value(State.SCHEDULED)),
        When(is_public & is_due, then=Value(DUE)),
        When(is_public, then=Value(State.PUBLISHED)),
        When(is_gone, then=Value(WITHDRAWN)),
        When(newest_signed=True, then=Value(SIGNED)),
        When(newest_state=State.REVIEW, then=Value(State.REVIEW)),
        default=Value(State.DRAFT),
        output_field=CharField(),
    )


class StateFilter(admin.SimpleListFilter):
    """The views above the list, as one filter in the address. What patients see and what is written may both show."""

    title = _("state")
    parameter_name = STATE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, words in VIEWS.items() if name]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        soon = (timezone.localdate() + DUE_WITHIN).isoformat()
        facts = {
            State.PUBLISHED: Q(published__isnull=False),
            WITHDRAWN: Q(withdrawn_at__isnull=False),
            DUE: Q(published__isnull=False, next_check__gt="", next_check__lte=soon),
            BEHIND: Q(published__isnull=False) & ~Q(language=languages.source()) & ~Q(translated_from=F("source_mark")),
        }
        chosen = self.value()
        return queryset.filter(facts.get(chosen, Q(stands=chosen))) if chosen else queryset


class PageList(ChangeList):
    """One page of the list, each page of the site in words."""

    shown: list[Shown]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        now = timezone.now()
        behind = lags(self.result_list)
        self.shown = [
            Shown(page, viewer=request.user, now=now, lag=behind.get(page.pk, UP_TO_DATE)) for page in self.result_list
        ]


def lags(pages: Iterable[Page]) -> dict[int, Lag]:
    """Return what the translations among these pages lack, by page: two queries, none if there is no translation."""
    ours = {page.pk: page for page in pages if page.published_id and languages.is_translation(page.language)}
    if not ours:
        return {}
    told = ("pk", "path", "published__digest", "published__front")
    public = Page.objects.published()
    source = public.filter(language=languages.source(), path__in=[page.path for page in ours.values()])
    fronts = {path: (digest[:12], front) for _pk, path, digest, front in source.values_list(*told)}
    return {
        pk: lag(front, fronts[path][1], fronts[path][0])
        for pk, path, _digest, front in public.filter(pk__in=ours).values_list(*told)
        if path in fronts
    }


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the views as links."""
    chosen = request.GET.get(STATE)
    return [
        {"label": words, "url": f"?{urlencode({STATE: name})}" if name else "?", "is_chosen": name == chosen}
        for name, words in VIEWS.items()
    ]
