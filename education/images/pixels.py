"""The pixels: whatever was uploaded is decoded with care, and only its pixels are kept, in a new file of ours."""

import hashlib
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

from education.images.alone import FOR_EVER, PictureError, alone

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
SMALLEST = 16
BOX = (1280, 2560)
"""The largest that we keep: twice the width of the text's column."""
NARROWEST = 480
"""A tall picture that would become narrower than this to fit the box, and is wider, could not be read."""
WIDTHS = (480, 720, 1080)
"""The smaller widths: a phone, the column, and a phone whose pixels are three times as fine."""
TOO_LARGE = _("This file is larger than 15 MB. Save the picture smaller, then try again.")
TOO_TALL = _(
    "This picture is so tall that its words would be too small to read. "
    "Cut it into parts, or better: write its words as text."
)
TOO_MANY = _("This picture has more than 40 million pixels. Save it smaller, then try again.")
READ = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, RuntimeError),
    *(struct.error, zlib.error),
)
"""What a file made to confuse makes the decoders raise."""
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by the number that cameras write into it."""
ORIENTATION = 0x0112

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Made:
    """A picture made afresh: the bytes of its largest file, a JPEG in sRGB without any notes in it."""

    master: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Name these pixels: equal digests mean the same picture."""
        return hashlib.sha256(self.master).hexdigest()

    @property
    def widths(self) -> list[int]:
        """The widths that the picture is offered in; it is never made larger than it is."""
        return [*(width for width in WIDTHS if width < self.width), self.width]


def make_afresh(data: bytes) -> Made:
    """Return what is seen in a file, and nothing else of it. Raises PictureError; its name and type are never asked."""
    if len(data) > MOST_BYTES:
        raise PictureError(TOO_LARGE)
    with alone(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # broken notes are thrown away anyhow
        warnings.simplefilter("error", Image.DecompressionBombWarning)  # a bomb is never only a warning
        image = _flat(_sized(_opened(data)))
        master = _bytes(image, "JPEG", quality=90, subsampling=0, optimize=True, progressive=True)
        return Made(master, image.width, image.height)


def derive(made: Made) -> Iterator[tuple[int, str, bytes]]:
    """Yield each file of a picture as (width, ending, bytes); the widest JPEG is the master itself."""
    with alone(FOR_EVER), Image.open(BytesIO(made.master), formats=["JPEG"]) as image:
        for width in made.widths:
            small = image.resize((width, max(1, round(made.height * width / made.width))), Image.Resampling.LANCZOS)
            yield width, "avif", _bytes(small, "AVIF", quality=60, speed=8)
            yield width, "webp", _bytes(small, "WEBP", quality=78)
            is_master = width == made.width
            yield width, "jpg", made.master if is_master else _bytes(small, "JPEG", quality=80, progressive=True)


def _bytes(image: Image.Image, kind: str, **options: int) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    """Decode a file after its header has been found harmless."""
    try:
        image = Image.open(BytesIO(data), formats=READ)
        _check(image)
        image.draft(None, BOX)  # a large JPEG is decoded at half its size or less
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PictureError(TOO_MANY) from None
    except BROKEN:
        raise PictureError(_why_unreadable(data)) from None
    return image


def _check(image: Image.Image) -> None:
    """Look at what the header says, before any pixel is decoded."""
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(TOO_MANY)
    if min(image.size) < SMALLEST:
        raise PictureError(_("This picture is too small to be seen."))
    if getattr(image, "is_animated", False) and image.format != "MPO":  # two views by a phone's camera do not move
        raise PictureError(
            _("This picture moves. Moving pictures distract, and some people feel ill. Save one still picture of it.")
        )


def _why_unreadable(data: bytes) -> str | Promise:
    if b"<svg" in data[:4096].lower():
        return _("SVG drawings can carry programs, so they cannot be uploaded. Save it as PNG, then try again.")
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        return _("HEIC pictures cannot be read here. Save it as JPEG, then try again.")
    if data[:3] == b"\xff\xd8\xff" or data[1:4] == b"PNG" or data[8:12] == b"WEBP" or data[:4] == b"GIF8":
        return _("This picture is broken or not complete. Save it again, then try once more.")
    return _("This file is not a picture that we can read. Save it as JPEG, PNG, WebP or AVIF.")


def _sized(image: Image.Image) -> Image.Image:
    """Return the picture upright and no larger than we keep."""
    turn = UPRIGHT.get(_orientation(image))
    box = BOX[::-1] if turn in {UPRIGHT[5], UPRIGHT[6], UPRIGHT[7], UPRIGHT[8]} else BOX
    profile = image.info.get("icc_profile")
    image = _plain(image)
    scale = min(1, box[0] / image.width, box[1] / image.height)
    across = image.width if box is BOX else image.height
    if across * scale < min(across, NARROWEST):
        raise PictureError(TOO_TALL)
    if scale < 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if turn is not None:
        image = image.transpose(turn)
    image.info = {"icc_profile": profile}
    return image


def _orientation(image: Image.Image) -> int:
    """Return what the camera's notes (EXIF) say. Browsers never ask other notes (XMP), so neither do we."""
    for notes in ("xmp", "XML:com.adobe.xmp"):
        image.info.pop(notes, None)
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1  # the notes are broken, the picture need not be


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in one of four plain modes: RGB, RGBA, L or CMYK."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda level: level / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _flat(image: Image.Image) -> Image.Image:
    """Return the pixels alone, on white, in sRGB."""
    profile = image.info["icc_profile"]
    if image.mode == "RGBA":  # clear parts would show dark letters on a dark page
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    flat = Image.new("RGB", image.size, "white")
    flat.paste(_in_srgb(image, profile))
    return flat


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in the colours that every screen means."""
    spaces = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}
    try:
        if profile:
            told = ImageCms.ImageCmsProfile(BytesIO(profile))
            if told.profile.xcolor_space == spaces[image.mode]:
                return ImageCms.profileToProfile(image, told, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, *BROKEN):
        pass  # a broken profile: the colours as they are
    return image.convert("RGB")
