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
    r"\blimited (?:time|offers?|places|spots|period|availability|number of places)\b|\b(?:today|this week"
    r"|this month) only\b"
    r"|\bonly (?:today|a few places|a few spots)\b|\b(?:book|act|call us|ring us|order|sign up|apply) (?:now|today)\b"
    r"|\bcall now\b|\bbook your (?:visit|place|spot|appointment) (?:now|today)\b|\bhurry\b|\bdon’t miss\b"
    r"|\blast chance\b"
    r"|\bbefore it is too late\b|\bdo not wait to book\b|\b(?:places|spots|stocks?) (?:are )?(?:left|last|filling"
    r"|limited)\b"
    r"|\bdiscount(?:s|ed)?\b|\d ?(?:%|per ?cent) off\b|\bspecial (?:offer|price|rate|deal)s?\b"
    r"|\b(?:introductory|promotional|reduced) (?:offer|price|rate|visit)s?\b|\bhalf[- ]price\b|\b(?:on sale"
    r"|sale price|flash sale)\b"
    r"|\b(?:vouchers?|coupons?|gift cards?|bargains?|cash ?back)\b|\bsave (?:money|up to|[$£€]? ?\d)|\band save\b"
    r"|\bfree (?:consultations?|trials?|sessions?|assessments?|gifts?|visits?|treatments?|injections?)\b"
    r"|\bbuy (?:one|two|\d)\b|\bwhile it lasts\b"
)
STEMS = tuple(
    "limited only now today hurry miss last late wait left filling discount off special price visit sale gift save free"
    " buy voucher coupon bargain back offer rate".split()
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
