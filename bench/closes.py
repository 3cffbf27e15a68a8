"""Measure the close and the corrections of a large round, their memory, and how long other writers wait beside them:
python -m bench.closes [ENTRIES ...]. `part` is the search for clusters in a close, of people with names, and the
seconds until the first piece of the CSV of all papers; `start MB` is the memory that the process has before the deed,
`MB` its largest. Below a close stand the processor seconds of its parts.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from account.operations.audit import SYSTEM
from app import create_app
from bench.load import crowded
from bench.load.large_round import fill
from commune.models import Unit
from commune.operations import create_unit
from core import schema
from core.settings import Settings
from core.sheets.writing import csv_pieces
from core.web.extensions import db, keyring
from quiz.boards.files.paper_rows import paper_rows
from quiz.contest.models import Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.queries.correction import find_at
from quiz.results.queries.result import find_result
from quiz.results.rules.corrections import ExclusionReason

SIZES, WEEK = (10_000, 1_000_000), timedelta(days=7)
QUESTIONS = 10
DEEDS = ("close", "exclude", "re-mark", "csv")
REASON = "Số liệu thử"
PARTS = {
    "read papers and people": "read_papers",
    "search for clusters": "search_round",
    "mark, count, rank": "rank_frozen",
    "store lines": "store_lines",
    "store clusters": "store_review",
    "store counts": "store_counts",
}
"""The parts of a close, by the functions that do them."""
AIM = ("read papers and people", "mark, count, rank", "store lines", "store counts")
"""The parts that the aim of a close names; the others are the search for clusters."""
spent = Counter[str]()
"""Processor seconds by function."""
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
        fill(round, entries, keyring())
        db.session.commit()
        db.engine.dispose()
        return round.id


def do(deed: str, place: Path, round_id: int) -> None:
    """Close or correct the round in this process, and print its seconds and its memory as JSON."""
    with create_app(settings_of(place)).test_request_context():
        round = db.session.get_one(Round, round_id)
        begin = {"close": _closing, "exclude": _excluding, "re-mark": _marking, "csv": _sending}[deed](round)
        db.session.commit()
        at_start, before, began = _memory("VmRSS"), time.process_time(), time.monotonic()
        part = begin()
        db.session.commit()
        took = {"cpu": time.process_time() - before, "wall": time.monotonic() - began}
        print(json.dumps(took | {"part": part, "start": at_start, "mb": _memory("VmHWM"), "parts": spent}))


def _closing(round: Round) -> Callable[[], float]:
    """Return the close of *round*, which returns the processor seconds of its search for clusters."""
    for name in PARTS.values():
        _time(name)

    def close() -> float:
        now = round.closes_at + SETTLING
        result = closing.close_round(db.session, keyring(), SYSTEM, round, now=now, between=db.session.commit)
        assert result is not None
        assert result.differences == []
        return spent["search_round"]

    return close


def _time(name: str) -> None:
    """Let a function that the close calls add its processor seconds to `spent`."""
    called = getattr(closing, name)

    def timed(*given: Any, **named: Any) -> Any:
        before = time.process_time()
        try:
            return called(*given, **named)
        finally:
            spent[name] += time.process_time() - before

    setattr(closing, name, timed)


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


def _memory(what: str) -> float:
    """Return this process's memory in MB, the present (VmRSS) or the largest (VmHWM); `getrusage` would begin with that
    of the process that started it.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


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
        f"{entries:>10,} {deed:8} {took['cpu']:8.1f} {took['part']:8.1f} {took['wall']:8.1f} {took['start']:8.0f}"
        f" {took['mb']:8.0f} {len(waits):8,} {1000 * late:8.0f} {1000 * waits[-1]:8.0f} {other.refused:7}"
    )
    for words, name in PARTS.items() if took["parts"] else ():
        print(f"{'':>10} {words:24} {took['parts'][name]:8.1f}")
    if took["parts"]:
        print(f"{'':>10} {'of it named by the aim':24} {sum(took['parts'][PARTS[each]] for each in AIM):8.1f}")


def run(folder: Path, sizes: Sequence[int] = SIZES) -> None:
    """Print the table of the *sizes*."""
    print("close and corrections of a round (SQLite), beside a writer that writes every 20 ms")
    heads = ("cpu s", "part s", "wall s", "start MB", "MB", "writes", "p99 ms", "max ms")
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
