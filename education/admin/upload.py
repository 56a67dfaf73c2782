"""Where the editor sends a picture: read by what it holds, kept, and answered with what to write in the text."""

import logging
from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from education.images.alone import PictureError
from education.images.gallery import keep_picture, shown
from education.images.pixels import MOST_BYTES, TOO_LARGE, make_afresh

PLAIN = "text/plain; charset=utf-8"
log = logging.getLogger(__name__)


@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """Take a picture from the editor. What is wrong with it comes back as a sentence."""
    if request.method != "POST":
        words = _("This address takes pictures from the editor of pages; there is nothing to see here.")
        return HttpResponseNotAllowed(["POST"], f"{words}\n", content_type=PLAIN)
    user = cast("User | AnonymousUser", request.user)
    if not (user.is_active and user.is_staff and user.has_perm("education.add_picture")):
        return HttpResponseForbidden(_("Only authors can add pictures. Sign in again if you are one."), PLAIN)
    try:
        return JsonResponse(_keep(request, cast(User, user)))
    except PictureError as error:
        return JsonResponse({"image_error": str(error.sentence)}, status=400)
    except OSError:
        log.exception("A picture could not be kept.")
        return JsonResponse({"image_error": _("The site could not keep this picture. Tell your operator.")}, status=500)


def _keep(request: HttpRequest, user: User) -> dict[str, str]:
    file = request.FILES.get("image")
    made = make_afresh(held(request, file))
    name = (file.name if file else None) or ""
    picture, _new = keep_picture(made, name=name, by=user, at=timezone.now())
    return {
        "image_code": shown(picture).code,
        "name": picture.name,
        "edit": reverse("admin:education_picture_change", args=[picture.pk]),
    }


def held(request: HttpRequest, file: UploadedFile | None) -> bytes:
    """Return what a file holds. Raises PictureError if none came, or one too large to be taken in."""
    if file is not None:
        return file.read(MOST_BYTES + 1)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise PictureError(TOO_LARGE)
    raise PictureError(_("No picture came. Choose a file, then try again."))
