"""The signs that need help sooner than we can give it (clinical.md 3.5). Shown, never asked: no answer is stored."""

from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Signs = tuple[Promise, ...]


@dataclass(frozen=True)
class Part:
    """A few signs that belong together, under a heading of their own where the list is long."""

    signs: Signs
    heading: Promise | str = ""


@dataclass(frozen=True)
class Check:
    """Two lists: call now, and see a doctor first. Each comes in parts of at most seven signs."""

    now: tuple[Part, ...]
    soon: tuple[Part, ...] = ()

    @property
    def signs(self) -> Signs:
        """Every sign of both lists."""
        return tuple(chain.from_iterable(part.signs for part in (*self.now, *self.soon)))


TODAY = _("Be seen today:")
FIRST = _("See your doctor in the next days, before a visit with us:")

GENERAL = Check(
    now=(
        Part(
            heading=_("Chest, head and nerves"),
            signs=(
                _("chest pain or tightness, trouble breathing, or pain on breathing in after injections"),
                _("a face that drops, a weak arm or leg, or unclear speech"),
                _("a very bad headache that began all at once"),
                _("a sudden tearing pain in your back, belly, chest or neck"),
            ),
        ),
        Part(
            heading=_("Between your legs, bladder and bowel"),
            signs=(
                _("numbness or pins and needles between your legs, or round your bottom or genitals"),
                _("it feels different when you wipe, pee, poo or have sex, or an erection is newly a problem"),
                _("new trouble passing pee, leaking pee or poo, or not feeling that your bladder is full"),
            ),
        ),
        Part(
            heading=_("Injury, bleeding, infection or allergy"),
            signs=(
                _("very bad pain after a crash, a fall or a blow"),
                _(
                    "after a blow to the head: sleepy or confused, vomiting again and again, a fit, "
                    "or trouble seeing or speaking"
                ),
                _("bleeding that does not stop after 10 minutes of firm pressure"),
                _("a swelling in your neck that grows, or makes it hard to swallow or breathe"),
                _("a fever and you feel very ill, are confused or breathe fast"),
                _("a face, tongue or throat that swells, or hives all over and you feel faint or sick"),
            ),
        ),
        Part(
            heading=_("Pregnant, or perhaps pregnant"),
            signs=(
                _("pain at the tip of your shoulder, bad belly pain, bleeding or feeling faint"),
                _("changed sight or fits while pregnant, or in the 6 weeks after birth"),
            ),
        ),
    ),
    soon=(
        Part(
            heading=TODAY,
            signs=(
                _(
                    "a blow to the head, and you passed out, vomited, still have a headache or take a blood thinner: "
                    "go to an emergency department"
                ),
                _("pain that began with a crash, a fall or a blow, or with a small knock if your bones are thin"),
                _("fever or chills with bad back or neck pain"),
                _("a hot, red, very swollen joint, a fever with joint pain, or a replaced joint that is newly sore"),
                _("a new bad headache or swelling while pregnant, or in the 6 weeks after birth"),
            ),
        ),
        Part(
            heading=FIRST,
            signs=(
                _("had cancer, or lost weight without trying"),
                _("pain that never stops, is worse at night, and does not ease with rest"),
                _("any infection now, or a weak immune system"),
            ),
        ),
    ),
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


def _check(*now: Promise, today: Signs = ()) -> Check:
    return Check((Part(now),), (Part(today, TODAY),) if today else ())


_ANYWHERE = _check(
    _FEVER_HEADACHE,
    _SUDDEN_NECK,
    _WEAK_LEGS,
    _COLD_LEG,
    today=(_SORE_SCALP, _CLUMSY, _CALF, _DIABETIC_FOOT),
)
BY_AREA = {
    "head": _check(_FEVER_HEADACHE, _SUDDEN_NECK, _LOST_SIGHT, today=(_SORE_SCALP,)),
    "neck": _check(_FEVER_HEADACHE, _SUDDEN_NECK, today=(_CLUMSY,)),
    "upper-back": _check(_WEAK_LEGS, today=(_CLUMSY,)),
    "low-back": _check(_WEAK_LEGS),
    "knee": _check(_COLD_LEG, today=(_CALF,)),
    "foot": _check(_COLD_LEG, today=(_DIABETIC_FOOT, _CALF)),
    "other": _ANYWHERE,  # not knowing where it hurts, we show what the lists of the areas have in common
    "unsaid": _ANYWHERE,
}


def for_area(area: str) -> Check | None:
    """Return the signs that belong to one area, or None when the general list says it all."""
    return BY_AREA.get(area)
