"""The differences between two lists of words or lines, found within a bounded number of steps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

MOST_EDITS = 500
STEPS = 1_000_000  # about a second; what is left then is told as old and new, not one by one

Hunk = tuple[Sequence[str], Sequence[str]]
"""What stood there, and what stands there now: equal where nothing changed."""


class Differ:
    """Compares token lists, and stops being exact when it took too many steps for somebody who waits."""

    def __init__(self, steps: int = STEPS) -> None:
        self.steps = steps

    def hunks(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
        """Yield equal and different stretches in turn."""
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        middle = (old[head : len(old) - tail], new[head : len(new) - tail])
        yield old[:head], new[:head]
        yield from self._edits(*middle) if middle[0] and middle[1] else (middle,)
        yield old[len(old) - tail :], new[len(new) - tail :]

    def _edits(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
        matches = self._matches(old, new)
        if matches is None:
            yield old, new
            return
        for (x, y), (next_x, next_y) in pairwise([(-1, -1), *matches, (len(old), len(new))]):
            if next_x - x > 1 or next_y - y > 1:
                yield old[x + 1 : next_x], new[y + 1 : next_y]
            yield old[next_x : next_x + 1], new[next_y : next_y + 1]

    def _matches(self, old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
        """Return the places of the longest common words (E. Myers, 1986), or None when that would take too long."""
        reach, trail = {1: 0}, []
        for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
            trail.append(dict(reach))
            for diagonal in range(-edits, edits + 1, 2):
                down = diagonal == -edits or (
                    diagonal != edits and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1)
                )
                x = start = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
                while x < len(old) and 0 <= x - diagonal < len(new) and old[x] == new[x - diagonal]:
                    x += 1
                reach[diagonal] = x
                self.steps -= 1 + x - start
                if x >= len(old) and x - diagonal >= len(new):
                    return _back(trail, len(old), len(new))
            if self.steps < 0:
                return None
        return None


def _back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    matches = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[edits], x - y
        down = diagonal == -edits or (diagonal != edits and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1))
        before = diagonal + 1 if down else diagonal - 1
        old_x = reach.get(before, 0)
        old_y = old_x - before
        while x > old_x and y > old_y and x > 0 and y > 0:
            x, y = x - 1, y - 1
            matches.append((x, y))
        x, y = old_x, old_y
    return matches[::-1]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many tokens both begin with."""
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def gathered(hunks: Iterator[Hunk]) -> list[Hunk]:
    """Return the stretches with neighbours of one sort joined; a lone space between two changes belongs to them."""
    told: list[tuple[bool, list[str], list[str]]] = []
    for old, new in hunks:
        same = old == new
        if not old and not new:
            continue
        if told and told[-1][0] == same:
            told[-1][1].extend(old)
            told[-1][2].extend(new)
            continue
        if len(told) > 1 and not same and told[-1][0] and not "".join(told[-1][1]).strip(" "):
            space = told.pop()
            told[-1][1].extend([*space[1], *old])
            told[-1][2].extend([*space[2], *new])
            continue
        told.append((same, list(old), list(new)))
    return [(old, new) for _same, old, new in told]
