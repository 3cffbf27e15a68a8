"""Measure the close and the corrections of a large round, their memory, and how long other writers wait beside them:
python -m bench.closes [ENTRIES ...]. `part` is the search for clusters in a close, of people without names, and the
seconds until the first piece of the CSV of all papers.
"""

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from account.operations.audit import SYSTEM
from app import create_app
from bench import crowded
from commune.models import Unit
from commune.operations import create_unit
from core import schema
from core.settings import Settings
from core.sheets.writing import csv_pieces
from core.values.week import local_date
from core.web.extensions import db, keyring
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.rules.commitment import canonical
from quiz.contest.models import Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.files.paper_rows import paper_rows
from quiz.results.operations import closing
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.queries.correction import find_at
from quiz.results.queries.result import find_result
from quiz.results.rules.corrections import ExclusionReason

SIZES, WEEK = (10_000, 100_000), timedelta(days=7)
QUESTIONS = 10
DEEDS = ("close", "exclude", "re-mark", "csv")
REASON = "Số liệu thử"
EVERY = 0.02
"""Seconds between two writes of the other writer."""


def settings_of(place: Path) -> Settings:
    """Return the settings of the instance in *place*."""
    url = f"sqlite:///{place / 'lang-nghe.sqlite3'}"
    return Settings(place, url, "http://127.0.0.1", frozenset(), "Lắng Nghe")


def build(place: Path, entries: int) -> int:
    """Make an instance with an ended round of so many entries; return the round's id."""
    app = create_app(settings_of(place))
    with app.app_context():
        schema.upgrade(db.engine)
        db.session.execute(text("PRAGMA foreign_keys=OFF"))
        db.session.execute(text("PRAGMA cache_size=-1000000"))
        province = create_unit(db.session, code="98", kind="province", name="tỉnh Tuyên Quang", valid_from=crowded.OLD)
        round = crowded.contest_of(province, QUESTIONS).rounds[0]
        fill(round, entries)
        db.session.commit()
        db.engine.dispose()
        return round.id


def fill(round: Round, entries: int) -> None:
    """Give *round* so many people with a paper each, in bulk without the operations, and their tally."""
    hazard, units = random.Random(7), [each.unit_id for each in round.contest.units]
    ids = [(crowded.random_id(hazard), crowded.random_id(hazard), hazard.choice(units)) for _ in range(entries)]
    crowded.insert_rows(crowded.Participant, crowded.participants(round, hazard, ids))
    key = {question.ref: sorted(question.key)[0] for question in round.questions}
    cells: Counter[tuple[int, date, str]] = Counter()
    papers = list(_papers(round, hazard, ids, key, cells))
    crowded.insert_rows(Attempt, (paper for paper, _sheet in papers))
    crowded.insert_rows(AnswerSheet, (sheet for _paper, sheet in papers))
    guesses = {sheet["attempt_id"]: sheet["guess"] for _paper, sheet in papers}
    rows = ({"round_id": round.id, "participant_id": p, "attempt_id": a, "guess": guesses[a]} for p, a, _ in ids)
    crowded.insert_rows(Entry, rows)
    days = {(unit, day) for unit, day, _what in cells}
    crowded.insert_rows(
        Tally,
        (
            {"round_id": round.id, "unit_id": unit, "day": day}
            | {what: cells[unit, day, what] for what in ("turns", "people", "perfect")}
            for unit, day in sorted(days)
        ),
    )


