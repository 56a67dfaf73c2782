"""Tells a claim from its denial: "a cure" from "not a cure", "no proof that it cures", "a cure is not known"."""

import re
from typing import NamedTuple

REACH = 160
"""How many characters around a claim are looked at: longer sentences are an error of their own."""
TRAPS = re.compile(
    r"\bno (?:doubt|question|wonder|secret|need|longer|matter|time|other|less than)\b|\bnot (?:only|just|merely|simply"
    r"|least|long|surpris\w+|believe|for nothing)\b|\bcannot (?:fail|believe|go wrong)\b|\bnever (?:fails?|failed)\b"
    r"|\bnothing (?:less than|beats)\b|\b(?:no one|nobody) doubts\b|\bwhy not\b|\bwithout (?:a )?doubt\b"
)
"""Negative words that deny nothing: "no doubt", "not only"."""
HEADS = re.compile(
    r"\b(?:"
    r"(?:no|little|without|nor) (?:\w+ ){0,2}(?:proof|evidence|stud(?:y|ies)|trials?|promise|sign|research)"
    r"|(?:not|never|cannot|can’t|n’t|nobody|no one|none) (?:\w+ ){0,3}"
    r"(?:know[ns]?|sure|clear|certain|tell|say|true) (?:\w+ )?(?:if|whether|that)"
    r"|(?:not|never|cannot|nobody|no one|none|nothing|neither) (?:\w+ ){0,4}"
    r"(?:claims?|says?|means?|shows?|shown|proves?|promises?|promised|quote|suggests?|guarantees?)"
    r"|un(?:known|clear) (?:if|whether)|too (?:early|soon) to (?:say|know)|wrong to|false to|untrue that"
    r"|(?:a )?myth that"
    r"|we (?:do not|don’t|never) (?:use|write|print|say)|we avoid|beware of|be (?:wary|careful)|wary of|do not trust"
    r"|they (?:promise|claim)|(?:anyone|anybody|someone|people|pages?|clinics?|websites?|adverts?|sellers?) (?:who"
    r"|that|which) (?:\w+ )?"
    r"(?:promises?|claims?|says?|offers?|sells?)"
    r")\b"
)
"""What denies or doubts all that follows in its clause."""
WIDE_STOP = re.compile(r"[;:!?]|\bbut\b|, (?:and|so|yet|it|this|pit|we)\b")
NEGATOR = re.compile(
    r"\b(?:not|no|none|nobody|no one|nothing|never|neither|nor|without|cannot|hardly|barely|far from|yet to|\w+n’t)\b"
)
LISTED = re.compile(r"^[^.;:!?]{0,40}\bn?or\b")
"""More follows of a list that a "no" or "not" opened: "no stories, stars or pictures"."""
NARROW = 7
"""How many words may stand between a plain "not" and what it denies."""
NARROW_STOP = re.compile(r"[,;:.()–—!?~]|\b(?:but|and|because|so|which|while|why|how)\b")
AFTERWARDS = re.compile(
    r"^[”\"’]?(?: (?!that\b|which\b|who\b|and\b|but\b|if\b|when\b|because\b)\w+){0,2}[”\"’]?(?:"
    r" (?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|must|should)(?: \w+)? (?:not|never"
    r"|no)\b"
    r"| (?:cannot|is (?:unknown|unclear|unproven|wrong|false|a myth))\b| \w+n’t\b|: (?:not known|no|none|unknown)\b)"
)
NO = re.compile(r"^[“\"]?(?:no|not|none|nobody|never|nothing|it is not|it does not|it cannot|that is not|there is no"
                r"|we do not|this is not|probably not|pit (?:is|does|has) not)\b")  # fmt: skip

IDEA = re.compile(r"^(?:only )?(?:an )?ideas?\b|^not proven\b|^part fact, part idea\b")


class Negation(NamedTuple):
    """How a language denies. See the English patterns above for what each is about."""

    traps: re.Pattern[str]
    heads: re.Pattern[str]
    wide_stop: re.Pattern[str]
    negator: re.Pattern[str]
    listed: re.Pattern[str]
    narrow_stop: re.Pattern[str]
    afterwards: re.Pattern[str]
    no: re.Pattern[str]
    idea: re.Pattern[str]
    joins: tuple[str, ...]
    """The words for "or": what follows them is denied with what stands before."""


ENGLISH = Negation(TRAPS, HEADS, WIDE_STOP, NEGATOR, LISTED, NARROW_STOP, AFTERWARDS, NO, IDEA, (" or ",))


def denied(text: str, start: int, end: int, words: Negation = ENGLISH) -> bool:
    """Say whether a sentence (in small letters) denies or doubts what stands in it from start to end."""
    before = words.traps.sub(lambda trap: "~" * len(trap[0]), text[max(0, start - REACH) : start])
    for head in words.heads.finditer(before):
        if not words.wide_stop.search(before, head.end()):
            return True
    nearest = max((match.end() for match in words.negator.finditer(before)), default=0)
    between = before[nearest:]
    if words.listed.match(text[end : end + REACH]) or any(join in between for join in words.joins):
        between = between.replace(",", "")
    if nearest and len(between.split()) <= NARROW and not words.narrow_stop.search(between):
        return True
    return bool(words.afterwards.match(text[end : end + REACH]))


def says_no(text: str, words: Negation = ENGLISH) -> bool:
    """Say whether an answer begins with a no."""
    return bool(words.no.match(text.lower()))


def says_idea(text: str, words: Negation = ENGLISH) -> bool:
    """Say whether the first words under a heading call it an idea, not a fact: "**An idea.** Dextrose might …"."""
    return bool(words.idea.match(text.lower()))
