"""Staff accounts as managers see them: name, roles, may sign in or not. Rights come from roles only."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booking import mailbox
from booking.history import person_name
from booking.models import ConsultationRequest
from booking.workflow import workers
from clinic_site.changes_admin import AccountChangeAdmin
from clinic_site.models import AccountChange
from clinic_site.second_pair import ROLES_THAT_WAIT, Kind, ask, hindrance, needs_another

HELP = {
    "username": _("To sign in with. Letters, digits and @ . + - _"),
    "email": _("The notice that a request came in goes here."),
    "is_active": _("Take the tick away when somebody leaves. Their name stays in histories."),
    "is_superuser": _("May do everything, without any role."),
}

__all__ = ["AccountChangeAdmin", "StaffAdmin"]


def _can_be_written_to(address: str) -> None:
    """Refuse an address that would not mean the same on this page and to a mail server. Raises ValidationError."""
    if mailbox.read(address) is None:
        raise ValidationError(_("No mail can be sent to this address. Check how it is written."))


admin.site.unregister(Group)  # what a role may do is decided in roles.py, not by hand
admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(stock.UserAdmin):
    """Accounts of staff. Whoever is no superuser makes none, and touches none."""

    list_display = ("username", "name", "roles", "is_active", "signed_in")
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
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "groups", "password1", "password2")}),
    )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name, and say what waits for this manager."""
        viewer: Any = request.user
        waiting = [each for each in AccountChange.objects.open() if not hindrance(each, viewer)]
        if waiting:
            words = ngettext("%(n)d change waits for you.", "%(n)d changes wait for you.", len(waiting))
            place = reverse("admin:clinic_site_accountchange_changelist")
            told = words % {"n": len(waiting)}
            messages.info(request, format_html('{} <a href="{}">{}</a>', told, place, _("Changes to confirm")))
        return super().changelist_view(request, {"title": _("Staff")} | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Head the form with the colleague's name."""
        person = kwargs.get("obj")
        context["title"] = person_name(person) if person else _("Add a colleague")
        return super().render_change_form(request, context, *args, **kwargs)

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

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in HELP:
            kwargs["help_text"] = HELP[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "email" and field is not None:
            field.validators.append(_can_be_written_to)
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": _("Roles"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Everyone here is staff: an account that cannot open this site is of no use.

        Another address for a clinician, or letting one in again, waits for a second person. Locking out waits for none.
        """
        obj.is_staff = True
        viewer: Any = request.user
        if change and needs_another(viewer, obj):
            before = User.objects.get(pk=obj.pk)
            if obj.email != before.email:
                self._ask(request, obj, Kind.EMAIL, obj.email)
                obj.email = before.email
            if obj.is_active and not before.is_active:
                self._ask(request, obj, Kind.ACTIVE)
                obj.is_active = False
        super().save_model(request, obj, form, change)

    def _ask(self, request: HttpRequest, person: User, kind: str, value: str = "") -> None:
        """Keep a change for a second person, and say so to whoever asked."""
        viewer: Any = request.user
        asked = ask(person, kind, by=viewer, at=timezone.now(), value=value)
        self.log_change(request, person, f"Asked: {asked}")
        words = _("%(change)s once another manager, or whoever runs the site, confirms it under “Changes to confirm”.")
        messages.warning(request, words % {"change": asked})

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Set a password; a clinician's or manager's waits for a second person."""
        person, viewer = self.get_object(request, unquote(id)), cast(User, request.user)
        waits = person is not None and self.has_change_permission(request, person) and needs_another(viewer, person)
        if request.method == "POST" and person is not None and waits:
            form = self.change_password_form(person, request.POST)
            if form.is_valid():
                self._ask(request, person, Kind.PASSWORD, form.save(commit=False).password)
                return redirect("admin:auth_user_change", person.pk)
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        return answer

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Roles are known only now: a new clinician or manager waits for a second person.

        Tell a manager what somebody leaves behind who works the queue no longer.
        """
        person, viewer = form.instance, cast(User, request.user)
        had = set(person.groups.all())
        super().save_related(request, form, formsets, change)
        for role in person.groups.filter(name__in=ROLES_THAT_WAIT):
            if role not in had and not viewer.is_superuser:
                person.groups.remove(role)
                self._ask(request, person, ROLES_THAT_WAIT[role.name])
        held = ConsultationRequest.objects.with_person(form.instance).count()
        if held and not workers().filter(pk=form.instance.pk).exists():
            words = ngettext(
                "%(name)s still has %(n)d open request. Hand it over in the queue.",
                "%(name)s still has %(n)d open requests. Hand them over in the queue.",
                held,
            )
            messages.warning(request, words % {"name": person_name(form.instance), "n": held})

    @admin.display(description=_("last signed in"))
    def signed_in(self, person: User) -> Any:
        """Say when they last came."""
        return person.last_login or _("Never")

    @admin.display(description=_("name"))
    def name(self, person: User) -> str:
        """Return the name by which colleagues know them."""
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        """Name the roles."""
        names = [role.name for role in person.groups.all()]
        return ", ".join(names) or (str(_("the whole site")) if person.is_superuser else "")
