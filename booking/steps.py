"""The journey as one table: which questions there are, in which order, when each applies, and what is still missing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from booking import answers, safety
from booking.forms import about, contact, person, visit
from booking.forms.base import StepForm
from booking.given import (
    Given,
    area_of,
    channel_of,
    contact_whom,
    is_for_oneself,
    is_turned_away,
    whose_details,
    whose_name,
)


def details_given(*keys: str) -> Callable[[Given], bool]:
    """Return the test whether these are answered, for the person whom we contact."""
    return lambda given: all(key in given for key in keys) and given.get(f"{keys[0]}_of", "own") == whose_details(given)


def always(given: Given) -> bool:
    """The question is put to everybody."""
    return True


@dataclass(frozen=True)
class Step:
    """One page of the journey. Steps of one `slot` share a number: they are parts or variants of one question."""

    key: str
    slot: str
    form: type[StepForm]
    keeps: tuple[str, ...]
    applies: Callable[[Given], bool] = always
    answered: Callable[[Given], bool] | None = None

    def is_answered(self, given: Given) -> bool:
        """Say whether nothing is missing here."""
        return self.answered(given) if self.answered else all(key in given for key in self.keeps)


STEPS: tuple[Step, ...] = (
    Step("safety", "safety", about.SafetyForm, ("safety",)),
    Step("who", "who", person.WhoForm, ("who_for",), answered=lambda g: "who_for" in g and not is_turned_away(g)),
    Step("about", "about", about.AboutForm, ("area",), applies=lambda g: settings.ASK_TOPIC),
    Step(
        "about_check",
        "about",
        about.AreaCheckForm,
        ("area_check",),
        applies=lambda g: safety.for_area(area_of(g)) is not None,
        answered=lambda g: g.get("area_check") == area_of(g),
    ),
    Step(
        "name",
        "name",
        person.NameForm,
        ("name", "name_of"),
        answered=lambda g: "name" in g and g.get("name_of") == whose_name(g),
    ),
    Step(
        "helper",
        "name",
        person.HelperForm,
        ("helper_name", "contact_whom"),
        applies=lambda g: "who_for" in g and not is_for_oneself(g),
        answered=lambda g: "helper_name" in g and bool(contact_whom(g)),
    ),
    Step("contact", "contact", contact.ChannelForm, ("channel",), applies=lambda g: len(settings.CLINIC.channels) > 1),
    Step(
        "phone",
        "details",
        contact.PhoneForm,
        ("phone", "voicemail", "call_times"),
        applies=lambda g: channel_of(g) == "phone",
        answered=details_given("phone", "voicemail", "call_times"),
    ),
    Step(
        "email",
        "details",
        contact.EmailForm,
        ("email",),
        applies=lambda g: channel_of(g) == "email",
        answered=details_given("email"),
    ),
    Step("times", "times", visit.TimesForm, ("days", "dayparts")),
    Step("needs", "needs", visit.NeedsForm, ("needs",)),
    Step(
        "language",
        "needs",
        visit.LanguageForm,
        ("interpreter_language",),
        applies=lambda g: "interpreter" in g.get("needs", ()),
    ),
    Step("message", "message", visit.MessageForm, ("message",), applies=lambda g: settings.ASK_MESSAGE),
)
BY_KEY = {step.key: step for step in STEPS}


class Journey:
    """Where one person stands, worked out from what they have answered so far."""

    def __init__(self, given: Given) -> None:
        self.given = given

    @cached_property
    def steps(self) -> list[Step]:
        """The questions that apply, in order."""
        return [step for step in STEPS if step.applies(self.given)]

    def first_missing(self) -> Step | None:
        """Return the first question that is still to be answered."""
        return next((step for step in self.steps if not step.is_answered(self.given)), None)

    def is_open(self, step: Step) -> bool:
        """Say whether this page may be shown: it applies, and everything before it is answered."""
        missing = self.first_missing()
        return step in self.steps and (missing is None or STEPS.index(step) <= STEPS.index(missing))

    def after(self, step: Step) -> Step | None:
        """Return the next question, or None when only checking and sending are left."""
        place = STEPS.index(step)
        return next((other for other in self.steps if STEPS.index(other) > place), None)

    def before(self, step: Step | None) -> Step | None:
        """Return the question before this one; before the check page stands the last question."""
        place = STEPS.index(step) if step else len(STEPS)
        return next((other for other in reversed(self.steps) if STEPS.index(other) < place), None)

    def caption(self, step: Step) -> str:
        """Return "Question 3 of 9"."""
        slots = self._slots()
        return _("Question %(number)d of %(total)d") % {"number": slots.index(step.slot) + 1, "total": len(slots)}

    def _slots(self) -> list[str]:
        """Return the numbered questions. How to reach a person is one question, whichever way they choose."""
        applying = {step.slot for step in self.steps} | {"details"}
        return list(dict.fromkeys(step.slot for step in STEPS if step.slot in applying))

    def relevant(self) -> dict[str, Any]:
        """Return the answers that count: those of the questions that apply, and what follows from them."""
        keys = {key for step in self.steps for key in step.keeps}
        kept = {key: value for key, value in self.given.items() if key in keys and key in answers.STORED}
        said = {"channel": channel_of(self.given), "urgent_signs": self._urgent_signs()}
        return {**kept, **said, "contact_whom": contact_whom(self.given)}

    def _urgent_signs(self) -> str:
        """Return what the person said on the advice page: of the general list, or of their area's while it applies."""
        of_area = self.given.get("area_signs", "") if safety.for_area(area_of(self.given)) else ""
        return str(self.given.get("urgent_signs", "") or of_area)
