"""The files of pictures, handed out by their names. Each name carries its bytes' digest, so a file is kept for ever."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import condition, require_safe

from education.images.files import folder
from education.pictures import FILE, FORMATS

A_YEAR = 31_536_000


def _etag(request: HttpRequest, file: str) -> str:
    return f'"{file}"'


@require_safe
@condition(etag_func=_etag)
def picture(request: HttpRequest, file: str) -> HttpResponseBase:
    """Hand out one file of a picture; any other name leads nowhere."""
    name = FILE.fullmatch(file)
    place = folder() / file
    if name is None or not place.is_file():
        raise Http404
    request.META.pop(
        "HTTP_ACCEPT_ENCODING", None
    )  # it is packed already; packing it again costs time and gains nothing
    response = FileResponse(place.open("rb"), content_type=FORMATS[name[1]])
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Last-Modified"] = http_date(place.stat().st_mtime)
    return response
