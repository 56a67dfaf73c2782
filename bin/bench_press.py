"""Finished pages against an empty Django view and WhiteNoise's static file: three real gunicorns, driven in turns.

What counts is the processor time that the workers used for a request, read from /proc. Requests a second say less: this
client is Python, too, and takes its share of the machine.
"""

import os
import statistics
from pathlib import Path

from bench_load import Question, Server

REQUESTS = 3_200
ROUNDS = 7
PLAIN, GZIP = "Accept-Encoding: identity\r\n", "Accept-Encoding: gzip\r\n"
Row = tuple[Question, Question, Question]
"""The same question to the press, to the empty view and to WhiteNoise."""


def bench_press(page: str) -> None:
    """Measure one page of the site whose database and files CLINIC_VAR holds."""
    root = Path(os.environ["CLINIC_VAR"]) / "bare"
    root.mkdir()
    bare = {"BARE_ROOT": str(root)}
    with Server("clinic_site.wsgi") as ours:
        plain, packed = Question(ours, page, PLAIN), Question(ours, page, GZIP)
        for name, question in (("page.html", plain), ("page.html.gz", packed)):
            (root / name).write_bytes(question.ask().partition(b"\r\n\r\n")[2])
        with Server("bench_bare", "bin", bare) as empty, Server("bench_bare:static", "bin", bare) as static:
            view, file = Question(empty, "/bare/page.html", PLAIN), Question(static, "/static/page.html", PLAIN)
            small, small_file = Question(empty, "/bare/page.html.gz", GZIP), Question(static, "/static/page.html", GZIP)
            nothing = Question(empty, "/unchanged", PLAIN)
            rows = {
                "page, plain / view of its size": (plain, view, file),
                "page, gzip / view of its size": (packed, small, small_file),
                "page, 304 / view of the page's size": (plain.known(), view, file.known()),
                "page, 304 / view that says 304": (plain.known(), nothing, file.known()),
            }
            _print(rows)


def _print(rows: dict[str, Row]) -> None:
    for questions in rows.values():
        for question in questions:
            question.cost(REQUESTS // 4)
    taken = {name: [_in_turns(questions, number) for number in range(ROUNDS)] for name, questions in rows.items()}
    print(f"{'processor ms a request':<36}{'page':>7}{'view':>7}{'file':>7} page/view file/view page/file  requests/s")
    for name, rounds in taken.items():
        cost, pace = ([statistics.median(each[of][what] for each in rounds) for of in range(3)] for what in (0, 1))
        ratios = [statistics.median(each[a][0] / each[b][0] for each in rounds) for a, b in ((0, 1), (2, 1), (0, 2))]
        costs = "".join(f"{each:>7.3f}" for each in cost)
        print(f"{name:<36}{costs}" + "".join(f"{each:>8.2f} x" for each in ratios), *(f"{each:>6.0f}" for each in pace))


def _in_turns(questions: Row, number: int) -> list[tuple[float, float]]:
    """Measure the three once, every other round backwards, so that none is always the first."""
    order = (0, 1, 2) if number % 2 else (2, 1, 0)
    costs = {place: questions[place].cost(REQUESTS) for place in order}
    return [costs[place] for place in range(3)]
