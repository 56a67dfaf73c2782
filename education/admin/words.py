"""One page of the site in words, as one person sees it at one moment. Templates decide nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.admin.steps import Step, steps_for
from education.expiry import Currency, currency
from education.gates import look
from education.history import moment
from education.models import Page, Revision
from education.record import KINDS
from education.translations import UP_TO_DATE, Lag

State = Revision.State
LABELS = {
    State.DRAFT: gettext_lazy("Draft"),
    State.REVIEW: gettext_lazy("In review"),
    "signed": gettext_lazy("Signed off"),
    State.PUBLISHED: gettext_lazy("Published"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "due": gettext_lazy("Review due"),
}


@dataclass(frozen=True)
class Shown:
    """A page, read with `listing.standing`, as `viewer` sees it now."""

    page: Any
    viewer: Any
    now: datetime
    lag: Lag = UP_TO_DATE
    """What the page lacks, if it is a translation."""

    @property
    def title(self) -> str:
        """The title of the words saved last."""
        return self.page.newest_title or str(self.page)

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return str(self.page.get_absolute_url())

    @property
    def language(self) -> str:
        """The name of the page's language."""
        return str(dict(settings.LANGUAGES).get(self.page.language, self.page.language))

    @property
    def state(self) -> str:
        """Say where the page stands."""
        if self.page.planned_at:
            return _("To be published on %(when)s") % {"when": moment(self.page.planned_at)}
        return str(LABELS[self.page.stands])

    @property
    def behind(self) -> str:
        """Say that the translation is behind its source, and what it lacks, the gravest first."""
        kinds = ", ".join(str(KINDS.get(kind, _("words"))).lower() for kind in self.lag.kinds)
        return _("Translation is behind: %(kinds)s") % {"kinds": kinds}

    @property
    def more(self) -> list[str]:
        """Say what patients see when that is not the words saved last, and what else is to know."""
        page, told = self.page, [self.behind] if self.lag.is_behind else []
        if page.planned_at and page.newest_state != State.SCHEDULED:
            told.append(_("There is a newer draft, which is not part of it"))
        if page.withdrawn_at:
            told.append(_("Withdrawn on %(when)s") % {"when": moment(page.withdrawn_at)})
        elif page.published_id is None:
            told.append(_("Patients see nothing yet"))
        elif not page.says_the_same:
            told.append(_("Patients see an earlier text"))
        return told

    @property
    def check_on(self) -> date | None:
        """The day of the next check of what patients see."""
        return date.fromisoformat(self.page.next_check) if self.page.next_check and self.page.published_id else None

    @property
    def next_check(self) -> str:
        """Say when the page is to be checked again."""
        day = self.check_on
        if day is None:
            return _("No day set") if self.page.published_id else "–"
        told = date_format(day, "j F Y")
        return _("%(day)s, overdue") % {"day": told} if self.is_overdue else told

    @property
    def is_overdue(self) -> bool:
        """Say whether the day of the next check is over."""
        return bool(currency(self.check_on, timezone.localdate(self.now)).past)

    @property
    def is_due(self) -> bool:
        """Say whether the next check is near or over."""
        return currency(self.check_on, timezone.localdate(self.now)) != Currency.CHECKED

    @cached_property
    def newest(self) -> Revision | None:
        """The words saved last."""
        newest: Revision | None = self.page.newest()
        return newest

    @cached_property
    def planned(self) -> Revision | None:
        """The words that are to be published later."""
        planned: Revision | None = self.page.revisions.filter(state=State.SCHEDULED).first()
        return planned

    @cached_property
    def steps(self) -> list[Step]:
        """What the viewer may do now, the next step first."""
        return steps_for(self.page, self.newest, self.viewer, planned=bool(self.page.planned_at)) if self.newest else []

    @cached_property
    def _offered(self) -> list[Step]:
        """The steps without publishing words that the checks would refuse: a button leads to what it says."""
        others = [step for step in self.steps if step.place != "publish"]
        if self.newest is None or len(others) == len(self.steps):
            return self.steps
        refused = look(self.page, self.newest, today=timezone.localdate(self.now)).errors
        return others if refused else self.steps

    @property
    def step(self) -> Step | None:
        """The one next step, if it is the viewer's."""
        return self._offered[0] if self._offered and self._offered[0].leads else None

    @property
    def others(self) -> list[Step]:
        """What else the viewer may do."""
        return self._offered[1:] if self.step else self._offered

    @property
    def waits_for(self) -> str:
        """Say who does the next step when it is not the viewer."""
        if self.step or self.newest is None or self.page.published_id == self.newest.pk:
            return ""
        if self.newest.state == State.REVIEW:
            return _("Waiting for a clinician to read and sign it, or for somebody who may publish.")
        if self.newest.state == State.SCHEDULED:
            return _("It will be published by itself.")
        return _("Waiting for its author to send it for review.")


def plain(page: Page) -> str:
    """Return how colleagues call a page."""
    newest = page.newest()
    return str((newest.front.get("title") if newest else "") or page)
