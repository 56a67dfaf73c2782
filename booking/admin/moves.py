"""The buttons of the queue: each one posts a move, says how it went, and leads to where work goes on."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import workflow
from booking.admin.forms import CloseForm, HandOverForm, LogCallForm, MoveForm
from booking.admin.words import Moment, Shown
from booking.history import by_email
from booking.models import ConsultationRequest
from booking.workflow import CLOSE, HAND_OVER, LOG_CALL, Move, MoveRefused

FORMS: dict[Move, type[MoveForm]] = {LOG_CALL: LogCallForm, HAND_OVER: HandOverForm, CLOSE: CloseForm}
DONE = {
    LOG_CALL: gettext_lazy("Logged for %(reference)s."),
    HAND_OVER: gettext_lazy("%(reference)s is handed over."),
    CLOSE: gettext_lazy("%(reference)s is closed."),
}


def take(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request and open it: whoever takes it calls next. Somebody slower stays in the queue and learns why."""
    row = _row(model_admin, request, pk)
    if request.method != "POST":
        return redirect(_address(model_admin, request, "change", pk))
    try:
        workflow.take(pk, by=request.user, at=timezone.now())
    except MoveRefused as refusal:
        messages.warning(request, f"{row}: {refusal}")
        return redirect(_address(model_admin, request, "changelist"))
    messages.success(request, _("%(reference)s is yours now.") % {"reference": row})
    return redirect(_address(model_admin, request, "change", pk))


def with_form(model_admin: Any, request: HttpRequest, pk: int, move: Move) -> HttpResponse:
    """Ask what a move needs, then make it. A refused move keeps what was typed and says what happened meanwhile."""
    row = _row(model_admin, request, pk)
    if request.method != "POST":
        form = _form(move, row, initial={"version": row.version})
        return _page(model_admin, request, row, move, form)
    form = _form(move, row, data=request.POST)
    if not form.is_valid():
        return _page(model_admin, request, row, move, form)
    try:
        getattr(workflow, move.name)(pk, by=request.user, at=timezone.now(), **form.arguments())
    except MoveRefused as refusal:
        row = _row(model_admin, request, pk)
        form = _form(move, row, data=request.POST.dict() | {"version": row.version})
        return _page(model_admin, request, row, move, form, refused=str(refusal))
    messages.success(request, DONE[move] % {"reference": row})
    return redirect(_address(model_admin, request, *(("change", pk) if move == LOG_CALL else ("changelist",))))


def _row(model_admin: Any, request: HttpRequest, pk: int) -> ConsultationRequest:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return model_admin.request_or_404(request, pk)


def _form(move: Move, row: ConsultationRequest, **given: Any) -> MoveForm:
    if move == HAND_OVER:
        given["holder"] = row.claimed_by_id
    if move == LOG_CALL:
        given["wrote"] = by_email(row)
    return FORMS[move](**given)


def _address(model_admin: Any, request: HttpRequest, page: str, *args: Any) -> str:
    """Return an address of the admin that remembers which view of the queue it came from."""
    url = reverse(f"{model_admin.admin_site.name}:booking_consultationrequest_{page}", args=args)
    filters = {"preserved_filters": model_admin.get_preserved_filters(request), "opts": model_admin.opts}
    return add_preserved_filters(filters, url)


def _page(
    model_admin: Any, request: HttpRequest, row: ConsultationRequest, move: Move, form: MoveForm, refused: str = ""
) -> HttpResponse:
    shown = Shown(row, viewer=request.user, moment=Moment.of(timezone.now()))
    move, is_open_to_me = shown.named(move), move in shown.moves
    if not (is_open_to_me or refused):
        refused = workflow.why_not(row, by=request.user, at=shown.moment.now, move=move)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "preserved_filters": model_admin.get_preserved_filters(request),
        "title": f"{move.label} · {row}",
        "shown": shown,
        "move": move,
        "form": form,
        "refused": refused,
        "is_open_to_me": is_open_to_me,
    }
    status = 409 if refused else 422 if form.errors else 200
    return TemplateResponse(request, "admin/booking/consultationrequest/move.html", context, status=status)
