"""Whatever is written in files and on the site, in whatever order it is exchanged: no text is ever lost."""

import shutil
import tempfile
from pathlib import Path

from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from education.canonical import canonical
from education.exchange import Report, import_folder
from education.export import export_folder
from education.faults import ContentError
from education.library import read_files
from education.models import Page, Revision
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write
from tests.education.exchanging import contents, withdraw_on_site

NAMES = ("a", "b", "c")
names, versions, sides = some.sampled_from(NAMES), some.integers(1, 3), some.sampled_from(["", "files", "site"])
moves = some.lists(
    some.one_of(
        some.tuples(some.just("file"), names, versions),
        some.tuples(some.just("remove"), names, some.just(0)),
        some.tuples(some.just("rename"), names, names),
        some.tuples(some.sampled_from(["draft", "publish"]), names, versions),
        some.tuples(some.just("withdraw"), names, some.just(0)),
        some.tuples(some.sampled_from(["import", "export"]), sides, some.just(0)),
    ),
    max_size=12,
)


def text_of(name: str, version: int) -> str:
    return write(f"Page {version}", order=1 + NAMES.index(name))


class Both:
    """A folder and a site that people change at random."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder.at(root)
        for name, order in (("index", 0), ("a", 1), ("b", 2)):
            self.folder.put(name, write(name, order=order, more="kind: hub\n" if name == "index" else ""))
        self.exchange("import", "files")

    def do(self, what: str, name: str, more: int | str) -> None:
        if what in {"import", "export"}:
            self.exchange(what, name)
        elif what in {"file", "remove", "rename"}:
            self.change_file(what, name, more)
        else:
            self.change_site(what, name, int(more))

    def change_file(self, what: str, name: str, more: int | str) -> None:
        if what == "file":
            self.folder.put(name, text_of(name, int(more)))
        elif self.folder.path(name).exists() and what == "remove":
            self.folder.path(name).unlink()
        elif self.folder.path(name).exists() and not self.folder.path(str(more)).exists():
            self.folder.path(name).rename(self.folder.path(str(more)))

    def change_site(self, what: str, name: str, version: int) -> None:
        page = Page.objects.get_or_create(language="en", path=name)[0]
        if what == "withdraw":
            if page.published is not None:
                withdraw_on_site(name, User.objects.get_or_create(username="zzyx-testperson")[0])
            return
        revision = save_text(page, text_of(name, version).replace("Words", "Site words"), author=None, note="", at=NOW)
        if what == "publish":
            publish(revision, by=None, at=NOW)

    def exchange(self, what: str, take: str) -> Report | None:
        """Import or export; afterwards every text that was anywhere is somewhere."""
        before = self.texts()
        work = import_folder if what == "import" else export_folder
        try:
            return work(self.folder.root, take=take, at=NOW)
        except ContentError:
            return None  # two pages with one order: the author is told
        finally:
            assert before <= self.texts()

    def texts(self) -> set[str]:
        """Return every text that a file holds or the site keeps."""
        files = {file.text for file in read_files(self.folder.root)[0].values()}
        return files | {canonical(text) for text in Revision.objects.values_list("text", flat=True)}


class TestAtRandom(TestCase):
    """Hypothesis plays authors, staff and operators."""

    @given(moves, some.sampled_from(["files", "site"]))
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_no_text_is_lost_and_both_sides_can_always_be_brought_together(
        self, steps: list[tuple[str, str, int | str]], take: str
    ) -> None:
        root = Path(tempfile.mkdtemp())
        try:
            both = Both(root)
            for what, name, more in steps:
                both.do(what, name, more)
            self.bring_together(both, take)
        finally:
            shutil.rmtree(root)

    def bring_together(self, both: Both, take: str) -> None:
        both.exchange("export", take)
        if both.exchange("import", take) is None:
            return
        both.exchange("export", take)
        held = contents(both.folder)
        for what in ("import", "export"):
            report = both.exchange(what, "")
            assert report is not None
            assert (report.conflicts, report.changed, report.written) == ([], 0, 0), report
        assert contents(both.folder) == held
        files = {path: file.text for (_language, path), file in read_files(both.folder.root)[0].items()}
        published = {page.path: page.words().text for page in Page.objects.published()}
        assert published.items() <= files.items()
        drafts = Page.objects.filter(published=None, withdrawn_at=None).values_list("path", flat=True)
        assert files.keys() - published.keys() <= set(drafts), "only words that nobody published are in files alone"
