"""Pictures in the admin: added by dropping a file, said who made them and what they show, and where they are used."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from education.admin.picture_form import PictureForm
from education.images.files import write_files
from education.images.gallery import is_public, pages_with, remove_picture, shown
from education.images.reprint import print_pages_with
from education.models import Picture
from education.moves import PUBLISH
from education.pictures import Shown

PRINTED = {"credit", "consent"}
"""What is said of a picture and decides what patients see."""


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Authors add pictures and say what must be said of them. The file never changes: pages were signed with it."""

    form = PictureForm
    list_display = ("thumbnail", "name", "says", "credit", "ready")
    list_display_links = ("thumbnail", "name")
    search_fields = ("name", "alt", "credit")
    search_help_text = _("Search in names, words and credits")
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("name",)
    actions = None

    class Media:
        css = {"all": ["css/staff-pictures.css"]}

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> str:
        """Show it small, as patients get it."""
        return _image(shown(picture), picture.widths[0], "thumb")

    @admin.display(description=_("picture"))
    def large(self, picture: Picture) -> str:
        """Show it as large as the page has room."""
        return _image(shown(picture), picture.width, "whole")

    @admin.display(description=_("what it shows"))
    def says(self, picture: Picture) -> str:
        return str(_("Decoration only")) if picture.decorative else picture.alt or "–"

    @admin.display(description=_("state"))
    def ready(self, picture: Picture) -> str:
        """Say in words whether pages may show it."""
        if picture.credit and picture.consent:
            return str(_("Ready for pages"))
        needs = {_("credit"): picture.credit, _("consent"): picture.consent}
        missing = ", ".join(str(name) for name, said in needs.items() if not said)
        return str(_("Not ready: %(missing)s missing")) % {"missing": missing}

    @admin.display(description=_("Write in a text"))
    def code(self, picture: Picture) -> str:
        return format_html('<code class="code">{}</code>', shown(picture).code)

    @admin.display(description=_("Pages that show it"))
    def used(self, picture: Picture) -> str:
        """Link the pages, drafts included; while there are any, the picture stays."""
        links = ((reverse("admin:education_page_change", args=[page.pk]), page) for page in pages_with(picture.name))
        return format_html_join("", '<a class="used" href="{}">{}</a>', links) or str(_("None"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Pictures")} | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Head the form with the picture's name."""
        picture = kwargs.get("obj")
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        context |= {"title": picture.name if picture else _("Add a picture"), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        said = ("alt", "decorative", "credit", "consent")
        return ("file", "name", *said) if obj is None else ("large", "code", *said, "used")

    def get_readonly_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        viewer: Any = request.user
        fixed = () if viewer.has_perm(PUBLISH) or not is_public(obj.name) else self.printed(obj)
        return ("large", "code", "used", *fixed)

    def printed(self, picture: Picture) -> tuple[str, ...]:
        """What patients see at once, so only who may publish changes it; consent can always be taken back."""
        return ("credit",) if picture.consent else ("credit", "consent")

    def has_delete_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """Only while no page shows it, drafts included."""
        return super().has_delete_permission(request, obj) and not (obj and pages_with(obj.name))

    def save_model(self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool) -> None:
        """Write the files of a new picture before its row; print pages again when what they show changed."""
        if form.made is not None:
            obj.added_by, obj.added_at = request.user, timezone.now()  # type: ignore[assignment]  # staff are users
            write_files(form.made, shown(obj))
        super().save_model(request, obj, form, change)
        if change and PRINTED & set(form.changed_data):
            print_pages_with(obj.name)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        remove_picture(obj)

    def response_post_save_add(self, request: HttpRequest, obj: Picture) -> HttpResponseRedirect:
        """Show what to write in a text next."""
        return redirect("admin:education_picture_change", obj.pk)


def _image(picture: Shown, width: int, css: str) -> str:
    height = round(picture.height * width / picture.width)
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        css,
        picture.url(width, "jpg"),
        width,
        height,
        picture.alt or picture.name,
    )
