"""Whatever is uploaded: only its pixels are kept, upright and of a size that pages use, or it is refused in words."""

import struct
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin

from education.images import alone
from education.images.alone import PictureError
from education.images.files import folder, write_files
from education.images.gallery import keep_picture, shown
from education.images.pixels import MOST_BYTES, Made, make_afresh
from education.models import Picture
from education.pictures import Shown
from tests.education.conftest import NOW
from tests.education.drawn import drawn, encoded

RED, BLUE = (200, 0, 0), (0, 0, 200)


def opened(made: Made) -> Image.Image:
    return Image.open(BytesIO(made.master))


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    seen = image.convert("RGB").getpixel(at)
    return all(abs(one - other) < 12 for one, other in zip(seen, colour, strict=True))  # type: ignore[arg-type]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header_of(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is large, and would be when decoded."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "MPO"])
def test_every_still_picture_that_we_read_becomes_a_plain_jpeg(kind: str) -> None:
    made = make_afresh(encoded(drawn(), kind))
    image = opened(made)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (600, 400))
    assert near(image, (100, 200), RED)
    assert near(image, (500, 200), BLUE)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "CMYK", "I;16"])
def test_every_way_to_write_colours_is_understood(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (60, 40), 128 * 256) if mode == "I;16" else drawn(60, 40).convert(mode)
    made = opened(make_afresh(encoded(image, kind)))
    wanted = {"I;16": (128, 128, 128), "RGBA": RED, "P": RED, "CMYK": RED}.get(mode)
    assert wanted is None or near(made, (10, 10), wanted)


def test_the_place_the_camera_and_every_other_note_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Zzyx Camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    image = encoded(drawn(), exif=exif, comment=b"zzyx comment", xmp=b"<x>zzyx</x>")
    assert b"Zzyx" in image
    made = make_afresh(image)
    assert b"zzyx" not in made.master.lower()
    assert dict(opened(made).getexif()) == {}
    assert {"exif", "comment", "xmp", "icc_profile"} & opened(made).info.keys() == set()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "red_at"), [(1, (30, 100)), (3, (370, 100)), (6, (100, 30)), (8, (100, 370))])
