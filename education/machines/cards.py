"""The picture that messengers show when somebody shares a page: its title in our letters, on our ground."""

import io
import math
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from education import languages
from education.models import Page

SIZE = (1200, 630)
WIDTH, HEIGHT = 2400, 1260
"""Drawn twice as large, so that the edges are smooth."""
MARGIN = 168
PAPER, INK, SOFT_INK, PINE, NERVE = "#F5F8F4", "#14252A", "#384B50", "#093B35", "#F6BE3B"
"""The light theme of static/css/tokens.css; a test holds them together."""
FONT = Path(settings.BASE_DIR, "static", "fonts", "atkinson-next-latin.woff2")
REGULAR, BOLD = 400, 700
TITLE_SIZES = (184, 160, 140, 120, 104)
MOST_LINES = 3
COLOURS = 64
A_DAY = 86_400


@require_safe
def card(request: HttpRequest, path: str = "") -> HttpResponse:
    """Hand out the card of a published page."""
    if "\0" in path:
        raise Http404  # PostgreSQL has no such text, not even to look for
    language = languages.spoken()
    page = get_object_or_404(Page.objects.published().at(language, path))
    front = page.words().front
    with translation.override(language):
        label = str((front.get("evidence") or {}).get("label", ""))
        below = _("Research on PIT: %(label)s") % {"label": label} if label else ""
    response = HttpResponse(draw(str(front["title"]), below, settings.CLINIC.name), content_type="image/png")
    patch_cache_control(response, public=True, max_age=A_DAY)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response


@lru_cache(maxsize=128)
def draw(title: str, below: str, clinic: str) -> bytes:
    """Return a card as PNG bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 56), fill=PINE)
    pen.text((MARGIN, 152), clinic, font=_font(76, BOLD), fill=PINE)
    top = _write_title(pen, title)
    if below:
        font = _font(80, REGULAR)
        pen.multiline_text((MARGIN, top + 56), "\n".join(_lines(below, font)), font=font, fill=SOFT_INK, spacing=20)
    _draw_nerve(pen)
    kept = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).quantize(COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _write_title(pen: ImageDraw.ImageDraw, title: str) -> float:
    """Write the title as large as it fits. Returns where it ends, in pixels from the top."""
    for size in TITLE_SIZES:
        font = _font(size, BOLD)
        lines = _lines(title, font)
        if len(lines) <= MOST_LINES:
            break
    text = "\n".join(lines[:MOST_LINES])
    pen.multiline_text((MARGIN, 328), text, font=font, fill=INK, spacing=size * 0.16)
    return pen.multiline_textbbox((MARGIN, 328), text, font=font, spacing=size * 0.16)[3]


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break words into lines that fit between the margins."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw_nerve(pen: ImageDraw.ImageDraw) -> None:
    """Draw the line of every page: a nerve that is agitated and then settles."""
    middle = HEIGHT - 124
    points = [(x, middle - 68 * math.exp(-x / 480) * math.sin(x / 26)) for x in range(-40, WIDTH + 40, 4)]
    pen.line(points, fill=INK, width=30, joint="curve")
    pen.line(points, fill=NERVE, width=18, joint="curve")


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font
