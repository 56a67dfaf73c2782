"""One request in words: as one person sees it at one moment. Templates decide nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booking import answers, clock
from booking.admin.waiting import Deadline, Moment
from booking.answers import DAYS
from booking.fields import unreadable_fields
from booking.history import by_email, person_name
from booking.models import ConsultationRequest
from booking.rights import HAND_OVER, LOG_CALL, Move, moves_for, next_step

Words = str | Promise
State = ConsultationRequest.State

JUST_NOW = timedelta(minutes=2)
VOICEMAIL: dict[str, Words] = {
    "name": gettext_lazy("You may leave a message with the clinic’s name."),
    "plain": gettext_lazy("You may leave a message, but do not say who is calling."),
    "no": gettext_lazy("Do not leave a message."),
}


class Shown(Deadline):
    """A request as `viewer` sees it."""

    def __init__(self, row: ConsultationRequest, *, viewer: Any, moment: Moment, tries: int = 0,
                 last_try: datetime | None = None) -> None:  # fmt: skip
        self.row, self.viewer, self.moment = row, viewer, moment
        self.tries, self.last_try = tries, last_try

    @property
    def area(self) -> Words:
        """Say what it is about."""
        return answers.label("area", self.row.area)

    @property
    def channel(self) -> Words:
        """Say how they want to be reached."""
        return answers.label("channel", self.row.channel)

    @property
    def voicemail(self) -> Words:
        """Say whether a message may be left, as an order to whoever calls."""
        return VOICEMAIL.get(self.row.voicemail, "")

    @property
    def tried(self) -> str:
        """Say how often somebody tried, and when last."""
        if not self.tries or self.last_try is None:
            return ""
        count = ngettext("%(n)d try", "%(n)d tries", self.tries) % {"n": self.tries}
        return _("%(count)s, last %(when)s") % {"count": count, "when": clock.short(self.last_try, self.moment.now)}

    @property
    def times(self) -> str:
        """Say when they could come, in short."""
        if "any" in self.row.days:
            return str(answers.label("days", "any"))
        days = ", ".join(str(WEEKDAYS_ABBR[place]) for place, day in enumerate(DAYS) if day in self.row.days)
        parts = ", ".join(str(label).lower() for label in answers.labels("dayparts", self.row.dayparts))
        return " · ".join(part for part in (days, parts) if part)

    @property
    def asked_in(self) -> str:
        """Name the language in which they asked, if it is not ours."""
        language = self.row.language
        return "" if language == settings.LANGUAGE_CODE else str(dict(settings.LANGUAGES).get(language, language))

    @property
    def call_times(self) -> str:
        """Say when a call suits them."""
        return ", ".join(map(str, answers.labels("call_times", self.row.call_times)))

    @property
    def is_mine(self) -> bool:
        """Say whether the viewer has it."""
        return self.row.claimed_by_id is not None and self.row.claimed_by_id == self.viewer.pk

    @property
    def with_whom(self) -> str:
        """Say who has it."""
        return person_name(self.row.claimed_by) if self.row.claimed_by else _("Nobody")

    @property
    def just_taken(self) -> bool:
        """Say whether a colleague took it a moment ago."""
        at = self.row.claimed_at
        return at is not None and not self.is_mine and self.moment.now - at < JUST_NOW

    @cached_property
    def step(self) -> Move | None:
        """Return the next step, if it is the viewer's."""
        step = next_step(self.row, self.viewer)
        return step and self.named(step)

    @cached_property
    def moves(self) -> list[Move]:
        """Return what the viewer may do now."""
        return [self.named(move) for move in moves_for(self.row, self.viewer)]

    def named(self, move: Move) -> Move:
        """Return a move under the name that fits how this person is reached."""
        if move == LOG_CALL and by_email(self.row):
            return replace(move, label=_("Log an e-mail"), button=_("Log the e-mail"))
        return move

    @property
    def ask_for(self) -> str:
        """Say whom to ask for when somebody else filled in the form, or nothing."""
        names = {"helper": self.row.helper_name, "name": self.row.name}
        if not self.row.helper_name:
            return ""
        if self.row.contact_whom == "person":
            return _("Ask for %(name)s. %(helper)s asked for them.") % names
        return _("Ask for %(helper)s, who asked for %(name)s.") % names

    @property
    def urgent(self) -> Words:
        """Say what they answered about urgent signs, or nothing."""
        return answers.label("urgent_signs", self.row.urgent_signs)

    @cached_property
    def unreadable(self) -> list[str]:
        """Name what cannot be read any more, of the columns that are shown."""
        names = {field: str(name) for _step, field, name in answers.NAMES}
        return sorted(names.get(field, field) for field in unreadable_fields(self.row))

    @property
    def write_to(self) -> str:
        """Return the address to write to, if it can be read."""
        return self.row.email if "@" in self.row.email else ""

    @property
    def is_out_of_reach(self) -> bool:
        """Say whether a colleague has it, and the viewer cannot move it on."""
        is_open = self.row.state != State.CLOSED and self.row.claimed_by_id is not None
        return is_open and not self.is_mine and HAND_OVER not in self.moves

    @property
    def needs(self) -> list[Words]:
        """Say what they need for a visit; the interpreter's language stands by its need."""
        return answers.labels("needs", [need for need in self.row.needs or [] if need != "none"])

    @property
    def who_for(self) -> Words:
        """Say whom it is for."""
        return answers.label("who_for", self.row.who_for)
