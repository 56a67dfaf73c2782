"""The keys of front matter: what each may hold, and on which kinds of page."""

from education.areas import BY_KEY
from education.fields import Key, Reader, day, list_of, mapping, one_of, text, text_or_off, whole, yes_or_no

KINDS = (
    *("page", "home", "hub", "condition", "urgent", "glossary", "contact", "evidence", "conditions", "claims"),
    *("sources", "a-to-z", "reading"),
)
GRADES = ("none", "very low", "low", "moderate", "high")
CERTAINTIES = ("well-known", "known-in-places", "idea")
CHANGES = ("first", "wording", "evidence", "safety", "correction")
"""What kind of change a page had; a correction says that we had been wrong."""
NEARNESS = ("same", "related", "different", "no study")
"""How near the studied method is to PIT: the same technique, a related one, a different injection, or none studied."""

DESIGNS = ("dummy", "compared", "alone", "review")
"""How a study was made: against a dummy treatment, against something else, with nobody to compare, or from studies."""
COUNTED = ("people", "wrists", "hands", "tendons")
"""What a study counted."""

EVIDENCE = mapping(
    {
        "grade": Key(one_of(*GRADES), required=True),
        "upto": Key(one_of(*GRADES)),
        "label": Key(text(characters=80), required=True),
        "studies": Key(text(words=45), required=True),
        "searched": Key(text(characters=30)),
    }
)
CAUSE = mapping(
    {
        "id": Key(text(characters=40), required=True),
        "title": Key(text(characters=80), required=True),
        "text": Key(text(words=60), required=True),
        "certainty": Key(one_of(*CERTAINTIES), required=True),
        "certainty_label": Key(text(characters=60), required=True),
        "drawing": Key(text(characters=40), required=True),
    }
)

CHANGE = mapping(
    {
        "date": Key(day, required=True),
        "kind": Key(one_of(*CHANGES), required=True),
        "reason": Key(text(words=40), required=True),
        "act": Key(yes_or_no, required=True),
    }
)
ANSWER = mapping(
    {
        "rule": Key(text(characters=40), required=True),
        "words": Key(text(characters=200), required=True),
        "reason": Key(text(words=40), required=True),
    }
)
STUDY = mapping(
    {
        "about": Key(text(characters=60), required=True),
        "year": Key(text(characters=20)),
        "nearness": Key(one_of(*NEARNESS[:-1]), required=True),
        "design": Key(one_of(*DESIGNS), required=True),
        "count": Key(whole),
        "counted": Key(one_of(*COUNTED)),
        "conditions": Key(list_of(text())),
        "given": Key(text(words=30), required=True),
        "found": Key(text(words=40), required=True),
        "limits": Key(text(words=30), required=True),
        "sources": Key(list_of(text()), required=True),
    }
)
CLAIM = mapping(
    {
        "id": Key(text(characters=20), required=True),
        "text": Key(text(words=60), required=True),
        "grade": Key(one_of(*GRADES)),
        "nearness": Key(one_of(*NEARNESS), required=True),
        "sources": Key(list_of(text())),
    }
)
ELSEWHERE = mapping(
    {
        "claim": Key(text(words=40), required=True),
        "why": Key(text(words=60), required=True),
        "sources": Key(list_of(text())),
    }
)


def _panel(*, with_text: bool) -> Reader:
    keys = {"title": Key(text(characters=100), required=True)}
    return mapping(keys | {"text": Key(text(words=80), required=True)} if with_text else keys)


SECTIONS = mapping(
    {
        "causes": Key(_panel(with_text=True), required=True),
        "conditions": Key(_panel(with_text=True), required=True),
        "visit": Key(_panel(with_text=False), required=True),
    }
)
KEYS = {
    "title": Key(text(characters=100), required=True),
    "short_title": Key(text(characters=40)),
    "kind": Key(one_of(*KINDS)),
    "order": Key(whole),
    "message": Key(text(words=45), required=True),
    "summary": Key(text(characters=160), required=True),
    "lede": Key(text(words=45), required=True),
    "updated": Key(day, required=True),
    "area": Key(one_of(*BY_KEY)),
    "evidence": Key(EVIDENCE),
    "related": Key(list_of(text())),
    "ask": Key(text_or_off),
    "causes": Key(list_of(CAUSE)),
    "sections": Key(SECTIONS),
    "closing": Key(_panel(with_text=True)),
    "review": Key(day),
    "offline": Key(yes_or_no),
    "when_overdue": Key(text(words=45)),
    "changes": Key(list_of(CHANGE)),
    "uses": Key(list_of(text(characters=20))),
    "was": Key(list_of(text())),
    "claims": Key(list_of(CLAIM)),
    "elsewhere": Key(list_of(ELSEWHERE)),
    "studies": Key(list_of(STUDY)),
    "answers": Key(list_of(ANSWER)),
}
ONLY_FOR = {
    "claims": ("claims",),
    "elsewhere": ("claims",),
    "studies": ("evidence",),
    "sections": ("home",),
    "closing": ("home",),
    "evidence": ("condition",),
    "area": ("condition", "hub"),
}
NEEDED_BY = {"condition": ("area", "evidence"), "home": ("sections", "closing")}
