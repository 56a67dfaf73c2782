"""Pictures drawn by the tests: no file of anybody's is needed."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def drawn(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """Return a picture that is red on its left half and blue on its right."""
    image = Image.new("RGB", (width, height), (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, width // 2, height))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture as the bytes of a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def file(data: bytes | None = None, name: str = "knee.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """Return a file as a browser sends it; its name and type may lie."""
    return SimpleUploadedFile(name, encoded(drawn()) if data is None else data, kind)
