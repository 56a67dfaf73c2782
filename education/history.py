"""A page's history in words: who did what to it, and when."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.models import PageEvent


def person_name(person: Any) -> str:
    """Return the name by which colleagues know each other; nobody stands for a file."""
    return (person.get_full_name() or person.get_username()) if person else _("A file")


def moment(at: datetime) -> str:
    """Return day and clock time in the clinic's zone."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def sentence(event: PageEvent) -> str:
    """Tell one event as one sentence: "Sent for review by Arlo on 3 November 2026, 10:02."."""
    words = {"what": event.get_kind_display(), "who": person_name(event.by), "when": moment(event.at)}
    told = _("%(what)s by %(who)s on %(when)s.") if event.by_id else _("%(what)s on %(when)s.")
    line = told % words
    return line[:1].upper() + line[1:]
