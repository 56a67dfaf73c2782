"""A whole answer: the best match, the rest by kind, what may have been meant, and whether help is needed first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from education.search.entries import CONDITION, GROUPS, PAGE, QUESTION, WORD, Entry
from education.search.extracts import Marks, best_section, extract
from education.search.index import Index, plainly
from education.search.kept import index_of
from education.search.question import FEW, Question, expressions, is_crisis, is_urgent, lead_of, read_question
from education.search.sections import Section
from education.search.spelling import meant
from education.search.words import split

NAMES: dict[str, str | Promise] = {
    CONDITION: _("Conditions"),
    PAGE: _("Pages"),
    WORD: _("Words explained"),
    QUESTION: _("Questions people ask"),
}
SHOWN = {CONDITION: 5, PAGE: 6, WORD: 4, QUESTION: 5}
"""How many of each kind are shown: a list that nobody reads to its end helps nobody."""
SUGGESTED = 6


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    group: str
    title: str
    url: str
    extract: SafeString
    heading: str = ""
    """The heading in the page under which the words stand, and its address."""
    heading_url: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: str
    name: str | Promise
    hits: list[Hit]


@dataclass(frozen=True)
class Answer:
    """What a search page says."""

    text: str = ""
    cut: bool = False
    urgent: bool = False
    crisis: bool = False
    """Somebody may think of suicide: whom to talk to stands on top of all."""
    meant: str = ""
    """What the question may have been meant to be."""
    instead: bool = False
    """Nothing was found, so this is the answer to what may have been meant."""
    best: Hit | None = None
    groups: tuple[Group, ...] = ()


def search(typed: str, language: str) -> Answer:
    """Answer what somebody typed. Keeps nothing of it, and never raises for it."""
    index = index_of(language)
    question = read_question(typed, index)
    if not question.words:
        return Answer(question.text, question.cut)
    crisis, urgent = _in_any_language(is_crisis, typed), _in_any_language(is_urgent, typed)
    guess = "" if urgent or crisis else meant(question, index)
    numbers = list(_numbers(question, index))
    read = question
    if not numbers and guess:
        read = read_question(guess, index)
        numbers = list(_numbers(read, index))
    answer = _shown(numbers, read, index)
    return replace(
        answer,
        text=question.text,
        cut=question.cut,
        urgent=urgent or is_urgent(read, index),
        crisis=crisis or is_crisis(read, index),
        meant=guess,
        instead=read is not question and bool(numbers),
    )


def _in_any_language(says: Callable[[Question, Index], bool], typed: str) -> bool:
    """Say whether the words call for help in a language of the site: in despair people type in their own."""
    indexes = (index_of(code) for code, _name in settings.LANGUAGES)
    return any(says(read_question(typed, index), index) for index in indexes)


def suggest(typed: str, language: str) -> list[str]:
    """Return titles to look for instead of what is typed so far; each of them brings its page first."""
    index = index_of(language)
    question = read_question(typed, index)
    entries = [index.entries[number] for number in _numbers(question, index)]
    titles = dict.fromkeys(entry.title for entry in entries if _brings(entry, index))
    start = question.words[-1] if question.words else ""

    def far(title: str) -> tuple[bool, bool]:
        words = split(title)
        return not any(word.startswith(start) for word in words[:1]), not any(word.startswith(start) for word in words)

    return sorted(titles, key=far)[:SUGGESTED]


def _brings(entry: Entry, index: Index) -> bool:
    """Say whether its title, looked for, brings it: an explained word may lead to a page that says more."""
    return entry.group != WORD or index.lay.phrase(entry.title) not in index.lay.by_phrase


def _numbers(question: Question, index: Index) -> Iterator[int]:
    """Yield what was found, the best first: where the words lead, what is called so, what holds them."""
    seen: set[int] = set()
    for number in _named(question, index):
        if number not in seen:
            seen.add(number)
            yield number
    for expression in expressions(question, index):
        if len(seen) >= FEW:
            return
        for number, _score in index.find(expression, question.phrase):
            if number not in seen:
                seen.add(number)
                yield number


def _named(question: Question, index: Index) -> Iterator[int]:
    """Yield what is called exactly so, where the words of patients lead, and what is called about so."""
    if (exact := index.exact.get(plainly(question.text))) is not None:
        yield exact
    lead = lead_of(question, index)
    if lead and lead.page in index.places:
        yield index.places[lead.page][0]
    yield from index.titles.get(question.phrase, ())


def _shown(numbers: list[int], question: Question, index: Index) -> Answer:
    lead = lead_of(question, index)
    words = [*question.words, *(split(lead.term) if lead else [])]
    stems = {stem for word in words for stem in index.meanings(word)}
    if question.words and not index.knows(question.words[-1]):
        stems |= index.endings(question.words[-1])
    marks = Marks(stems, index)
    by_group: dict[str, list[int]] = {group: [] for group in GROUPS}
    for number in numbers[1:]:
        by_group[index.entries[number].group].append(number)
    groups = [
        Group(kind, NAMES[kind], [_hit(index.entries[number], marks) for number in found[: SHOWN[kind]]])
        for kind, found in by_group.items()
        if found
    ]
    best = None
    if numbers:
        entry = index.entries[numbers[0]]
        number, at = index.places.get(lead.page, (-1, 0)) if lead else (-1, 0)
        best = _hit(entry, marks, entry.sections[at] if number == numbers[0] and at else None)
    return Answer(best=best, groups=tuple(groups))


def _hit(entry: Entry, marks: Marks, section: Section | None = None) -> Hit:
    section = section or best_section(entry, marks)
    found = section.text and (marks.stems(section.text) or (section.anchor and not section.benefit))
    said = section.text if found else entry.summary or section.text
    there = f"{entry.url}#{section.anchor}" if section.anchor else ""
    return Hit(entry.group, entry.title, entry.url, extract(said, entry.title, marks), section.heading, there)
