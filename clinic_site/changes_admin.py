"""The changes of accounts that wait for a second person, in the admin."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.models import AccountChange
from clinic_site.second_pair import Kind, Refused, decide, hindrance


@admin.register(AccountChange)
class AccountChangeAdmin(admin.ModelAdmin):
    """What one manager asked for and another confirms or refuses. Nothing else can be done with it."""

    list_display = ("__str__", "asked_by", "asked_at", "confirmed", "decided_by")
    ordering = ("-asked_at",)
    sortable_by = ()
    show_full_result_count = False
    actions = None
    fields = ("person", "kind", "new_email", "asked_by", "asked_at", "decided_by", "decided_at", "confirmed")
    readonly_fields = fields
    change_form_template = "admin/clinic_site/account_change.html"

    @admin.display(description=_("new e-mail address"))
    def new_email(self, change: AccountChange) -> str:
        """Show what is to be confirmed; a password's hash is shown to nobody."""
        return change.value if change.kind == Kind.EMAIL and change.value else "–"

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
