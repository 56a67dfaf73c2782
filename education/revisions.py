"""New words of a page: checked, rendered and kept as a revision; and the moment when patients see them."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from education import languages
from education.addresses import lead_here
from education.canonical import canonical
from education.faults import ContentError, Fault
from education.glossary import GLOSSARY
from education.images import site_pictures
from education.library import PageText, look_at, old_paths
from education.markdown import Context, Rendered, check_links, press, read_context
from education.models import Edition, Page, Revision


def site_context(language: str) -> Context:
    """Return what pages saved on the site are rendered with: the published glossary, and links to published pages.

    A translation may lead to pages that are not translated yet: their address says so and offers the source.
    """
    pages = Page.objects.published().filter(language=language)
    anchors = _anchors(languages.source()) | (_anchors(language) if languages.is_translation(language) else {})
    glossary = pages.filter(path=GLOSSARY).values_list("published__text", flat=True).first() or ""
    return read_context(glossary, anchors=anchors, pictures=site_pictures(), language=language)


def _anchors(language: str) -> dict[str, frozenset[str]]:
    pages = Page.objects.published().filter(language=language).defer("published__html")
    return {page_url(page.path): frozenset(page.words().front.get("anchors", ())) for page in pages}


def page_url(path: str) -> str:
    """Return the address that authors write in links: the path without its language."""
    return f"/{path}/" if path else "/"


def look_over(page: Page, text: str) -> tuple[PageText, Rendered, Context, list[Fault]]:
    """Read and render a text as this page, with every fault that it has among the pages of the site."""
    file = f"{page.language}/{page.path or 'index'}"
    words, faults = look_at(text, language=page.language, path=page.path, file=file)
    context = site_context(page.language)
    rendered, more = press(words, context=context)
    anchors = {**(context.anchors or {}), words.url: rendered.anchors}
    faults += more + check_links(words, rendered.links, rendered.anchors, anchors)
    for path in words.front.related:
        if page_url(path) not in anchors:
            faults.append(words.fault("related", f"related: there is no published page {path!r}."))
    for path in old_paths(words.front):
        if page_url(path) in anchors:
            faults.append(words.fault("was", f"was: {page_url(path)} is still a page; name only paths that are free."))
    return words, rendered, context, sorted(set(faults))


def proof(page: Page, text: str) -> tuple[Rendered, str]:
    """Return a text rendered as this page, and what it was rendered with. Raises ContentError with all its faults."""
    _words, rendered, context, faults = look_over(page, text)
    if faults:
        raise ContentError(faults)
    return rendered, context.fingerprint


def save_text(page: Page, text: str, *, author: AbstractBaseUser | None, note: str, at: datetime) -> Revision:
    """Keep a text as the page's newest revision. Raises ContentError with all faults. Patients do not see it yet."""
    rendered, fingerprint = proof(page, text)
    return keep(page, text, rendered, fingerprint, author=author, note=note, at=at)


def keep(
    page: Page,
    text: str,
    rendered: Rendered,
    fingerprint: str,
    *,
    author: AbstractBaseUser | None,
    note: str,
    at: datetime,
) -> Revision:
    """Store a rendered text as a revision, in the one form in which texts are compared."""
    return Revision.objects.create(
        page=page,
        text=canonical(text),
        saved_at=at,
        author=author,  # type: ignore[misc]  # the swappable user model
        note=note,
        front=rendered.front,
        html=rendered.html,
        contents=rendered.contents,
        rendered_with=fingerprint,
    )


@transaction.atomic
def publish(revision: Revision, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Let patients see these words from now on."""
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    put_up(page, revision, by=by, at=at)
    Edition.move_on()


def put_up(page: Page, revision: Revision, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Make words the published ones and the earlier ones superseded. Inside a transaction that moves the edition."""
    published = Revision.objects.filter(page=page, state=Revision.State.PUBLISHED).exclude(pk=revision.pk)
    published.update(state=Revision.State.SUPERSEDED)
    Revision.objects.filter(pk=revision.pk).update(state=Revision.State.PUBLISHED, publish_at=None)
    page.published, page.published_by, page.published_at = revision, by, at  # type: ignore[assignment]
    page.withdrawn_at, page.withdrawn_because = None, ""
    page.save()
    lead_here(page, [path.strip("/ ") for path in revision.front.get("was") or ()])


@transaction.atomic
def render_again(revision: Revision, rendered: Rendered, fingerprint: str) -> None:
    """Replace what was derived from a revision's text; its words stay."""
    Revision.objects.filter(pk=revision.pk).update(
        html=rendered.html, contents=rendered.contents, front=rendered.front, rendered_with=fingerprint
    )
