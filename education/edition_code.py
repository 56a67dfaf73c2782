"""The code on a printed page: it names exactly the words on the paper, so that a reader can ask what changed since."""

import re
from functools import lru_cache

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from education.models import Revision
from education.models.revision import text_digest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: letters that look like others are read as those."""
LOOK_ALIKES = str.maketrans("OIL", "011")
GROUP = 3
LENGTH = 3 * GROUP
BITS = 5
EXACT_HEX = LENGTH * BITS // 4
"""So many hexadecimal digits of a digest are wholly told by a code."""


def code_of(revision: Revision) -> str:
    """Return the code of exactly these words, in three groups. It is the same on every machine."""
    digest = revision.digest or text_digest(revision.text)
    number = int(digest, 16) >> (len(digest) * 4 - LENGTH * BITS)
    letters = "".join(ALPHABET[number >> BITS * place & len(ALPHABET) - 1] for place in reversed(range(LENGTH)))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def typed(text: str) -> str:
    """Return the code that somebody typed, whatever the case, spaces and look-alikes; nothing if it is none."""
    bare = re.sub(r"[\W_]", "", text).upper().translate(LOOK_ALIKES)
    if len(bare) != LENGTH or not set(bare) <= set(ALPHABET):
        return ""
    return "-".join(bare[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def find(code: str) -> Revision | None:
    """Return the words that a code in groups names, if patients ever saw them."""
    number = 0
    for letter in code.replace("-", ""):
        number = number << BITS | ALPHABET.index(letter)
    exact = f"{number >> (LENGTH * BITS - EXACT_HEX * 4):0{EXACT_HEX}x}"
    near = Revision.objects.ever_public().filter(digest__startswith=exact).select_related("page__published")
    return next((revision for revision in near.order_by("-pk") if code_of(revision) == code), None)


@lru_cache(maxsize=256)
def square(code: str) -> SafeString:
    """Return the square that leads a telephone's camera to what changed since, as an SVG for the page."""
    drawn = segno.make(f"{settings.SITE_URL}{reverse('education:code')}{code}/", error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=2, omitsize=True, svgclass="square", lineclass=None))  # noqa: S308 - ours
