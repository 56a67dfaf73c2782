"""Between a page's front matter and the fields of the form: what stands in them, and what they change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from education.admin.fields import EVIDENCE, KEYS, as_list


def initial_of(front: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the fields for a front matter read as plain data."""
    initial = {key: _shown(front.get(key)) for key in KEYS}
    evidence = front.get("evidence")
    told = evidence if isinstance(evidence, dict) else {}
    initial |= {f"evidence_{part}": _shown(told.get(part)) for part in EVIDENCE}
    return initial | {
        "kind": initial["kind"] or "page",
        "related": as_list(front.get("related")),
        "uses": as_list(front.get("uses")),
    }


def changed_values(cleaned: Mapping[str, Any], front: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the keys whose value the form changes, None for those that it empties."""
    initial = initial_of(front)
    changed = {
        key: _in_order(cleaned[key], initial[key]) if key in ("related", "uses") else cleaned[key]
        for key in KEYS
        if key in cleaned and _differs(cleaned[key], initial[key])
    }
    evidence = {part: cleaned[name] for part in EVIDENCE if (name := f"evidence_{part}") in cleaned}
    if any(_differs(value, initial[f"evidence_{part}"]) for part, value in evidence.items()):
        changed["evidence"] = {part: value for part, value in evidence.items() if value}
    if cleaned.get("change_kind") and cleaned.get("change_reason"):
        told = {"kind": cleaned["change_kind"], "reason": cleaned["change_reason"]}
        told |= {"where": cleaned["change_where"]} if cleaned.get("change_where") else {}
        new = {"date": today, **told, "act": bool(cleaned.get("change_act"))}
        changed["changes"] = [*as_list(front.get("changes")), new]
        changed.setdefault("updated", today)  # or "Last changed" would say less than "What changed"
    return {key: None if value in ("", [], {}) else value for key, value in changed.items()}


def _differs(new: Any, old: Any) -> bool:
    if isinstance(new, list):
        return set(new) != set(old)
    return bool((new if new is not None else "") != (old if old is not None else ""))


def _in_order(chosen: list[str], held: list[str]) -> list[str]:
    """Keep the order that the page has; what is new comes last."""
    return [value for value in held if value in chosen] + [value for value in chosen if value not in held]


def _shown(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
