"""The changes of accounts that wait for a second person, in the admin."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.history import person_name
from clinic_site.models import AccountChange
from clinic_site.second_pair import Kind, Refused, decide, hindrance, standing


@admin.register(AccountChange)
class AccountChangeAdmin(admin.ModelAdmin):
    """What one manager asked for and another confirms or refuses. Nothing else can be done with it."""

    list_display = ("__str__", "asker", "asked_at", "stands")
    list_select_related = ("person", "asked_by", "decided_by")
    ordering = ("-asked_at",)
    sortable_by = ()
    show_full_result_count = False
    actions = None
    readonly_fields = ("user_name", "new_email", "asker", "asked_at", "stands", "decided_at")
    change_form_template = "admin/clinic_site/account_change.html"

    def get_fields(self, request: HttpRequest, obj: AccountChange | None = None) -> Any:
        """Show what there is to say: an address to come while one is asked for, the hour of a decision after it."""
        address = ["new_email"] if obj and obj.kind == Kind.EMAIL and obj.value else []
        return [
            "user_name",
            *address,
            "asker",
            "asked_at",
            "stands",
            *(["decided_at"] if obj and obj.decided_at else []),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Changes to confirm")} | (extra_context or {}))

    @admin.display(description=_("user name"))
    def user_name(self, change: AccountChange) -> str:
        """Name the account: two colleagues may share a name."""
        return change.person.get_username()

    @admin.display(description=_("new e-mail address"))
    def new_email(self, change: AccountChange) -> str:
        """Show what is to be confirmed; a password's hash is shown to nobody."""
        return change.value

    @admin.display(description=_("who asked"))
    def asker(self, change: AccountChange) -> str:
        """Name who asked, as colleagues know them."""
        return str(person_name(change.asked_by))

    @admin.display(description=_("where it stands"))
    def stands(self, change: AccountChange) -> str:
        """Say whether it waits, or who decided."""
        return standing(change)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Answer no question in an address: whoever asks how a hash begins learns the whole of it, letter by letter."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They arise where accounts are changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AccountChange | None = None) -> bool:
        """They are kept: who asked, who confirmed."""
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say why this person may not decide."""
        change = kwargs["obj"]
        context |= {"title": str(change), "hindrance": hindrance(change, cast(User, request.user))}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: AccountChange, form: Any, change: bool) -> None:
        """Confirm or refuse."""
        confirm = "_confirm" in request.POST
        try:
            decide(obj, confirm=confirm, by=cast(User, request.user), at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return
        said = _("Confirmed: %(change)s.") if confirm else _("Refused: %(change)s.")
        messages.success(request, said % {"change": obj})

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Leave the stock sentences out: deciding says its own."""
