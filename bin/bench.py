"""Measures what things cost, as ratios against a bare counterpart in the same run; processor time decides.

A ratio says more than a time: it survives another machine and a busy one. Each pair runs in turns; the median counts.
"""

import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["CLINIC_VAR"] = tempfile.mkdtemp(prefix="clinic-bench-")
os.environ["SUBMITS_PER_HOUR"] = "1000000"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")

import bench_search
import django

django.setup()

from bench_press import bench_press
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking.models import ConsultationRequest, RateCount
from tests.booking import people

ROUNDS = 5
PAGE = "/conditions/knee-pain/"


def cost(work: Callable[[], object], times: int) -> float:
    """Return the processor milliseconds of one piece of work."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) * 1000 / times


def compare(name: str, ours: Callable[[], float], bare: Callable[[], float]) -> None:
    """Print a pair, measured in turns, with the median of the rounds' ratios."""
    rounds = [(ours(), bare()) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(values) for values in zip(*rounds, strict=True))
    ratio = statistics.median(one / other for one, other in rounds)
    print(f"{name:<58} {mine:>9.3f} ms {theirs:>9.3f} ms {ratio:>8.2f} x")


def bench_sending() -> None:
    """The last step of the request against one durable row."""

    def ready() -> Client:
        client = Client()
        people.fill(client)
        return client

    def ours() -> float:
        clients = iter([ready() for _ in range(20)])
        return cost(lambda: people.send(next(clients)), 20)

    def insert() -> None:
        with transaction.atomic():
            RateCount.objects.create(key=uuid.uuid4().hex, expires_at=timezone.now())

    compare("send a request / insert one row", ours, lambda: cost(insert, 20))


def bench_queue() -> None:
    """The first page of the queue with many requests against the same with few."""
    staff = Client()
    staff.force_login(get_user_model().objects.create_superuser("bench", "bench@example.org", uuid.uuid4().hex))
    queue = reverse("admin:booking_consultationrequest_changelist")
    grow_to(1_000)
    few = statistics.median(cost(lambda: staff.get(queue), 3) for _ in range(ROUNDS))
    grow_to(20_000)
    compare("queue, 20,000 requests / 1,000 requests", lambda: cost(lambda: staff.get(queue), 3), lambda: few)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        staff.get(queue)
    print(f"{'queries of the queue':<58} {len(queries):>9}")


def grow_to(count: int) -> None:
    """Fill the queue with copies of one invented request, one in twenty of them open."""
    model = ConsultationRequest
    first = model.objects.first() or people.ask(Client())
    plain = {f.attname: getattr(first, f.attname) for f in model._meta.concrete_fields}
    now = timezone.now()
    rows = []
    for number in range(model.objects.count(), count):
        due = now + timedelta(minutes=number)
        fresh = {"id": None, "reference": f"{number:08d}", "send_key": uuid.uuid4(), "link_seed": uuid.uuid4()}
        ended = {} if number % 20 == 0 else {"state": "closed", "outcome": "visit", "closed_at": now}
        rows.append(model(**{**plain, **fresh, **ended, "token_hash": uuid.uuid4().hex, "due_at": due}))
    model.objects.bulk_create(rows, batch_size=500)


def main() -> None:
    """Prepare a site of its own, measure, and print."""
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("content", "import", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    bench_press(PAGE)
    print(f"\n{'ours / bare':<58} {'ours':>12} {'bare':>12} {'ratio':>10}")
    bench_sending()
    bench_queue()
    bench_search.run()


if __name__ == "__main__":
    main()