def _papers(
    round: Round, hazard: random.Random, ids: crowded.Ids, key: dict[str, str], cells: Counter[tuple[int, date, str]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield an attempt and its answers for each of *ids*; most answers are right. Adds to *cells*."""
    span = (round.closes_at - round.opens_at) - timedelta(hours=1)
    for person, attempt, unit in ids:
        begun = round.opens_at + span * hazard.random()
        took = hazard.randrange(60_000, 600_000)
        skill = hazard.choice((0.6, 0.8, 0.9, 0.97))
        given = {ref: [letter if hazard.random() < skill else hazard.choice("ABCD")] for ref, letter in key.items()}
        right = sum(chosen == [key[ref]] for ref, chosen in given.items())
        submitted = begun + timedelta(milliseconds=took)
        for what, by in (("turns", 1), ("people", 1), ("perfect", int(right == len(key)))):
            cells[unit, local_date(submitted), what] += by
        yield (
            {
                "id": attempt,
                "round_id": round.id,
                "participant_id": person,
                "ordinal": 1,
                "started_at": begun,
                "deadline_at": begun + timedelta(minutes=15),
                "submitted_at": submitted,
                "duration_ms": took,
                "correct": right,
                "receipt_hash": hazard.randbytes(32),
                "person_commitment": hazard.randbytes(32),
                "answers_commitment": hazard.randbytes(32),
            },
            {
                "attempt_id": attempt,
                "answers": canonical(given),
                "guess": hazard.randrange(len(ids)),
                "salt": hazard.randbytes(16),
            },
        )


def do(deed: str, place: Path, round_id: int) -> None:
    """Close or correct the round in this process, and print its seconds and its memory as JSON."""
    with create_app(settings_of(place)).test_request_context():
        round = db.session.get_one(Round, round_id)
        begin = {"close": _closing, "exclude": _excluding, "re-mark": _marking, "csv": _sending}[deed](round)
        db.session.commit()
        before, began = time.process_time(), time.monotonic()
        part = begin()
        db.session.commit()
        took = {"cpu": time.process_time() - before, "wall": time.monotonic() - began}
        print(json.dumps(took | {"part": part, "mb": _peak()}))


def _closing(round: Round) -> Callable[[], float]:
    """Return the close of *round*, which returns the processor seconds of its search for clusters."""
    spent, search = list[float](), closing.search_round

    def timed(*given: Any, **named: Any) -> Any:
        before = time.process_time()
        found = search(*given, **named)
        spent.append(time.process_time() - before)
        return found

    def close() -> float:
        now = round.closes_at + SETTLING
        result = closing.close_round(db.session, keyring(), SYSTEM, round, now=now, between=db.session.commit)
        assert result is not None
        assert result.differences == []
        return spent[0]

    closing.search_round = timed
    return close


def _excluding(round: Round) -> Callable[[], float]:
    """Return the exclusion of the first entry, whose preview has been approved."""
    who, ground = find_at(db.session, round, 1), ExclusionReason.IDENTITY
    assert who is not None
    seen = preview_exclusion(db.session, round, who, ground).digest

    def exclude() -> float:
        now = round.closes_at + SETTLING
        exclude_entry(
            db.session, SYSTEM, round, who, ground, seen=seen, reason=REASON, now=now, between=db.session.commit
        )
        return 0.0

    return exclude


def _marking(round: Round) -> Callable[[], float]:
    """Return the re-mark of the first question, by a letter that few chose."""
    seen = preview_remark(db.session, round, 1, "B").preview.digest

    def mark() -> float:
        now = round.closes_at + SETTLING
        remark_round(db.session, SYSTEM, round, 1, "B", seen=seen, reason=REASON, now=now, between=db.session.commit)
        return 0.0

    return mark


def _peak() -> float:
    """Return this process's largest memory in MB; `getrusage` would begin with that of the process that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _sending(round: Round) -> Callable[[], float]:
    """Return the file of all counted papers, which returns the seconds until its first piece."""
    result = find_result(db.session, round)
    assert result is not None

    def send() -> float:
        began = time.monotonic()
        pieces = csv_pieces(paper_rows(db.session, round, result))
        next(pieces)
        first = time.monotonic() - began
        for _piece in pieces:
            pass
        return first

    return send


class OtherWriter(threading.Thread):
    """Writes a little all the time, and keeps how long each write waited and how many were refused."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.place, self.is_over, self.waits, self.refused = place, threading.Event(), list[float](), 0

    def run(self) -> None:
        """Write until it is over."""
        with create_app(settings_of(self.place)).app_context():
            while not self.is_over.wait(EVERY):
                began = time.monotonic()
                try:
                    db.session.execute(update(Unit).where(Unit.code == "98").values(code=Unit.code))
                    db.session.commit()
                except OperationalError:
                    db.session.rollback()
                    self.refused += 1
                self.waits.append(time.monotonic() - began)
            db.engine.dispose()


def measure(deed: str, place: Path, round_id: int, entries: int) -> None:
    """Print a line for a deed on a round of so many *entries*."""
    other = OtherWriter(place)
    other.start()
    command = [sys.executable, "-m", "bench.closes", deed, str(place), str(round_id)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    other.is_over.set()
    other.join()
    took, waits = json.loads(said.splitlines()[-1]), sorted(other.waits)
    late = waits[int(0.99 * len(waits))]
    print(
        f"{entries:>10,} {deed:8} {took['cpu']:8.1f} {took['part']:8.1f} {took['wall']:8.1f} {took['mb']:8.0f}"
        f" {len(waits):8,} {1000 * late:8.0f} {1000 * waits[-1]:8.0f} {other.refused:7}"
    )


def run(folder: Path, sizes: Sequence[int] = SIZES) -> None:
    """Print the table of the *sizes*."""
    print("close and corrections of a round (SQLite), beside a writer that writes every 20 ms")
    heads = ("cpu s", "part s", "wall s", "MB", "writes", "p99 ms", "max ms")
    print(f"{'entries':>10} {'deed':8} {' '.join(f'{head:>8}' for head in heads)} refused")
    for entries in sizes:
        place = folder / f"closes-{entries}"
        place.mkdir()
        round_id = build(place, entries)
        for deed in DEEDS:
            measure(deed, place, round_id, entries)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] in DEEDS:
        do(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        with tempfile.TemporaryDirectory() as here:
            run(Path(here), [int(size) for size in sys.argv[1:]] or SIZES)