def test_a_picture_from_a_phone_stands_upright(kind: str, orientation: int, red_at: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = opened(make_afresh(encoded(drawn(400, 200), kind, exif=exif)))
    assert made.size == ((400, 200) if orientation < 5 else (200, 400))
    assert near(made, red_at, RED)


def test_broken_notes_do_not_spoil_a_good_picture() -> None:
    assert make_afresh(encoded(drawn(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")).width == 600


def test_clear_parts_become_white() -> None:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    assert near(opened(make_afresh(encoded(image, "PNG"))), (5, 5), (255, 255, 255))


def test_colours_are_told_to_every_screen_alike() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    good, bad = (encoded(drawn(), icc_profile=profile) for profile in (swapped, b"no profile at all"))
    for made in (make_afresh(good), make_afresh(bad)):
        assert near(opened(made), (100, 200), RED)
        assert "icc_profile" not in opened(made).info
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # for other kinds of pixels than these
    assert near(opened(make_afresh(encoded(drawn(), icc_profile=lab))), (100, 200), RED)


@pytest.mark.parametrize(
    ("size", "kept", "widths"),
    [
        ((300, 200), (300, 200), [300]),
        ((480, 20), (480, 20), [480]),
        ((1000, 100), (1000, 100), [480, 720, 1000]),
        ((2560, 100), (1280, 50), [480, 720, 1080, 1280]),
        ((600, 3200), (480, 2560), [480]),
    ],
)
def test_a_picture_is_kept_as_large_as_pages_use_and_never_made_larger(
    size: tuple[int, int], kept: tuple[int, int], widths: list[int]
) -> None:
    made = make_afresh(encoded(drawn(*size)))
    assert ((made.width, made.height), made.widths) == (kept, widths)


def moving(kind: str) -> bytes:
    return encoded(drawn(60, 40), kind, save_all=True, append_images=[Image.new("RGB", (60, 40))])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: moving("GIF"), "moves"),
        (lambda: moving("PNG"), "moves"),
        (lambda: moving("WEBP"), "moves"),
        (lambda: moving("AVIF"), "moves"),
        (lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings can carry programs"),
        (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (lambda: header_of(20_000, 20_000), "40 million pixels"),
        (lambda: header_of(6_400, 6_400), "40 million pixels"),
        (lambda: encoded(drawn(15, 400)), "too small"),
        (lambda: encoded(drawn())[:-600], "broken or not complete"),
        (lambda: encoded(drawn(), "PNG")[:-60], "broken or not complete"),
        (lambda: encoded(drawn(), "WEBP")[:200], "broken or not complete"),
        (lambda: header_of(60, 4_000), "broken or not complete"),
        (lambda: b"<html><script>alert(1)</script>", "not a picture"),
        (lambda: b"", "not a picture"),
        (lambda: encoded(drawn(), "TIFF"), "not a picture"),
        (lambda: b"\xff\xd8\xff" + b"x" * MOST_BYTES, "larger than 15 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_for_a_page_is_refused_with_the_reason(data: object, words: str) -> None:
    with pytest.raises(PictureError) as refused:
        make_afresh(data())  # type: ignore[operator]
    assert words in str(refused.value.sentence)


def test_a_page_hidden_in_a_picture_does_not_survive() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    for polyglot in (encoded(drawn()) + b"<script>alert(1)</script>", encoded(drawn(), "PNG", pnginfo=notes)):
        assert b"<script>" not in make_afresh(polyglot).master


def test_the_name_and_the_type_of_a_file_are_never_asked() -> None:
    assert make_afresh(encoded(drawn(), "PNG")) == make_afresh(encoded(drawn(), "PNG"))


def test_each_width_is_offered_in_each_format_and_nothing_half_written_stays() -> None:
    made = make_afresh(encoded(drawn(800, 200)))
    picture = Shown("knee", made.digest, made.width, made.height, tuple(made.widths))
    write_files(made, picture)
    names = sorted(place.name for place in folder().iterdir())
    eight = made.digest[:8]
    assert names == [
        f"knee-{width}.{eight}.{ending}" for width in (480, 720, 800) for ending in ("avif", "jpg", "webp")
    ]
    for name, place in zip(names, sorted(folder().iterdir()), strict=True):
        with Image.open(place) as image:
            assert image.format == {"f": "AVIF", "g": "JPEG", "p": "WEBP"}[name[-1]]
            assert image.width == int(name.split("-")[1].split(".")[0])
    assert (folder() / picture.master).read_bytes() == made.master


def test_a_crash_while_writing_leaves_no_file_under_a_pictures_name(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_afresh(encoded(drawn(60, 40)))
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        write_files(made, Shown("knee", made.digest, 60, 40, (60,)))
    assert list(folder().iterdir()) == []


@pytest.mark.django_db
def test_files_are_there_before_the_row_and_the_same_picture_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made, files = make_afresh(encoded(drawn(60, 40))), []
    save = Picture.save
    monkeypatch.setattr(
        Picture, "save", lambda *a, **k: (files.append(len(list(folder().iterdir()))), save(*a, **k))[1]
    )
    first, new = keep_picture(made, name="Knee, from the Side.PNG", by=None, at=NOW)
    again, new_again = keep_picture(made, name="other.jpg", by=None, at=NOW)
    assert (first.name, new, again, new_again, files) == ("knee-from-the-side", True, first, False, [3])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "name"),
    [("", "picture"), ("../../etc/passwd.jpg", "etcpasswd"), ("Ж.jpg", "picture"), ("a" * 200, "a" * 55)],
)
def test_a_picture_gets_a_plain_name_of_its_own(given: str, name: str) -> None:
    one, two = (make_afresh(encoded(drawn(width, 40))) for width in (60, 62))
    assert keep_picture(one, name=given, by=None, at=NOW)[0].name == name
    assert keep_picture(two, name=given, by=None, at=NOW)[0].name == f"{name}-2"


@pytest.fixture
def served(db: None) -> Shown:
    made = make_afresh(encoded(drawn(60, 40)))
    return shown(keep_picture(made, name="knee", by=None, at=NOW)[0])


@pytest.mark.parametrize(("ending", "kind"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_a_file_is_handed_out_as_what_it_is_and_kept_for_ever(
    client: Client, served: Shown, ending: str, kind: str
) -> None:
    response = client.get(served.url(60, ending), headers={"accept-encoding": "gzip"})
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert len(response.getvalue()) == int(response["Content-Length"])
    with closing(client.head(served.url(60, ending))) as head:
        assert head["Content-Length"] == response["Content-Length"]
    assert client.get(served.url(60, ending), headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(served.url(60, ending)).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "",
        "knee.jpg",
        "knee-60.00000000.jpg",
        "..%2Fsecret",
        "%2e%2e/secret",
        "knee-60.{}.svg",
        ".new-x",
        "knee-60.{}.jpg%0a",
    ],
)
def test_no_other_file_is_handed_out(client: Client, served: Shown, name: str) -> None:
    (folder() / "knee.jpg").write_bytes(b"not ours")
    (folder() / ".new-x").write_bytes(b"half")
    (folder().parent / "secret").write_bytes(b"secret")
    response = client.get(f"/media/pictures/{name.format(served.digest[:8])}", follow=True)
    assert response.status_code == 404


def test_a_picture_stands_as_browsers_show_it_whatever_other_notes_say() -> None:
    out = BytesIO()
    note = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    drawn(800, 600).save(out, "JPEG", xmp=note)
    assert opened(make_afresh(out.getvalue())).size == (800, 600)


@pytest.mark.parametrize("size", [(1000, 15000), (300, 4000)])
def test_a_picture_too_tall_to_be_read_is_refused_with_a_way_out(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match="Cut it into parts"):
        make_afresh(encoded(drawn(*size), "PNG"))


@pytest.mark.parametrize(("size", "kept"), [((1000, 3000), (853, 2560)), ((200, 2000), (200, 2000))])
def test_a_tall_picture_that_can_be_read_is_kept(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert opened(make_afresh(encoded(drawn(*size), "PNG"))).size == kept


def test_an_upload_waits_for_others_only_so_long_and_the_form_keeps_what_was_typed(
    sign_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.01)
    file = SimpleUploadedFile("knee.png", encoded(drawn(), "PNG"))
    with alone._ONE:
        page = sign_in("Author").post(reverse("admin:education_picture_add"), {"file": file, "alt": "Typed words"})
    assert "The site is busy with other pictures." in page.content.decode()
    assert 'value="Typed words"' in page.content.decode()


def test_only_few_uploads_are_let_in_to_wait_for_they_hold_threads_that_pages_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alone, "_waiting", alone.MOST_WAITING)
    with pytest.raises(PictureError, match="busy with other pictures"):
        make_afresh(encoded(drawn(), "PNG"))
    assert alone._waiting == alone.MOST_WAITING
    monkeypatch.setattr(alone, "_waiting", 0)
    assert make_afresh(encoded(drawn(), "PNG"))
    assert alone._waiting == 0


@pytest.mark.parametrize("data", [b"no picture", encoded(drawn(), "PNG")])
def test_what_a_picture_took_is_given_back(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(alone, "_give_back", given.append)
    with suppress(PictureError):
        make_afresh(data)
    assert given == [0]
