"""What a page says itself, and what it only quotes to answer it.

A claim that is quoted to be answered is tagged in one of three ways:
  its number and quotation marks open the paragraph, item or cell: **C26** “All of your pain will go.”
  it stands in quotation marks in the glossary or in the claim ledger (kinds `glossary` and `claims`)
  it is the `claim` of an entry of `elsewhere`, the ledger's list of what is said elsewhere and not said here
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from education.canonical import as_read
from education.checks.parts import Reading, Sentence

TAGGED = re.compile(r"^[A-Z]{1,2}\d{1,3}[.:]? ?(“[^”]*(?:”|$)|\"[^\"]*(?:\"|$))")
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
QUOTING_KINDS = frozenset({"glossary", "claims"})


@lru_cache(maxsize=4)
def own_words(reading: Reading) -> tuple[tuple[Sentence, str], ...]:
    """Return each sentence with its words in small letters; what is only quoted is blanked out."""
    return tuple(_own_words(reading))


def _own_words(reading: Reading) -> Iterator[tuple[Sentence, str]]:
    elsewhere = {as_read(str(entry.get("claim", ""))) for entry in reading.front.elsewhere}
    for paragraph in reading.paragraphs:
        texts = [sentence.text for sentence in paragraph.sentences]
        if paragraph.sentences[0].key == "elsewhere" and " ".join(texts) in elsewhere:
            continue
        for sentence, text in zip(paragraph.sentences, _blanked(reading, texts), strict=True):
            yield sentence, text.lower().replace("'", "’")


def _blanked(reading: Reading, texts: list[str]) -> list[str]:
    whole = "\n".join(texts)
    quoted = QUOTED if reading.kind in QUOTING_KINDS else TAGGED
    if "“" not in whole and '"' not in whole:
        return texts
    return quoted.sub(_blank, whole).split("\n")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "·", match[0])
