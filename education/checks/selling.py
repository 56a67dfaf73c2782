"""Words that push: urgency, discounts, offers without terms."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied
from education.checks.parts import Reading
from education.checks.quoted import own_words

RULE = rule(
    "selling-words",
    ERROR,
    title="Words that push people to decide",
    why="Nobody should choose an injection in a hurry or because it is cheap today.",
    mend="Take the words out; say what it costs and that there is time to think.",
    source="clinical.md 4.1 (AHPRA), check 8",
)
WORDS = re.compile(
    r"\blimited (?:time|offers?|places|spots|period|availability|number of places)\b|\bonly (?:today|a few (?:places"
    r"|spots))\b"
    r"|\b(?:today|this week|this month) only\b|\b(?:book|act|call us|ring us|order|sign up|apply) (?:now"
    r"|today)\b(?! if\b)"
    r"|\bcall now\b(?! if\b)|\bbook your (?:visit|place|spot|appointment) (?:now|today)\b|(?<!in a )\bhurry\b"
    r"|\bdon’t miss\b"
    r"|\blast chance\b|\bbefore it is too late\b|\bdo not wait to book\b|\b(?:places|slots) (?:are )?(?:left|filling"
    r"|limited)\b"
    r"|\bwhile (?:stocks last|it lasts)\b|\bdiscount(?:s|ed)?\b|\d ?(?:%|per ?cent) off\b|\bhalf[- ]price\b"
    r"|\b(?:special|introductory|promotional) (?:offer|price|rate|deal)s?\b|\breduced (?:price|rate)s?\b"
    r"|\b(?:on sale|sale price|flash sale)\b|\b(?:vouchers?|coupons?|gift cards?|bargains?|cash ?back)\b"
    r"|\bsave (?:money|up to|[$£€]? ?\d)|\band save\b|\bbuy (?:one|two|\d)\b"
    r"|\bfree (?:consultations?|trials?|sessions?|assessments?|gifts?|visits?|treatments?|injections?)\b"
)
STEMS = tuple(
    "limited only now today hurry miss last late wait left slots filling while discount off special price visit sale"
    " gift save free buy voucher coupon bargain back offer rate".split()
)
"""Letters without one of which none of the words can be there: they save most of the search."""


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find words of urgency and of sale that the sentence does not deny."""
    for sentence, text in own_words(reading):
        if not any(stem in text for stem in STEMS):
            continue
        for match in WORDS.finditer(text):
            if not denied(text, *match.span()):
                yield found(RULE, sentence.line, sentence.text, detail=match[0])
                break
