"""The buttons of the queue: each one posts a move, says how it went, and leads to where work goes on."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import rights, workflow
from booking.admin.forms import CloseForm, HandOverForm, LogCallForm, MoveForm, ReasonForm
from booking.admin.past import Entry, timeline
from booking.admin.waiting import Moment
from booking.admin.words import Shown
from booking.history import by_email
from booking.models import ConsultationRequest
from booking.rights import CLOSE, CORRECT, GIVE_BACK, HAND_OVER, LOG_CALL, NOTE, REOPEN, Move
from booking.workflow import MoveRefused

FORMS: dict[Move, type[MoveForm]] = {
    LOG_CALL: LogCallForm,
    HAND_OVER: HandOverForm,
    CLOSE: CloseForm,
    GIVE_BACK: MoveForm,
    NOTE: ReasonForm,
    REOPEN: ReasonForm,
    CORRECT: ReasonForm,
}
ASKED: dict[Move, dict[str, Any]] = {
    NOTE: {"asked": gettext_lazy("Note"), "missing": gettext_lazy("Write the note")},
    REOPEN: {
        "asked": gettext_lazy("Why is it opened again?"),
        "missing": gettext_lazy("Write in a few words why it is opened again"),
    },
    CORRECT: {
        "asked": gettext_lazy("What was wrong?"),
        "missing": gettext_lazy("Write in a few words what was wrong"),
    },
}
EXPLAINED = {
    GIVE_BACK: gettext_lazy("Nobody will have it then, and a colleague can take it. When it is due does not change."),
    NOTE: gettext_lazy("It stays with the request. Who has it, and when it is due, do not change."),
    REOPEN: gettext_lazy(
        "It will be yours, and stand where it stood before it was closed. The patient sees that, too."
    ),
    CORRECT: gettext_lazy("It stays to be read, struck through. The request goes on as if it had not been written."),
}
DONE = {
    LOG_CALL: gettext_lazy("Logged for %(reference)s."),
    HAND_OVER: gettext_lazy("%(reference)s is handed over."),
    CLOSE: gettext_lazy("%(reference)s is closed."),
    GIVE_BACK: gettext_lazy("%(reference)s is given back. Nobody has it now."),
    NOTE: gettext_lazy("Your note on %(reference)s is kept."),
    REOPEN: gettext_lazy("%(reference)s is open again, and yours."),
    CORRECT: gettext_lazy("The entry on %(reference)s is struck through."),
}
LEAVES = (HAND_OVER, CLOSE, GIVE_BACK)
"""After these moves the work on this request is over for their maker."""


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


def with_form(model_admin: Any, request: HttpRequest, pk: int, move: Move, event: int | None = None) -> HttpResponse:
    """Ask what a move needs, then make it. A refused move keeps what was typed and says what happened meanwhile."""
    row = _row(model_admin, request, pk)
    if request.method != "POST":
        form = _form(move, row, initial={"version": row.version})
        return _page(model_admin, request, row, move, form, event)
    form = _form(move, row, data=request.POST)
    if not form.is_valid():
        return _page(model_admin, request, row, move, form, event)
    told = form.arguments() | ({"event_id": event} if event else {})
    try:
        getattr(workflow, move.name)(pk, by=request.user, at=timezone.now(), **told)
    except MoveRefused as refusal:
        row = _row(model_admin, request, pk)
        form = _form(move, row, data=request.POST.dict() | {"version": row.version})
        return _page(model_admin, request, row, move, form, event, refused=str(refusal))
    messages.success(request, DONE[move] % {"reference": row})
    return redirect(_address(model_admin, request, *(("changelist",) if move in LEAVES else ("change", pk))))


def _row(model_admin: Any, request: HttpRequest, pk: int) -> ConsultationRequest:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return model_admin.request_or_404(request, pk)


def _form(move: Move, row: ConsultationRequest, **given: Any) -> MoveForm:
    if move == HAND_OVER:
        given["holder"] = row.claimed_by_id
    if move == LOG_CALL:
        given["wrote"] = by_email(row)
    return FORMS[move](**given, **ASKED.get(move, {}))


def _address(model_admin: Any, request: HttpRequest, page: str, *args: Any) -> str:
    """Return an address of the admin that remembers which view of the queue it came from."""
    url = reverse(f"{model_admin.admin_site.name}:booking_consultationrequest_{page}", args=args)
    filters = {"preserved_filters": model_admin.get_preserved_filters(request), "opts": model_admin.opts}
    return add_preserved_filters(filters, url)


def _entry(row: ConsultationRequest, event: int | None, viewer: Any) -> Entry | None:
    """Return the entry that is to be struck through, if this move is about one."""
    if event is None:
        return None
    found = next((entry for entry in timeline(row, viewer) if entry.event.pk == event), None)
    if found is None:
        raise Http404
    return found


def _page(
    model_admin: Any, request: HttpRequest, row: ConsultationRequest, move: Move, form: MoveForm,
    event: int | None, refused: str = "",
) -> HttpResponse:  # fmt: skip
    shown, entry = Shown(row, viewer=request.user, moment=Moment.of(timezone.now())), _entry(row, event, request.user)
    is_open_to_me = entry.may_correct if entry else move in shown.moves
    if not (is_open_to_me or refused):
        refused = rights.why_not(row, by=request.user, at=shown.moment.now, move=move)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "preserved_filters": model_admin.get_preserved_filters(request),
        "title": f"{shown.named(move).label} · {row}",
        "shown": shown,
        "move": shown.named(move),
        "explained": EXPLAINED.get(move, ""),
        "entry": entry,
        "form": form,
        "refused": refused,
        "is_open_to_me": is_open_to_me,
    }
    status = 409 if refused else 422 if form.errors else 200
    return TemplateResponse(request, "admin/booking/consultationrequest/move.html", context, status=status)
