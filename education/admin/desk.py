"""The writer's desk: words kept while typing, who else is there, and the patients' page beside the text."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from education.admin import copies
from education.admin.drafts import person
from education.admin.findings import panel
from education.admin.forms import PageForm
from education.admin.frames import frameable
from education.admin.tint import tinted
from education.diff import word_diff
from education.models import Page, Revision
from education.models.revision import text_digest
from education.revisions import look_over
from education.views import show

View = Callable[..., HttpResponse]


def page_of(request: HttpRequest, page_id: int | None) -> Page | None:
    """Return the page that somebody may write, None for a new one. Raises PermissionDenied."""
    right = "education.add_page" if page_id is None else "education.change_page"
    if not person(request).has_perm(right):
        raise PermissionDenied
    return None if page_id is None else get_object_or_404(Page, pk=page_id)


@require_POST
@never_cache
def keep_view(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Keep what was typed, note who is there, and answer what there is to say."""
    page, user, now = page_of(request, page_id), person(request), timezone.now()
    answer: dict[str, Any] = {"others": copies.others(page, user, at=now)}
    if "left" in request.POST:
        copies.leave(page, user, at=now)
    elif "typed" in request.POST:
        copy, refused = copies.keep(page, user, request.POST, known=request.POST.get("copy", ""), at=now)
        said = refused or _("Kept at %(when)s, not saved yet.") % {"when": copies.clock(now)}
        answer |= {"said": said, "kept": not refused} | ({} if refused else {"copy": copies.stamp(copy)})
    else:
        copies.arrive(page, user, at=now)
    return JsonResponse(answer)


@require_POST
def throw_view(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Throw somebody's own unsaved words away."""
    copies.throw_away(page_of(request, page_id), person(request))
    return redirect("admin:education_page_change", page_id) if page_id else redirect("admin:education_page_add")


@require_http_methods(["GET", "POST"])
@never_cache
def preview_view(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Show the patients' page with what somebody is writing: what was kept, or what this form holds."""
    page, text = _writing(request, page_id)
    _words, rendered, _context, faults = look_over(page, text)
    made = {"html": rendered.html, "contents": rendered.contents, "front": rendered.front}
    revision = Revision(page=page, text=text, digest=text_digest(text), saved_at=timezone.now(), **made)
    alone = {"unpublished": True, "faults": faults} if request.method == "POST" else {}  # in the frame: nothing of ours
    return frameable(show(request, page, revision, **alone))


@require_GET
@never_cache
def tint_view(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Show what each sentence of the text stands on."""
    page, text = _writing(request, page_id)
    return frameable(render(request, "admin/education/editor/tint.html", tinted(page, text) | {"page": page}))


def _writing(request: HttpRequest, page_id: int | None) -> tuple[Page, str]:
    page = page_of(request, page_id)
    copy = copies.copy_of(page, person(request))
    typed = request.POST if request.method == "POST" else copies.typed_in(copy) if copy else QueryDict()
    place = page or Page(language=typed.get("language") or "en", path=typed.get("path", "").strip("/ ")[:200])
    newest = page.newest() if page else None
    if newest and not typed:
        return place, newest.text
    return place, PageForm(typed, instance=place).written()


def set_desk(request: HttpRequest, page: Page | None, form: PageForm) -> dict[str, Any]:
    """Lay out the editor: return what its templates need, and put kept words into the form if they are asked for."""
    user, now = person(request), timezone.now()
    copies.arrive(page, user, at=now)
    copy, typed = copies.copy_of(page, user), form.data
    told: dict[str, Any] = {"others": copies.others(page, user, at=now), "new": page is None}
    if copy is not None and not form.is_bound and request.GET.get("words") == "kept":
        typed = copies.typed_in(copy)
        form.initial = {**form.initial, **_initial(typed), "copy": copies.stamp(copy)}
    elif copy is not None and form["copy"].value() != copies.stamp(copy):
        told |= {"waiting": copies.clock(copy.typed_at or now)}
    place = page or Page(language="en", path="")
    written = panel(place, form.written(), form.box_lines(), typed, whole=form.is_whole()) if page or typed else None
    told |= {"panel": written, "page": page}
    form.fields["text"].widget.beside = told
    return {"desk": told | ({"diff": word_diff(form.newer.text, form.mine)} if form.newer else {})}


def _initial(typed: QueryDict) -> dict[str, Any]:
    lists = {"related", "uses"}
    return {name: typed.getlist(name) if name in lists else typed[name] for name in typed} | {
        name: [] for name in lists - set(typed)
    }


def urls(wrap: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of the desk: of a page, and of a page that is still new."""
    views = {"": keep_view, "throw/": throw_view, "preview/": preview_view, "tint/": tint_view}
    names = {"": "desk", "throw/": "desk_throw", "preview/": "desk_preview", "tint/": "desk_tint"}
    return [
        path(f"{before}desk/{at}", wrap(view), name=f"education_page_{names[at]}{after}")
        for at, view in views.items()
        for before, after in (("<row:page_id>/", ""), ("", "_new"))
    ]
