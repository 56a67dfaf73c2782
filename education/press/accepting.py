"""What a browser says it can read, and what it says it has: two request headers of RFC 9110."""

import re
from functools import lru_cache

from django.utils.http import parse_etags

ENCODINGS = ("br", "gzip", "identity")
"""In the order in which we choose among those that a browser likes equally."""
WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
UNNAMED = 0.0001
"""The weight of a page as it is where a browser does not speak of it: allowed, and wanted least."""


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """Return the encoding to answer in, from Accept-Encoding. Who can read none of ours gets the page as it is."""
    weights = _weights(accepted)
    rest = weights.get("*")
    identity = UNNAMED if rest is None else rest
    wanted = {name: weights.get(name, rest or 0.0) for name in ENCODINGS}
    wanted["identity"] = weights.get("identity", identity)
    best = max(ENCODINGS, key=lambda name: wanted[name])
    return best if wanted[best] else "identity"


def _weights(accepted: str) -> dict[str, float]:
    """Read `gzip;q=0.5, br` as numbers by name. A weight that is no weight counts as a refusal."""
    weights = {}
    for each in accepted.lower().split(","):
        name, mark, parameter = (part.strip() for part in each.partition(";"))
        weight = WEIGHT.fullmatch(parameter)
        weights["gzip" if name == "x-gzip" else name] = float(weight[1]) if weight else float(not mark)
    return weights


def has_already(known: str, etag: str) -> bool:
    """Say whether If-None-Match names this entity tag: alone, in a list, weakened on its way, or as `*`."""
    return known == etag or any(tag.removeprefix("W/") in {etag, "*"} for tag in parse_etags(known))
