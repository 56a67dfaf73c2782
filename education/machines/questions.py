"""The questions that a page's headings ask, with what stands below each: for structured data."""

import html
import re
from typing import NamedTuple

from django.utils.html import strip_tags

LEAST = 5
"""So many headings that ask make a page of questions; one among others is only a heading."""
ASKED = re.compile(r'<h3 id="(?P<anchor>[^"]+)">(?P<question>.*?\?)</h3>(?P<answer>.*?)(?=<h[2-6]|\Z)', re.DOTALL)
CITED = re.compile(r'<sup class="cite">.*?</sup>', re.DOTALL)


class Answered(NamedTuple):
    """One question with its answer, in plain words, and the place where they stand."""

    anchor: str
    question: str
    answer: str


def answered(page_html: str) -> list[Answered]:
    """Return the questions of a page as patients see it today. Nothing where a page asks only a few."""
    found = [
        Answered(match["anchor"], _plain(match["question"]), _plain(match["answer"]))
        for match in ASKED.finditer(page_html)
    ]
    return found if len(found) >= LEAST else []


def _plain(part: str) -> str:
    return " ".join(html.unescape(strip_tags(CITED.sub("", part))).split())
