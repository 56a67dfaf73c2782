"""Pictures in texts: named, with words or decoration on purpose, credited, and in every format and size."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from education.exchange import check_folder, import_folder, status
from education.export import export_folder
from education.faults import ContentError
from education.images.exchange import export_pictures, import_pictures, write_pictures
from education.images.files import folder as files
from education.images.gallery import keep_picture, shown
from education.images.pixels import make_afresh
from education.images.standing import standings
from education.library import PageText
from education.markdown import Context, press, read_context
from education.models import Page, Picture
from education.pictures import Shown
from tests.education.conftest import NOW, Folder, render, write
from tests.education.drawn import drawn, encoded

Written = Callable[..., PageText]
SAID = {"alt": "A knee", "credit": "Zzyx Clinic", "consent": "nobody"}


@pytest.fixture
def context(known: Context) -> Context:
    """The small context with three pictures: complete, without credit, without consent."""
    knee = Shown("knee", "d1" * 32, 1280, 960, (480, 720, 1080, 1280), credit="Z & Co", consent="nobody")
    small = replace(knee, name="small", width=300, height=200, widths=(300,))
    bare, unsaid = replace(knee, name="bare", credit=""), replace(knee, name="unsaid", consent="")
    return replace(known, pictures={each.name: each for each in (knee, small, bare, unsaid)})


def test_a_picture_alone_in_its_paragraph_is_a_figure_in_every_format_and_width(
    written: Written, context: Context
) -> None:
    html = render(written("## One\n\n![A knee from the *side*](picture:knee)\n"), context).html
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert figure.startswith('<figure class="fig wide"><picture><source type="image/avif" srcset="/media/pictures/')
    assert "/media/pictures/knee-480.d1d1d1d1.webp 480w, /media/pictures/knee-720.d1d1d1d1.webp 720w" in figure
    assert 'src="/media/pictures/knee-1280.d1d1d1d1.jpg"' in figure
    assert 'sizes="(min-width: 672px) 640px, calc(100vw - 2rem)"' in figure
    assert 'width="1280" height="960" alt="A knee from the side" loading="lazy" decoding="async">' in figure
    assert figure.endswith("<figcaption>Picture: Z &amp; Co</figcaption>")


def test_a_picture_of_the_first_screen_does_not_wait(written: Written, context: Context) -> None:
    html = render(written("![A](picture:knee)\n\n## One\n\n![B](picture:small)\n"), context).html
    first, second = re.findall(r"<img[^>]*>", html)
    assert "loading" not in first
    assert 'loading="lazy"' in second
    assert 'sizes="(min-width: 332px) 300px, calc(100vw - 2rem)"' in second


def test_a_picture_among_words_stays_among_them(written: Written, context: Context) -> None:
    html = render(written("See ![the knee](picture:small) here.\n\n- ![two](picture:knee)\n"), context).html
    assert "<figure" not in html
    assert re.search(
        r'<p>See <picture>.*</picture> <small class="credit">\(Picture: Z &amp; Co\)</small> here.</p>', html
    )
    assert "<li><picture>" in html


def test_decoration_on_purpose_is_empty_for_those_who_listen(written: Written, context: Context) -> None:
    html = render(written('![](picture:knee "decorative")\n'), context).html
    assert 'alt=""' in html
    assert "decorative" not in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("![](picture:knee)", "say what the picture shows"),
        ('![A](picture:knee "decorative")', "choose one of both"),
        ('![A](picture:knee "A title")', "other words go between the [ ]"),
        ("![A](picture:nothing)", "no picture called 'nothing'"),
        ("![A](picture:bare)", "bare has no credit yet"),
        ("![A](picture:unsaid)", "whether people in it agreed"),
        ("![A](/media/pictures/knee-480.d1d1d1d1.jpg)", "must be our own"),
        ("![A](/static/img/favicon.svg)", "must be our own"),
        ("![A](http://example.org/a.png)", "must be our own"),
        ("Words ![A](https://example.org/a.png).", "must be our own"),
        ("![A](data:image/png;base64,AAAA)", "must be our own"),
        ("| ![A](picture:nothing) |\n|---|\n| 1 |", "no picture called"),
    ],
)
def test_what_is_wrong_with_a_picture_is_said_at_its_line(
    written: Written, context: Context, text: str, words: str
) -> None:
    faults = press(written(f"One.\n\n{text}\n"), context=context)[1]
    found = [fault for fault in faults if words in fault.message]
    assert found, faults
    assert found[0].line == written("").body_line + 2


@pytest.mark.parametrize(
    "text", ["![A & <b>](picture:unsaid)", "![A & <b>](https://example.org/a.png)", "a ![A & <b>](/x)"]
)
def test_words_stand_where_a_picture_cannot(written: Written, context: Context, text: str) -> None:
    html = press(written(f"{text}\n"), context=context)[0].html
    assert "<img" not in html
    assert "A &amp; &lt;b&gt;" in html


@pytest.mark.parametrize(
    "alt", ['"><script>alert(1)</script>', "\ue000picture:1\ue001", "&#xE000;drawing:needle&#xE001;", "<!--body-->"]
)
def test_hostile_words_stay_words(written: Written, context: Context, alt: str) -> None:
    html = press(written(f"![{alt}](picture:knee)\n\n![B](picture:small)\n"), context=context)[0].html
    assert html.count("<img") == 2
    assert "<script" not in html
    assert "<svg" not in html
    assert "<!--body" not in html.partition("</figure>")[0]


def test_a_text_cannot_take_the_place_of_a_picture(written: Written, context: Context) -> None:
    html = press(written("&#xE000;picture:1&#xE001;\n\n![B](picture:small)\n"), context=context)[0].html
    assert html.count("<img") == 1


def test_other_words_about_a_picture_make_pages_stale(folder: Folder, context: Context) -> None:
    once = read_context("", pictures=context.pictures).fingerprint
    changed = {**context.pictures, "knee": replace(context.pictures["knee"], credit="Other")}
    assert read_context("", pictures=context.pictures).fingerprint == once
    assert read_context("", pictures=changed).fingerprint != once


@pytest.fixture
def picture(db: None) -> Picture:
    return keep_picture(make_afresh(encoded(drawn(60, 40))), name="knee", by=None, at=NOW, **SAID)[0]


@pytest.fixture
def both(folder: Folder, picture: Picture) -> Folder:
    """Files and site that agree, with a page that shows the picture."""
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\n![A knee](picture:knee)\n", order=2))
    export_pictures(folder.root)
    import_folder(folder.root, at=NOW)
    return folder


def edit(folder: Folder, **said: str) -> None:
    place = folder.root / "pictures.json"
    listed = json.loads(place.read_text())
    listed["knee"] |= said
    place.write_text(json.dumps(listed))


def bytes_of(root: Path) -> dict[str, bytes]:
    return {place.relative_to(root).as_posix(): place.read_bytes() for place in root.rglob("*") if place.is_file()}


def test_a_round_trip_changes_neither_site_nor_files_nor_any_byte_of_a_picture(both: Folder, tmp_path: Path) -> None:
    rows, media, before = list(Picture.objects.values()), bytes_of(files()), bytes_of(both.root)
    assert import_folder(both.root, at=NOW).lines == []
    assert export_folder(both.root, at=NOW).written == 0
    assert (list(Picture.objects.values()), bytes_of(files()), bytes_of(both.root)) == (rows, media, before)
    assert both.root.joinpath("pictures/knee.jpg").read_bytes() == media[shown(Picture.objects.get()).master]
    copy = tmp_path / "copy"
    copy.mkdir()
    export_folder(copy, at=NOW)
    assert {name: held for name, held in bytes_of(copy).items() if "picture" in name} == {
        name: held for name, held in before.items() if "picture" in name
    }


def bring_pictures(folder: Path) -> None:
    found = standings(folder)
    write_pictures(found, "")
    import_pictures(found, folder, "", at=NOW)


def test_an_empty_site_gets_its_pictures_from_the_files(both: Folder) -> None:
    media = bytes_of(files())
    Picture.objects.all().delete()
    for place in files().iterdir():
        place.unlink()
    bring_pictures(both.root)
    assert (Picture.objects.get().alt, bytes_of(files())) == ("A knee", media)


def test_looking_for_faults_needs_no_database(both: Folder, django_db_blocker: object) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]
        assert check_folder(both.root) == []
        edit(both, consent="")
        assert any("agreed to be seen" in fault.message for fault in check_folder(both.root))


def test_words_changed_on_one_side_travel_to_the_other(both: Folder) -> None:
    edit(both, credit="From the files")
    assert "changed in the files" in "".join(status(both.root).lines)
    assert import_folder(both.root, at=NOW).changed == 1
    assert "From the files" in Page.objects.get(path="conditions/elbow").words().html
    Picture.objects.update(credit="From the site")
    assert import_folder(both.root, at=NOW).conflicts == []
    assert Picture.objects.get().credit == "From the site"
    assert export_folder(both.root, at=NOW).written == 1
    assert json.loads((both.root / "pictures.json").read_text())["knee"]["credit"] == "From the site"


@pytest.mark.parametrize(("take", "left"), [("files", "From the files"), ("site", "From the site")])
def test_words_changed_on_both_sides_are_settled_by_a_person(both: Folder, take: str, left: str) -> None:
    edit(both, credit="From the files")
    Picture.objects.update(credit="From the site")
    report = import_folder(both.root, at=NOW)
    assert (len(report.conflicts), len(report.diffs)) == (1, 1)
    assert "'From the files', site 'From the site'" in report.diffs[0]
    assert export_folder(both.root, at=NOW).conflicts == report.conflicts
    assert Picture.objects.get().credit == "From the site"
    settled = import_folder(both.root, take=take, at=NOW)
    assert "From the files" in "".join(settled.lines)  # what is given up is told once more
    assert "From the site" in "".join(settled.lines)
    assert settled.conflicts == []
    assert Picture.objects.get().credit == left
    assert import_folder(both.root, at=NOW).conflicts == []


def test_a_dry_run_tells_and_changes_nothing(both: Folder) -> None:
    edit(both, credit="From the files")
    assert "changed in the files" in "".join(import_folder(both.root, dry_run=True, at=NOW).lines)
    assert Picture.objects.get().credit == "Zzyx Clinic"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda root: (root / "pictures/knee.jpg").unlink(), "is not the file that was exported"),
        (lambda root: (root / "pictures/knee.jpg").write_bytes(encoded(drawn())), "is not the file that was exported"),
        (lambda root: (root / "pictures/other.jpg").write_bytes(encoded(drawn())), "it is not in pictures.json"),
        (lambda root: (root / "pictures.json").write_text("{"), "cannot be read as JSON"),
        (lambda root: (root / "pictures.json").write_text("[]"), "names in braces"),
        (lambda root: (root / "pictures.json").write_text('{"knee": {}}'), "knee needs alt"),
        (lambda root: (root / "pictures.json").write_text('{"../knee": {}}'), "is not a name"),
    ],
)
def test_a_spoilt_folder_is_named_and_changes_nothing(
    both: Folder, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(both.root)
    assert any(words in fault.message for fault in check_folder(both.root))
    with pytest.raises(ContentError, match=re.escape(words)):
        import_folder(both.root, at=NOW)
    assert Picture.objects.get().credit == "Zzyx Clinic"


def test_a_file_with_notes_in_it_is_not_taken_even_if_the_list_names_it(both: Folder) -> None:
    made = encoded(drawn(60, 40), comment=b"where I live")
    place = both.root / "pictures/knee.jpg"
    place.write_bytes(made)
    edit(both, digest=hashlib.sha256(made).hexdigest())
    with pytest.raises(ContentError, match="upload it in the staff pages"):
        import_folder(both.root, at=NOW)


def test_an_export_says_which_file_the_disk_lost(folder: Folder, picture: Picture) -> None:
    (files() / shown(picture).master).unlink()
    with pytest.raises(ContentError, match="the site has lost its file knee-60"):
        export_pictures(folder.root)
    assert not (folder.root / "pictures.json").exists()


def test_files_that_the_disk_lost_come_back_with_an_import(both: Folder) -> None:
    media = bytes_of(files())
    for place in files().iterdir():
        place.unlink()
    bring_pictures(both.root)
    assert bytes_of(files()) == media
