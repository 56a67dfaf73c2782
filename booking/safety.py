"""The signs that need help sooner than we can give it (clinical.md 3.5). Shown, never asked: no answer is stored."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Signs = tuple[Promise, ...]


@dataclass(frozen=True)
class Check:
    """Two short lists: call now, and see a doctor first. `today` counts the first of `soon` that cannot wait a day."""

    now: Signs
    soon: Signs
    today: int = 0


GENERAL = Check(
    now=(
        _("chest pain or tightness, or trouble breathing"),
        _("a face that drops, a weak arm or leg, or unclear speech"),
        _("a very bad headache that began all at once"),
        _("numbness between your legs, or round your bottom or genitals"),
        _("new trouble passing pee, or leaking pee or poo"),
        _("a sudden tearing pain in your back or belly"),
        _("very bad pain after a crash, a fall or a blow"),
    ),
    soon=(
        _("pain that began with a crash, a fall or a blow, or with a small knock if your bones are thin"),
        _("fever or chills with bad back or neck pain"),
        _("a hot, red, very swollen joint, or a fever with joint pain"),
        _("a new bad headache or swelling while pregnant, or in the 6 weeks after birth"),
        _("had cancer, or lost weight without trying"),
        _("pain that never stops, is worse at night, and does not ease with rest"),
        _("an infection now, or a weak immune system"),
    ),
    today=4,
)

_FEVER_HEADACHE = _("a headache with a fever, a stiff neck, a rash, a fit or confusion")
_SUDDEN_NECK = _("sudden neck pain with dizziness, double sight or trouble speaking")
_LOST_SIGHT = _("a headache and you cannot see, or you see double")
_WEAK_LEGS = _("legs that are getting weak, or new pain down both legs")
_COLD_LEG = _("a leg that is cold or blue, or a swollen calf and you are short of breath")
_SORE_SCALP = _("a new headache after age 50, with a sore scalp, a sore jaw when you chew, or a change in sight")
_CLUMSY = _("hands that are clumsy, or unsteady walking, with neck or back pain")
_CALF = _("a calf that is swollen and sore")
_DIABETIC_FOOT = _("diabetes and a foot that is sore, hot or numb")

_ANYWHERE = Check(
    now=(_FEVER_HEADACHE, _SUDDEN_NECK, _WEAK_LEGS, _COLD_LEG),
    soon=(_SORE_SCALP, _CLUMSY, _CALF, _DIABETIC_FOOT),
    today=4,
)
BY_AREA = {
    "head": Check(now=(_FEVER_HEADACHE, _SUDDEN_NECK, _LOST_SIGHT), soon=(_SORE_SCALP,), today=1),
    "neck": Check(now=(_FEVER_HEADACHE, _SUDDEN_NECK), soon=(_CLUMSY,), today=1),
    "upper-back": Check(now=(_WEAK_LEGS,), soon=(_CLUMSY,), today=1),
    "low-back": Check(now=(_WEAK_LEGS,), soon=()),
    "knee": Check(now=(_COLD_LEG,), soon=(_CALF,), today=1),
    "foot": Check(now=(_COLD_LEG,), soon=(_DIABETIC_FOOT, _CALF), today=2),
    "other": _ANYWHERE,  # not knowing where it hurts, we show what the lists of the areas have in common
    "unsaid": _ANYWHERE,
}


def for_area(area: str) -> Check | None:
    """Return the signs that belong to one area, or None when the general list says it all."""
    return BY_AREA.get(area)
