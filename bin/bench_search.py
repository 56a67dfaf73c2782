"""Measures a whole search answer over 10,000 made-up pages against the bare query, and against PostgreSQL's own search.

Processor time on both sides, PostgreSQL's server process included; each kind of question in turns, the median of the
rounds counts. Ours ranks, groups, guesses at spellings and cuts marked extracts for up to 20 hits; the others rank and
cut extracts for 10. `bin/with-postgres .venv/bin/python bin/bench_search.py` runs it alone.
"""

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES, WORDS, VOCABULARY, ROUNDS = 10_000, 800, 30_000, 5
SHOWN = 10
Work = Callable[[str], object]


def run() -> None:
    """Measure in a process of its own, with a PostgreSQL of its own."""
    subprocess.run([ROOT / "bin/with-postgres", sys.executable, __file__], check=True)


def vocabulary(chance: random.Random) -> list[str]:
    """Return made-up words, the most frequent first."""
    ends = ("", "n", "r", "st", "ing", "s", "ed", "al")
    parts = [f"{one}{two}" for one in "bcdfglmnprstv" for two in "aeiou"]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(chance.choices(parts, k=chance.randint(2, 4))) + chance.choice(ends)] = None
    return list(words)


def make_pages(words: list[str], chance: random.Random) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return pages: a title and sections of some lines each, with words as frequent as in any language (Zipf)."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    stream = iter(chance.choices(words, weights, k=PAGES * (WORDS + 40)))

    def take(count: int) -> str:
        return " ".join(next(stream) for _ in range(count))

    def section() -> tuple[str, str]:
        return take(3).capitalize(), "\n".join(f"{take(20).capitalize()}." for _ in range(5))

    return [(take(4).capitalize(), [section() for _ in range(WORDS // 100)]) for _ in range(PAGES)]


def questions(words: list[str]) -> dict[str, list[str]]:
    """Return what is asked, by kind: single words from rare to common, two words, and a beginning of a word."""
    rare, mid, common = words[15_000:15_020], words[1_500:1_520], words[20:40]
    return {
        "rare word": rare,
        "word": mid,
        "common word": common,
        "two words": [f"{one} {two}" for one, two in zip(common, mid, strict=True)],
        "beginning of a word": [word[:4] for word in words[300:320]],
    }


def ours(pages: list[tuple[str, list[tuple[str, str]]]]) -> tuple[Work, Work]:
    """Return our whole answer, and the whole page with it, over these pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from education.search import answer
    from education.search.entries import GROUPS, Entry
    from education.search.index import Index
    from education.search.lay import read_lay
    from education.search.sections import Section

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("collectstatic", verbosity=0, interactive=False)
    entries = []
    for number, (title, parts) in enumerate(pages):
        sections = tuple(Section(f"s{at}", heading, text) for at, (heading, text) in enumerate(parts))
        entries.append(Entry(GROUPS[number % len(GROUPS)], title, f"/{number}/", str(number), sections=sections))
    start = time.process_time()
    index = Index(entries, read_lay(settings.CONTENT_DIR, "en")[0])
    print(f"{'search: to make the index':<58} {time.process_time() - start:>9.1f} s")
    answer.index_of = lambda language: index
    reader = Client()
    return (lambda text: answer.search(text, "en")), (lambda text: reader.get("/search/", {"q": text}))


def bare(pages: list[tuple[str, list[tuple[str, str]]]]) -> Work:
    """Return the plain query of SQLite's full-text search: ranked, with snippets."""
    rows = sqlite3.connect(":memory:")
    rows.execute(
        "CREATE VIRTUAL TABLE found USING fts5(title, headings, body, prefix='2 3 4', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    rows.execute("INSERT INTO found(found, rank) VALUES('rank', 'bm25(12.0, 3.0, 1.0)')")
    rows.executemany("INSERT INTO found VALUES(?, ?, ?)", map(columns, pages))
    query = (
        "SELECT rowid, title, snippet(found, 2, '<mark>', '</mark>', '…', 30) FROM found "
        f"WHERE found MATCH ? ORDER BY rank LIMIT {SHOWN}"
    )
    return lambda text: rows.execute(query, [" ".join(f'"{word}"' for word in text.split()) + "*"]).fetchall()


def columns(page: tuple[str, list[tuple[str, str]]]) -> tuple[str, str, str]:
    """Return a page as a row: its title, all headings, all text."""
    title, parts = page
    return title, " ".join(heading for heading, _text in parts), "\n".join(text for _heading, text in parts)


class Postgres:
    """PostgreSQL's own search over the same pages: weighted, indexed, ranked, with headlines for what is shown."""

    TABLE = """CREATE TABLE pages (id int PRIMARY KEY, title text, headings text, body text, words tsvector GENERATED
        ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', headings), 'B')
        || setweight(to_tsvector('english', body), 'D')) STORED)"""
    QUERY = f"""SELECT id, title, ts_headline('english', body, q, 'StartSel=<mark>, StopSel=</mark>, MaxWords=30')
        FROM (SELECT id, title, body, q, ts_rank(words, q) AS rank FROM pages, to_tsquery('english', %s) AS q
        WHERE words @@ q ORDER BY rank DESC LIMIT {SHOWN}) AS best"""

    def __init__(self, pages: list[tuple[str, list[tuple[str, str]]]]) -> None:
        import psycopg

        self.link = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        self.link.execute(self.TABLE)
        with self.link.cursor().copy("COPY pages (id, title, headings, body) FROM STDIN") as copy:
            for number, page in enumerate(pages):
                copy.write_row((number, *columns(page)))
        self.link.execute("CREATE INDEX ON pages USING gin (words)")
        self.link.execute("VACUUM ANALYZE pages")
        self.link.execute("SET max_parallel_workers_per_gather = 0")  # so that one process does all that is counted
        self.server = Path(f"/proc/{self.link.info.backend_pid}/stat")

    def __call__(self, text: str) -> object:
        return self.link.execute(self.QUERY, [" & ".join(text.split()) + ":*"]).fetchall()

    def clock(self) -> float:
        """Return the processor seconds of this process and of the server's process that works for it."""
        used = self.server.read_text().rpartition(")")[2].split()
        return time.process_time() + sum(map(int, used[11:13])) / os.sysconf("SC_CLK_TCK")


def cost(work: Work, asked: list[str], clock: Callable[[], float], seconds: float = 0.8) -> float:
    """Return the processor milliseconds of one question, asked long enough for a clock of a hundred ticks a second."""
    start, done = clock(), 0
    for text in cycle(asked):
        work(text)
        done += 1
        if done % len(asked) == 0 and clock() - start > seconds:
            break
    return (clock() - start) * 1000 / done


def main() -> None:
    """Make the pages and the three indexes, ask all of them, and print the ratios."""
    chance = random.Random(4)
    words = vocabulary(chance)
    pages = make_pages(words, chance)
    answer, page = ours(pages)
    plain, postgres = bare(pages), Postgres(pages)
    print(
        f"{f'search, {PAGES:,} pages of {WORDS} words':<34} {'answer':>9} {'page':>9} {'FTS5':>9} {'Postgres':>9}",
        end="",
    )
    print(f" {'/ FTS5':>8} {'/ Postgres':>11}")
    every: list[list[float]] = []
    for kind, asked in questions(words).items():
        rounds = []
        for _ in range(ROUNDS):
            mine = [cost(work, asked, time.process_time) for work in (answer, page, plain)]
            rounds.append([*mine, cost(postgres, asked, postgres.clock)])
        show(kind, rounds)
        every += rounds
    show("all kinds", [[sum(column) for column in zip(*every[at::ROUNDS], strict=True)] for at in range(ROUNDS)])


def show(kind: str, rounds: list[list[float]]) -> None:
    """Print the medians of one kind of question, and of its ratios."""
    times = " ".join(f"{statistics.median(column):>6.2f} ms" for column in zip(*rounds, strict=True))
    to_bare, to_postgres = (statistics.median(each[0] / each[other] for each in rounds) for other in (2, 3))
    print(f"search: {kind:<26} {times} {to_bare:>6.2f} x {to_postgres:>9.2f} x")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["CLINIC_VAR"] = tempfile.mkdtemp(prefix="clinic-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    main()
