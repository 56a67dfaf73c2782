"""What to tell the person who compares, imports or exports: one sentence a difference, and both texts of a conflict."""

import difflib

from education.canonical import canonical
from education.compare import Difference, State
from education.models import Page

STATUS = {
    State.NEW: "{file}: new, becomes {url}",
    State.CHANGED_IN_FILE: "{file}: changed, becomes {url}",
    State.CHANGED_ON_SITE: "{file}: {url} was changed on the site and stays as it is",
    State.WITHDRAWN: "{file}: {url} was withdrawn on the site and stays so",
    State.CONFLICT: "{file}: {url} was changed in the file and on the site; nothing was overwritten",
    State.GONE: "{url}: its file is gone, so patients no longer see it; its words are kept",
    State.SITE_ONLY: "{url}: is on the site only and stays as it is",
}
EXPORT = {
    State.NEW: "{file}: is only a file yet and stays as it is; import makes it {url}",
    State.CHANGED_IN_FILE: "{file}: changed in the file and stays as it is; import brings it to {url}",
    State.CHANGED_ON_SITE: "{file}: takes over the words of {url}",
    State.WITHDRAWN: "{file}: is taken away, because {url} was withdrawn on the site; its words are kept there",
    State.CONFLICT: STATUS[State.CONFLICT],
    State.GONE: "{url}: its file is gone and stays so; import takes the page from patients",
    State.SITE_ONLY: "{file}: new, with the words of {url}",
}
TAKEN = {
    "files": "{file}: taken, becomes {url}; the words of the site are kept among its revisions",
    "site": "{file}: set aside; {url} stays as it is, and the words of the file are kept among its revisions",
}
TAKEN_EXPORT = {
    "files": "{file}: stays as it is, and is now the newest draft of {url}; import shows it to patients",
    "site": "{file}: takes over what the site has at {url}; the words of the file are kept among its revisions",
}
WITHOUT_FILE = {
    "": "{url}: its file is gone, but it was changed on the site; nothing was taken away",
    "files": "{url}: its file is gone, so patients no longer see it; all words of the site are kept",
    "site": "{url}: its file is gone; the page stays and is on the site only now",
}
WITHOUT_FILE_EXPORT = WITHOUT_FILE | {
    "files": "{url}: its file stays gone; import takes the page from patients",
    "site": "{file}: is written again, with the words of {url}",
}
MOVES = "{file}: {old} moves to {url}, and the old address leads there"
DRAFT = "{url}: has words on the site that are not published yet; they stay there"
LONGEST = 60
"""So many lines of a conflict are shown."""


def sentences(difference: Difference, *, export: bool = False, name: str = "") -> list[str]:
    """Return what to tell about one difference; nothing when all is the same."""
    language, path = difference.key
    words = {
        "file": name or difference.file.name,
        "url": Page(language=language, path=path).get_absolute_url(),
        "old": Page(language=language, path=difference.moved_from or "").get_absolute_url(),
    }
    told = [MOVES] if difference.moved_from is not None and not export else []
    told += [pattern] if (pattern := _pattern(difference, export=export)) else []
    told += [DRAFT] if difference.state is State.SAME and difference.is_drafted else []
    return [pattern.format(**words) for pattern in told]


def _pattern(difference: Difference, *, export: bool) -> str:
    if difference.state is State.CONFLICT and not difference.file.name:
        return (WITHOUT_FILE_EXPORT if export else WITHOUT_FILE)[difference.take]
    if difference.take:
        has_more = difference.take == "files" or is_public(difference)
        return (TAKEN_EXPORT if export and has_more else TAKEN)[difference.take]
    nothing_to_write = difference.state is State.CHANGED_ON_SITE and not is_public(difference)
    return (EXPORT if export and not nothing_to_write else STATUS).get(difference.state, "")


def is_public(difference: Difference) -> bool:
    """Say whether the site shows patients something here: words, or that they were withdrawn."""
    return difference.page is not None and bool(difference.page.published_id or difference.page.withdrawn_at)


def both_texts(difference: Difference) -> str:
    """Return the texts of a conflict as a unified diff: - is what the site has, + is what the file has."""
    site = difference.newest
    before, after = (canonical(site.text) if site else ""), difference.file.text
    names = f"site {difference.key[1] or 'home'}", difference.file.name or "no file"
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), *names, n=1, lineterm=""))
    more = len(lines) - LONGEST
    return "\n".join([*lines[:LONGEST], *([f"… and {more} more lines"] if more > 0 else [])])
