"""Everyday words in place of long or learned ones, each with what could stand there instead."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading, Sentence

SWAP = rule(
    "plain-word",
    WARNING,
    title="A word with a plainer one",
    why="An everyday word is understood at once, by everybody.",
    mend="Use the plain word; a medical word may follow in brackets, or link to the glossary.",
    source="clinical.md 5",
)
SWAPS = {
    r"administer(?:s|ed|ing)?": "give",
    r"adverse (?:effects?|events?|reactions?)": "unwanted effects",
    r"analgesics?": "pain medicine",
    r"approximately": "about",
    r"chronic(?: pain)?": "long-term",
    r"commenc(?:e|es|ed|ing)": "start",
    r"contraindicated": "not safe for you",
    r"discontinu(?:e|es|ed|ing)": "stop",
    r"hypersensitivity": "allergy",
    r"inflammation": "swelling and soreness",
    r"injection sites?": "where the needle went in",
    r"musculoskeletal": "muscle, bone and joint",
    r"physicians?": "doctor",
    r"prior to": "before",
    r"procedures?": "treatment or visit",
    r"subcutaneous(?:ly)?": "just under the skin",
    r"utili[sz](?:e|es|ed|ing)": "use",
    r"efficacy": "how well it works",
    r"placebos?": "dummy treatment",
    r"randomi[sz]ed": "put in groups by chance",
    r"in order to": "to",
    r"due to the fact that": "because",
    r"subsequent(?:ly)?": "later",
    r"symptomatic relief": "less pain",
    r"e\.g\.": "for example",
    r"i\.e\.": "that is",
}
"""Clinical.md 5, and a few turns that mean no more than a short word."""
ANY = re.compile("|".join(rf"(?<![\w-])({words})(?![\w-])" for words in SWAPS), re.IGNORECASE)
PLAIN = list(SWAPS.values())
ASIDE = re.compile(r"\([^()]{0,200}\)|“[^“”]{0,200}”")
"""Words in brackets explain or name; words in quotation marks are somebody else's."""


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find learned words that are neither linked to the glossary nor an aside."""
    if reading.kind in {"glossary", "sources", "claims"}:
        return
    for sentence in reading.sentences:
        for match in ANY.finditer(_own_words(sentence)):
            swap = PLAIN[(match.lastindex or 1) - 1]
            yield found(SWAP, sentence.line, sentence.text, detail=f"“{match[0]}”", swap=f"“{swap}”")


def _own_words(sentence: Sentence) -> str:
    """Return a sentence without asides and without words that are explained."""
    return ASIDE.sub(" ", without_links_to_words(sentence))


def without_links_to_words(sentence: Sentence) -> str:
    """Return a sentence without the words that it links to their meaning."""
    text = sentence.text
    for link in sentence.links:
        if link.href.startswith("#w-"):
            text = text.replace(link.text, "…")
    return text
