"""The plot of the studies: where each mark stands. How near the method is gives its shape, the design its fill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from education.studies import Group, Study, grouped

WIDTH, LEFT, RIGHT = 440, 84, 416
"""In units of the drawing; where zero and the last tick of the axis stand."""
UNKNOWN = 30
"""Where marks of unknown size stand."""
ROOM, ROW, TITLE, GAP = 42, 45, 38, 12
"""How far marks stay apart, the height of a row of marks, of a title, and between lanes."""
MOST_STEPS = 4
"""Into how many steps the axis is parted at most."""


@dataclass(frozen=True)
class Mark:
    """One study in the plot: the middle of its mark."""

    study: Study
    x: int
    y: int


@dataclass
class Lane:
    """The marks of studies that are equally near to PIT, below their title."""

    group: Group
    top: int
    marks: list[Mark] = field(default_factory=list)
    bottom: int = 0

    @property
    def title(self) -> int:
        """Where the title's letters stand."""
        return self.top + 24

    @property
    def grid(self) -> int:
        """Where the lines of the axis begin, below the title."""
        return self.top + TITLE - 4

    @property
    def with_dummy(self) -> int:
        """How many of its studies gave somebody a dummy treatment."""
        return sum(mark.study.design == "dummy" for mark in self.marks)


@dataclass(frozen=True)
class Plot:
    """All that the drawing needs."""

    lanes: Sequence[Lane]
    ticks: Sequence[tuple[int, int]]
    """Numbers of the axis, each with its place."""

    @property
    def bottom(self) -> int:
        """Where the lanes end and the numbers of the axis begin."""
        return self.lanes[-1].bottom

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.bottom + 64


def plot(studies: Iterable[Study]) -> Plot:
    """Place every single study; a review of others would count the same people twice."""
    single = [study for study in studies if study.design != "review"]
    step = _step(max((study.count for study in single), default=0))
    last = step * max([1, *(-(-study.count // step) for study in single)])
    lanes: list[Lane] = []
    top = 0
    for group in grouped(single):
        lanes.append(_lane(group, top, last))
        top = lanes[-1].bottom
    return Plot(lanes, [(number, _across(number, last)) for number in range(0, last + 1, step)])


def _step(largest: int) -> int:
    """Return the step of the axis: 1, 2 or 5 with as many noughts as it takes."""
    return next(
        step
        for noughts in count()
        for step in (10**noughts, 2 * 10**noughts, 5 * 10**noughts)
        if step * MOST_STEPS >= largest
    )


def _across(number: int, last: int) -> int:
    return round(LEFT + (RIGHT - LEFT) * number / last)


def _lane(group: Group, top: int, last: int) -> Lane:
    """Place marks from the left; one that would touch another goes a row lower."""
    lane = Lane(group, top)
    ends: list[int] = []
    for study in sorted(group.studies, key=lambda study: (bool(study.count), study.count)):
        x = _across(study.count, last) if study.count else UNKNOWN
        row = next((row for row, end in enumerate(ends) if x - end >= ROOM), len(ends))
        ends[row : row + 1] = [x]
        lane.marks.append(Mark(study, x, top + TITLE + row * ROW + ROW // 2))
    lane.bottom = top + TITLE + max(len(ends), 1) * ROW + GAP
    return lane
