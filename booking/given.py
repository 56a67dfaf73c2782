"""What follows from the answers given so far: said once for the questions, their forms and their pages."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

Given = Mapping[str, Any]


def is_for_oneself(given: Given) -> bool:
    """Say whether the consultation is for the person who asks."""
    return given.get("who_for") == "me"


def contact_whom(given: Given) -> str:
    """Return which of two we contact, "helper" or "person"; nothing for somebody who asks for themself."""
    if is_for_oneself(given) or "who_for" not in given:
        return ""
    return "helper" if given["who_for"] == "child" else str(given.get("contact_whom", ""))


def whose_details(given: Given) -> str:
    """Return whose telephone or e-mail is asked for: one's own details do not reach the person one helps."""
    return "theirs" if contact_whom(given) == "person" else "own"


def is_turned_away(given: Given) -> bool:
    """Say whether the request is for a child and the clinic takes those by telephone only."""
    return given.get("who_for") == "child" and settings.MINORS == "phone"


def whose_name(given: Given) -> str:
    """Return whose name question "name" asks for: the answer for oneself does not answer it for somebody else."""
    return "own" if is_for_oneself(given) else "theirs"


def area_of(given: Given) -> str:
    """Return the area that the safety lists go by: unsaid when the clinic does not ask."""
    return str(given.get("area", "")) if settings.ASK_TOPIC else "unsaid"


def channel_of(given: Given) -> str:
    """Return how to contact the person: the only way when the clinic staffs but one."""
    channels = settings.CLINIC.channels
    return str(given.get("channel", "")) if len(channels) > 1 else channels[0]
