"""The words we explain: read from the definition list of the glossary page."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

GLOSSARY = "glossary"
"""The path of the page that holds the words."""
BEFORE_ASIDE = re.compile(r"^[^(,]+")
OWN_ID = re.compile(r"\{#([A-Za-z0-9_-]+)\}[ \t]*$")
"""After a heading or a word: the id by which links find it in every language."""
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")


@dataclass(frozen=True)
class Word:
    """One word with its meaning in plain text."""

    id: str
    term: str
    definition: str


def slug(text: str) -> str:
    """Return words as part of an address: "What usually helps?" gives "what-usually-helps"."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "").replace("'", "")
    return "-".join(re.findall(r"[^\W_]+", text))


def word_id(term: str) -> str:
    """Return the id of a term: "Placebo (dummy treatment)" gives "w-placebo"."""
    match = BEFORE_ASIDE.match(term)
    return f"w-{slug(match[0] if match else term)}"


def read_words(body: str) -> dict[str, Word]:
    """Return the words of a glossary page by id: lines "Term" followed by ": meaning"."""
    words: dict[str, Word] = {}
    lines = [line.rstrip() for line in body.split("\n")]
    for number, line in enumerate(lines):
        if not line.startswith(": ") or number == 0 or not lines[number - 1]:
            continue
        given = OWN_ID.search(lines[number - 1])
        term = plain(OWN_ID.sub("", lines[number - 1]))
        meaning = [line[2:]]
        for following in lines[number + 1 :]:
            if not following:
                break
            meaning.append(following.strip())
        word = Word(given[1] if given else word_id(term), term, plain(" ".join(meaning)))
        words.setdefault(word.id, word)
    return words


def letters(words: Iterable[Word]) -> list[list[str]]:
    """Return each letter that a word begins with, and the id of the first such word; É counts as E."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(unicodedata.normalize("NFKD", word.term)[:1].upper(), word.id)
    return [list(each) for each in found.items()]


def plain(markdown: str) -> str:
    """Return a line of Markdown without its marks."""
    return MARKUP.sub(lambda match: match[1] or "", markdown).strip()
