"""Pages as staff see them: a list with their state, the text with its preview, and what may be done with it."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from education.admin import copies, decide, desk, past
from education.admin.drafts import person, preview_view
from education.admin.forms import FIELDSETS, PageForm
from education.admin.frames import framing
from education.admin.listing import PageList, StateFilter, standing, tabs
from education.admin.readers import readers_view
from education.admin.signing import signing_urls
from education.admin.words import Shown
from education.models import Page
from education.revisions import save_text


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """Authors save and preview; whoever may publish publishes."""

    form = PageForm
    list_display = ("path",)
    list_filter = (StateFilter,)
    search_fields = ("path", "published__text")
    search_help_text = _("Search in addresses and published words")
    ordering = ("language", "path")
    list_per_page = 100
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    actions = None
    actions_on_top = True  # without either action bar the stock template writes a style that our policy forbids

    class Media:
        css = {"all": ["css/editor.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return standing(super().get_queryset(request), timezone.localdate())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PageList]:
        return PageList

    @admin.display(description=_("address"))
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    @admin.display(description=_("state"))
    def state(self, page: Page) -> str:
        """Say in words where the page stands."""
        return Shown(page, viewer=None, now=timezone.now()).state

    @admin.display(description=_("Text"))
    def newest_text(self, page: Page) -> str:
        """The text for those who may read but not write."""
        newest = page.newest()
        return format_html('<pre class="page-text" tabindex="0">{}</pre>', newest.text if newest else "")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Pages"), "tabs": tabs(request)} | (extra_context or {}))

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Leave the stock sentences out: saving says its own, and "changed successfully" would claim too much."""

    def response_post_save_add(self, request: HttpRequest, obj: Page) -> HttpResponseRedirect:
        return self.response_post_save_change(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Page) -> HttpResponseRedirect:
        """Stay on the page: what follows a draft is its preview, then publishing."""
        return redirect("admin:education_page_change", obj.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        """Never: a page's words are kept."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        may_write = self.has_change_permission(request, obj) if obj else True
        if not may_write:
            return ((None, {"fields": (("address", "state"), "newest_text")}),)
        return FIELDSETS if obj else ((None, {"fields": (("language", "path"),)}), *FIELDSETS)

    def get_readonly_fields(self, request: HttpRequest, obj: Page | None = None) -> tuple[str, ...]:
        return ("address", "state", "newest_text") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | {"updated": timezone.localdate(), "order": 1}

    def save_model(self, request: HttpRequest, obj: Page, form: PageForm, change: bool) -> None:
        """Keep the words as a new revision; patients see them when somebody publishes."""
        if not change:
            super().save_model(request, obj, form, change)
        words = form.cleaned_data
        save_text(obj, words["text"], author=person(request), note=words["note"], at=timezone.now())
        copies.throw_away(obj if change else None, person(request))
        messages.info(request, _("Kept as a draft. Patients see it once it is published."))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = kwargs.get("obj")
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if page is not None:
            shown = Shown(page, viewer=request.user, now=timezone.now())
            newer = getattr(context["adminform"].form, "newer", None)
            context |= past.past_of(page) | {"shown": shown, "title": shown.title, "newer": newer}
            context["may_write"] = self.has_change_permission(request, page)
        if self.has_change_permission(request, page) if page else self.has_add_permission(request):
            context |= desk.set_desk(request, page, context["adminform"].form)
        return framing(super().render_change_form(request, context, *args, **kwargs))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show our own history: every text and every event."""
        return past.history(self, request, int(object_id) if object_id.isdecimal() else 0)

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "education_page_{}".format
        reads = {"review": decide.review, "compare": past.compare, "withdraw": decide.withdraw}
        posts = {
            "submit": decide.submit,
            "publish": decide.publish,
            "schedule": decide.schedule,
            "unschedule": decide.unschedule,
            "send-back": decide.send_back,
        }
        views = {slug: partial(view, self) for slug, view in reads.items()}
        views |= {slug: require_POST(partial(view, self)) for slug, view in posts.items()}
        restore = require_POST(partial(past.restore, self))
        return [
            path("<int:page_id>/preview/", wrap(preview_view), name=name("preview")),
            path("<int:page_id>/preview/<int:revision_id>/", wrap(preview_view), name=name("preview_one")),
            path("<int:page_id>/restore/<int:revision_id>/", wrap(restore), name=name("restore")),
            *(
                path(f"<int:page_id>/{slug}/", wrap(view), name=name(slug.replace("-", "_")))
                for slug, view in views.items()
            ),
            path("readers/", wrap(readers_view), name=name("readers")),
            *signing_urls(wrap),
            *desk.urls(wrap),
            *super().get_urls(),
        ]
