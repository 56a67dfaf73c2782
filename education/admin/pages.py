"""Pages as staff see them: a list with their state, the text with its preview, the history, and publishing."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from education.admin.drafts import history_of, person, preview_view, publish_view
from education.admin.forms import FIELDSETS, PageForm
from education.models import Page, Revision
from education.revisions import save_text


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """Authors save and preview; whoever may publish publishes."""

    form = PageForm
    list_display = ("title", "address", "language", "state", "saved")
    list_display_links = ("title",)
    search_fields = ("path", "published__text")
    search_help_text = _("Search in addresses and published words")
    ordering = ("language", "path")
    list_per_page = 100
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["css/editor.css"]}
        js = ["js/editor.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        newest = Revision.objects.filter(page=OuterRef("pk")).order_by("-pk")
        return (
            super()
            .get_queryset(request)
            .annotate(
                newest_id=Subquery(newest.values("pk")[:1]),
                newest_title=Subquery(newest.annotate(heading=KT("front__title")).values("heading")[:1]),
                newest_saved_at=Subquery(newest.values("saved_at")[:1]),
            )
        )

    @admin.display(description=_("title"), ordering="newest_title")
    def title(self, page: Page) -> str:
        return getattr(page, "newest_title", None) or str(page)

    @admin.display(description=_("address"), ordering="path")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    @admin.display(description=_("state"))
    def state(self, page: Page) -> str:
        """Say in words what patients see of this page."""
        if page.published_id is None:
            return str(_("Not published"))
        newest = getattr(page, "newest_id", None)
        return str(_("Published") if newest in (None, page.published_id) else _("Draft newer than published"))

    @admin.display(description=_("last saved"), ordering="newest_saved_at")
    def saved(self, page: Page) -> Any:
        return getattr(page, "newest_saved_at", None)

    @admin.display(description=_("Text"))
    def newest_text(self, page: Page) -> str:
        """The text for those who may read but not write."""
        newest = page.newest()
        return format_html('<pre class="page-text" tabindex="0">{}</pre>', newest.text if newest else "")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Pages")} | (extra_context or {}))

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
        place = ("address", "state") if obj else ("language", "path")
        return (
            (None, {"fields": (place, *(() if may_write else ("newest_text",)))}),
            *(FIELDSETS if may_write else ()),
        )

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
        messages.info(request, _("Kept as a draft. Patients see it once it is published."))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = kwargs.get("obj")
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if page is not None:
            context["title"] = getattr(page, "newest_title", None) or str(page)
            context |= history_of(page) | {
                "may_publish": person(request).has_perm("education.publish_page"),
                "newer": getattr(context["adminform"].form, "newer", None),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:page_id>/preview/", wrap(preview_view), name="education_page_preview"),
            path("<int:page_id>/preview/<int:revision_id>/", wrap(preview_view), name="education_page_preview_one"),
            path("<int:page_id>/publish/", wrap(publish_view), name="education_page_publish"),
            *super().get_urls(),
        ]
