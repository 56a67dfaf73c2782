"""Signing in the admin: a clinician's name under the words they read, outside reviewers, and the staff records."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from education.admin.drafts import person
from education.admin.frames import frameable, framing
from education.admin.signing_forms import InviteForm, SignForm, may_be_recorded
from education.gates import is_signed, look
from education.history import person_name
from education.invitations import confirm, invite, may_invite, revoke
from education.marks import reviews_of
from education.models import Page, ReviewLink, Revision, StaffRecord
from education.signing import SigningError, hindrance, record_of, sign, signature_of
from education.views import show

Wrap = Callable[..., Callable[..., HttpResponse]]


def signing_urls(wrap: Wrap) -> list[URLPattern]:
    """Return the addresses of signing and outside review, below a page's own in the admin."""
    return [
        path("<row:page_id>/sign/<row:revision_id>/", wrap(sign_view), name="education_page_sign"),
        path("<row:page_id>/sign/<row:revision_id>/words/", wrap(words_view), name="education_page_sign_words"),
        path("<row:page_id>/reviews/", wrap(reviews_view), name="education_page_reviews"),
        path("<row:page_id>/reviews/<row:link_id>/<str:verb>/", wrap(answer_view), name="education_page_outside"),
    ]


@require_http_methods(["GET", "POST"])
def sign_view(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Show exact words with what stands against signing them, and take the signature."""
    user = person(request)
    if not user.has_perm("education.sign_page"):
        raise PermissionDenied
    revision = get_object_or_404(Revision.objects.select_related("page", "author"), pk=revision_id, page=page_id)
    form = SignForm(request.POST or None, revision=revision)
    if form.is_valid() and _signed(request, form):
        return redirect("admin:education_page_reviews", page_id)
    errors = look(revision.page, revision, today=timezone.localdate()).errors
    context = {"form": form, "hindrance": hindrance(revision, user), "record": record_of(user), "errors": errors}
    return framing(_page(request, "sign", revision, context | {"signed": signature_of(revision.page, revision)}))


@require_safe
def words_view(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Show words exactly as patients would see them, in a frame above the signature."""
    if not person(request).has_perm("education.view_page"):
        raise PermissionDenied
    revision = get_object_or_404(Revision.objects.select_related("page"), pk=revision_id, page=page_id)
    is_draft = revision.pk != revision.page.published_id
    return frameable(show(request, revision.page, revision, unpublished=is_draft))


def _signed(request: HttpRequest, form: SignForm) -> bool:
    """Sign, or write the reason why not beside the form."""
    said = form.cleaned_data
    try:
        sign(by=person(request), at=timezone.now(), revision_id=form.revision.pk, **said)
    except SigningError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Signed. Your name stands under exactly these words."))
    return True


@require_http_methods(["GET", "POST"])
def reviews_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show who signed a page and who was asked; make a link for an outside reviewer, whose secret is shown once."""
    if not person(request).has_perm("education.view_page"):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id)
    newest = page.newest()
    if newest is None:
        return redirect("admin:education_page_change", page_id)
    form = InviteForm(request.POST or None, page=page, newest=newest)
    context: dict[str, Any] = {"may_invite": may_invite(person(request)), "form": form, "signed": is_signed(newest)}
    if form.is_valid():
        link, token = _invited(request, form)
        address = request.build_absolute_uri(reverse("education:review", args=[token]))
        context |= {"made": link, "address": address, "form": InviteForm(page=page, newest=newest)}
    return _page(request, "reviews", newest, context | reviews_of(page, person(request)))


def _invited(request: HttpRequest, form: InviteForm) -> tuple[ReviewLink, str]:
    """Make the link. Raises PermissionDenied for those who may not."""
    try:
        return invite(by=person(request), at=timezone.now(), **form.cleaned_data)
    except SigningError as error:
        raise PermissionDenied from error


@require_POST
def answer_view(request: HttpRequest, page_id: int, link_id: int, verb: str) -> HttpResponse:
    """Confirm who an outside reviewer was, or end a link."""
    if verb not in {"confirm", "end"}:
        raise Http404
    link = get_object_or_404(ReviewLink.objects.select_related("revision__page"), pk=link_id, revision__page=page_id)
    done = _("Confirmed. The signature counts now.") if verb == "confirm" else _("The link is ended.")
    try:
        (confirm if verb == "confirm" else revoke)(link, by=person(request), at=timezone.now())
    except SigningError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("admin:education_page_reviews", page_id)


def _page(request: HttpRequest, name: str, revision: Revision, context: dict[str, Any]) -> HttpResponse:
    frame = admin.site.each_context(request) | {"opts": Page._meta, "original": revision.page, "revision": revision}
    title = revision.front.get("title") or str(revision.page)
    return render(request, f"admin/education/signing/{name}.html", frame | {"title": title} | context)


@admin.register(StaffRecord)
class StaffRecordAdmin(admin.ModelAdmin):
    """What patients read beside a signature. Managers keep it; nobody but a superuser writes their own."""

    list_display = ("name", "role", "registration")
    fields = ("user", "name", "role", "registration", "register_url", "interests")
    show_full_result_count = False
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: StaffRecord | None = None) -> bool:
        """Never: signatures point back to it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: StaffRecord | None = None) -> bool:
        """Nobody vouches for themselves; a superuser may, so that a clinic of one can begin."""
        own = obj is not None and obj.user_id == person(request).pk and not person(request).is_superuser
        return not own and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Take an address without its beginning for a safe one; leave the making of accounts to its own place."""
        more = {"assume_scheme": "https"} if db_field.name == "register_url" else {}
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs, **more)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer colleagues who have no record yet, by their names."""
        if db_field.name == "user":
            kwargs["queryset"] = may_be_recorded(person(request))
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.label_from_instance = person_name
        return field

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Call the list by its name."""
        return super().changelist_view(request, {"title": _("Staff records")} | (extra_context or {}))

    def get_readonly_fields(self, request: HttpRequest, obj: StaffRecord | None = None) -> tuple[str, ...]:
        """A record stays with its person."""
        return ("user",) if obj else ()
