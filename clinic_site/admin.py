"""Staff accounts as managers see them: name, roles, may sign in or not. Rights come from roles only."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

admin.site.unregister(Group)  # what a role may do is decided in roles.py, not by hand
admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(stock.UserAdmin):
    """Accounts of staff. Whoever is no superuser makes none, and touches none."""

    list_display = ("username", "name", "roles", "is_active", "last_login")
    list_filter = ()
    sortable_by = ()
    search_fields = ("username", "first_name", "last_name")
    search_help_text = _("Part of a user name or of a name")
    show_full_result_count = False
    actions = None
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may do"), {"fields": ("is_active", "groups")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "groups", "password1", "password2")}),)
    readonly_fields = ("last_login",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Staff")} | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Offer the superuser tick to superusers alone."""
        fieldsets = super().get_fieldsets(request, obj)
        viewer: Any = request.user
        if obj is not None and viewer.is_superuser:
            return (*fieldsets, (_("The whole site"), {"fields": ("is_superuser",)}))
        return fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        viewer: Any = request.user
        above = obj is not None and obj.is_superuser and not viewer.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # their name stands in histories: take the tick "active" away instead

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": _("Roles"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Everyone here is staff: an account that cannot open this site is of no use."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description=_("name"))
    def name(self, person: User) -> str:
        """Return the name by which colleagues know them."""
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        """Name the roles."""
        names = [role.name for role in person.groups.all()]
        return ", ".join(names) or (str(_("the whole site")) if person.is_superuser else "")
