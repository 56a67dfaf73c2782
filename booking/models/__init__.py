"""What the database keeps of a request for a consultation."""

from booking.models.draft import Draft
from booking.models.event import Event
from booking.models.message import OutboxMessage
from booking.models.rate import RateCount
from booking.models.request import ConsultationRequest, SearchKey

__all__ = ["ConsultationRequest", "Draft", "Event", "OutboxMessage", "RateCount", "SearchKey"]
