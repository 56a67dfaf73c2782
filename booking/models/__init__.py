"""What the database keeps of a request for a consultation."""

from booking.models.draft import Draft
from booking.models.event import Event
from booking.models.key_check import KeyCheck
from booking.models.message import OutboxMessage
from booking.models.rate import RateCount
from booking.models.request import ConsultationRequest, SearchKey
from booking.models.upkeep import DeletingClock, Heartbeat

__all__ = [
    "ConsultationRequest",
    "DeletingClock",
    "Draft",
    "Event",
    "Heartbeat",
    "KeyCheck",
    "OutboxMessage",
    "RateCount",
    "SearchKey",
]
