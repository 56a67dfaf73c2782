"""Every event that can be, made from the enums, and every page on which staff and the patient may meet it."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.models import ConsultationRequest, Event
from booking.models.message import OF_A_REQUEST
from booking.rights import TAKE

COLUMNS: dict[str, dict[str, Any]] = {
    "call_outcome": {"kinds": ("called",), "values": Event.CallOutcome.values},
    "closing_outcome": {"kinds": ("closed", "withdrawn"), "values": ConsultationRequest.Outcome.values},
    "message_kind": {"kinds": ("message_sent", "message_failed"), "values": OF_A_REQUEST},
}


def every_event() -> list[dict[str, Any]]:
    """Return what each event holds: every kind, with every value of its column."""
    found = []
    for kind in Event.Kind.values:
        told = [{column: value} for column, its in COLUMNS.items() if kind in its["kinds"] for value in its["values"]]
        found += [{"kind": kind} | more for more in told or [{}]]
    return found


def add(request: ConsultationRequest, event: dict[str, Any], **more: Any) -> Event:
    """Add an event as the database allows it."""
    needed: dict[str, Any] = {
        "handed_over": {"to_name": "Ben"},
        "due_moved": {"due_at": timezone.now()},
        "corrected": {"corrects_id": request.events.order_by("pk").first().pk},  # type: ignore[union-attr]
    }.get(event["kind"], {})
    return Event.objects.create(request=request, at=timezone.now(), by_name="Ana", **event, **needed, **more)


def pages_of(request: ConsultationRequest) -> list[str]:
    """Return the address of every page of the admin that is about one request, and the patient's own."""
    from django.contrib import admin

    model_admin: Any = admin.site._registry[ConsultationRequest]  # type: ignore[index]
    names = [str(each.name) for each in model_admin.get_urls() if each.name and "pk" in str(each.pattern)]
    event = request.events.order_by("pk").last()
    found = [request.get_private_url(), reverse("admin:booking_consultationrequest_change", args=[request.pk])]
    for name in names:
        args = [request.pk, event.pk] if name.endswith("_correct") and event else [request.pk]
        found.append(reverse(f"admin:{name}", args=args))
    return [page for page in found if not page.endswith(f"/{TAKE.name}/")]


def open_all(browser: Client, request: ConsultationRequest) -> dict[str, str]:
    """Open every list and every page of a request, and return their text by address."""
    queue = reverse("admin:booking_consultationrequest_changelist")
    lists = [queue + query for query in ("", "?view=mine", "?view=unclaimed", "?view=closed", "?view=everything")]
    texts = {}
    for page in (*lists, *pages_of(request)):
        answer = browser.get(page)
        assert answer.status_code in (200, 409), (page, answer.status_code)  # 409: this move is not open now
        texts[page] = answer.content.decode()
    find = reverse("admin:booking_consultationrequest_find")
    answer = browser.post(find, {"q": str(request)}, follow=True)
    assert answer.status_code == 200
    texts["find"] = answer.content.decode()
    return texts
