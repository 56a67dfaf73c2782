"""By when the next step on a request is due to staff, always in opening hours, by the calendar as it is now.

The promise to the patient (`reply_by`) is another thing: it never moves, because they were told. Staff are due to keep
it: the first step is due when it runs out or, where that moment is closed meanwhile, at the end of the last opening
hours before it. Where even that is past already, the request is late from now on, which is the truth: the promise will
be broken unless somebody acts at once, and once it is, the patient's own page says so. Only where the clinic is closed
from the receipt to the promise is it due later than promised: as the first thing when the clinic opens again.
"""

from datetime import datetime, timedelta

from booking.hours import Open, add_open_time, last_open_moment, next_open_moment
from booking.models import ConsultationRequest, Event

URGENT_WITHIN = timedelta(hours=2)
"""Opening hours within which somebody with urgent signs is called, and called again: the clinic's rule (issue 8, B1).

Patients are not told of it: who has such signs must seek help at once and not wait for us (clinical.md 3.5).
"""
NEXT_TRY = timedelta(hours=4)  # opening hours, after a try without contact
AFTER_CONTACT = timedelta(hours=8)  # opening hours, to settle what was talked about


def first(request: ConsultationRequest, clinic: Open | None = None) -> datetime:
    """Return when the first answer is due: as promised, and sooner for urgent signs."""
    kept = last_open_moment(request.received_at, request.reply_by, clinic)
    promised = kept or next_open_moment(request.reply_by, clinic)
    if not request.has_urgent_signs:
        return promised
    return min(promised, add_open_time(request.received_at, URGENT_WITHIN, clinic))


def again(request: ConsultationRequest, at: datetime, clinic: Open | None = None) -> datetime:
    """Return when the next try is due after one at `at`, or after the request was opened again then."""
    return add_open_time(at, URGENT_WITHIN if request.has_urgent_signs else NEXT_TRY, clinic)


def after_call(request: ConsultationRequest, call: Event, clinic: Open | None = None) -> datetime:
    """Return when the next step is due after a call."""
    if call.call_outcome == Event.CallOutcome.REACHED:
        return add_open_time(call.at, AFTER_CONTACT, clinic)
    return again(request, call.at, clinic)
