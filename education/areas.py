"""The places on the body that people choose from, head to foot. The one door through which booking looks in here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Area:
    """One place on the body plate: its key, its plain name and the page that explains it."""

    key: str
    label: str | Promise
    page: str


AREAS = (
    Area("head", _("Head"), "conditions/headaches"),
    Area("neck", _("Neck"), "conditions/neck-pain"),
    Area("shoulder", _("Shoulder"), "conditions/shoulder-pain"),
    Area("upper-back", _("Upper back"), "conditions/thoracic-pain"),
    Area("low-back", _("Lower back"), "conditions/low-back-pain"),
    Area("hand", _("Hand"), "conditions/hand-osteoarthritis"),
    Area("knee", _("Knee"), "conditions/knee-pain"),
    Area("foot", _("Foot"), "conditions/mortons-neuroma"),
)
BY_KEY = {area.key: area for area in AREAS}
