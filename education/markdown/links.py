"""Links: only to places that exist, only in forms that we allow."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.urls import Resolver404, resolve
from django.utils import translation
from markdown_it.token import Token

from education import languages
from education.faults import Fault
from education.library import PageText
from education.markdown.work import Work, inlines

WORD = re.compile(r"^#(w-[\w-]+)$")
OUTSIDE = ("https://", "mailto:", "tel:")
ON_EVERY_PAGE = frozenset({"main", "sources", "words"})


def gather_links(tokens: Sequence[Token], work: Work) -> None:
    """Mark the links to words, keep the links to pages for checking, and note those of a wrong form."""
    for _inline, child, line in inlines(tokens):
        if child.type == "link_open":
            _link(child, line, work)


def _link(link: Token, line: int, work: Work) -> None:
    href = str(link.attrs.get("href", ""))
    word = WORD.match(href)
    if word:
        _word(link, word[1], line, work)
    elif href.startswith("#") or (href.startswith("/") and not href.startswith("//")):
        work.links.append((line, href))
        if href.startswith("/"):
            link.attrs["href"] = languages.prefix(work.page.language) + href
    elif not href.startswith(OUTSIDE):
        work.fault(line, f"the link {href[:80]!r} must begin with / (a page of ours), # (this page) or https://.")


def _word(link: Token, word: str, line: int, work: Work) -> None:
    link.attrs["class"] = "term"
    if word not in work.context.words:
        work.fault(line, f"the glossary has no word with the id {word!r}.")
    elif word not in work.words:
        work.words.append(word)


def check_links(
    page: PageText, links: Iterable[tuple[int, str]], own: Iterable[str], anchors: Mapping[str, frozenset[str]]
) -> list[Fault]:
    """Return the links of a page that lead nowhere."""
    own, faults = frozenset(own) | ON_EVERY_PAGE, []
    for line, href in links:
        wrong = _wrong(href, own, anchors)
        if wrong:
            faults.append(Fault(page.file, page.body_line + line, wrong))
    return faults


def _wrong(href: str, own: frozenset[str], anchors: Mapping[str, frozenset[str]]) -> str:
    path, _hash, anchor = href.partition("#")
    if not path:
        return "" if anchor in own else f"there is no {href!r} on this page."
    if path not in anchors:
        return "" if _is_service(path) else f"the link {path!r} leads to no page{_slash(path, anchors)}."
    if anchor and anchor not in anchors[path] | ON_EVERY_PAGE:
        return f"the page {path} has no place called #{anchor}."
    return ""


def _slash(path: str, anchors: Mapping[str, frozenset[str]]) -> str:
    return f"; write {path}/" if f"{path}/" in anchors else ""


def _is_service(path: str) -> bool:
    """Say if something other than a page answers here, such as the form that asks for a consultation."""
    try:
        with translation.override(languages.source()):  # links are written without a language
            return resolve(path).app_name != "education"
    except Resolver404:
        return False
