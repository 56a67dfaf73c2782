"""The door for booking: what people may want to talk about."""

from education.areas import AREAS, BY_KEY, Area


def areas() -> tuple[Area, ...]:
    """Return the places on the body in the order in which people read them, from head to foot."""
    return AREAS


def area_label(key: str) -> str:
    """Return the plain name of a place, or nothing for a key that is not one."""
    return str(BY_KEY[key].label) if key in BY_KEY else ""
