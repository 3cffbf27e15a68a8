"""Measure what must not grow with the entries of a round: python -m bench.at_size [SIZE ...] [postgresql].

A board is drawn anew each time, and a paper is entered, begun and submitted beside so many that are there already.
SQLite works in this process, so that its processor time is measured; PostgreSQL by the clock.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from app import create_app
from bench.hot import Bench
from bench.load import crowded
from bench.load import reference as bare
from bench.load.large_round import fill
from bench.load.submissions import paper
from commune.operations import create_unit
from core import schema
from core.crypto import new_code
from core.settings import Settings
from core.web.extensions import db
from core.web.reply_cache import Replies
from quiz.attempt.models import Tally
from quiz.contest.models import Contest
from quiz.contest.operations.contest import QuestionText, set_questions
from quiz.results.queries.turnout import count_turnout
from tests.factories import make_contest, make_participant, this_monday
from tests.support import postgres

SIZES, COMMUNES, TIMES = (10_000, 100_000, 1_000_000), 124, 40
WARM_UP = 5


class LoadedRound:
    """An instance with an open round of so many entries in 124 communes, and people who have not taken part."""

    def __init__(self, folder: Path, url: str, entries: int) -> None:
        folder.mkdir()
        self.app = create_app(Settings(folder, url, "http://127.0.0.1", frozenset(), "Lắng Nghe"))
        self.clock = time.process_time if url.startswith("sqlite") else time.perf_counter
        self.began = self.took = 0.0
        self.codes = [new_code() for _ in range(TIMES + WARM_UP)]
        with self.app.app_context():
            schema.upgrade(db.engine)
            if db.engine.dialect.name == "postgresql":
                db.session.execute(text("SET session_replication_role = replica"))  # no foreign keys, for the load
            else:
                db.session.execute(text("PRAGMA foreign_keys=OFF"))
            self.contest_id, self.slug = self._build(entries)
            db.session.commit()
            if db.engine.dialect.name == "postgresql":
                db.session.execute(text("ANALYZE"))
                db.session.commit()
            db.session.close()
            db.engine.dispose()
            self.bench = Bench(self.app, db.engine)

    def _build(self, entries: int) -> tuple[int, str]:
        province = create_unit(db.session, code="08", kind="province", name="tỉnh Tuyên Quang", valid_from=crowded.OLD)
        communes = [
            create_unit(
                db.session, code=f"c{at}", kind="commune", name=f"xã {at}", valid_from=crowded.OLD, parent=province
            )
            for at in range(COMMUNES)
        ]
        monday = this_monday()
        contest = make_contest(db.session, unit=province, units=communes, weeks=1, first_day=monday, questions=0)
        choices = [(letter, f"Phương án {letter}", letter == bare.RIGHT) for letter in bare.CHOICES]
        questions = [QuestionText(f"Câu hỏi số {at}?", choices) for at in range(1, bare.QUESTIONS + 1)]
        round = contest.rounds[0]
        set_questions(db.session, round, questions, now=round.opens_at - timedelta(days=1))
        for number, code in enumerate(self.codes):
            make_participant(db.session, self.app.extensions["keyring"], contest, name=f"Người {number}", code=code)
        fill(round, entries)
        return contest.id, contest.slug

    def count(self) -> None:
        """Count the board from the tally."""
        with self.app.test_request_context():
            round_id = db.session.get_one(Contest, self.contest_id).rounds[0].id
            self.begin()
            assert len(count_turnout(db.session, [Tally.round_id == round_id])) == COMMUNES
            self.end()

    def draw(self) -> None:
        """Open the page of the board, of which no reply is kept."""
        self.app.extensions["replies"] = Replies()
        self.begin()
        assert self.bench.client.get(f"/thi/{self.slug}/bang").status_code == 200
        self.end()

    def submit(self) -> None:
        """Enter, begin and submit a paper."""
        self.begin()
        self.bench.take(paper(f"/thi/{self.slug}/vao-thi", f"/thi/{self.slug}/nop-bai", self.codes.pop()))
        self.end()

    def begin(self) -> None:
        """Begin to measure."""
        self.began = self.clock()

    def end(self) -> None:
        """Keep the milliseconds since the beginning in `took`."""
        self.took = 1000 * (self.clock() - self.began)


def compare(where: str, rounds: Sequence[LoadedRound]) -> None:
    """Print a line for each deed: medians, interleaved, and how many times the first the last one is."""
    deeds = {
        "the board's statement on the tally": LoadedRound.count,
        "page of the board, drawn": LoadedRound.draw,
        "paper: enter, begin, submit": LoadedRound.submit,
    }
    for words, deed in deeds.items():
        took = [[_measured(deed, each) for each in rounds] for _ in range(TIMES + WARM_UP)][WARM_UP:]
        medians = [statistics.median(each) for each in zip(*took, strict=True)]
        columns = " ".join(f"{each:9.2f}" for each in medians)
        print(f"{where + ', ' + words:<48} {columns} {medians[-1] / medians[0]:7.2f}")


def _measured(deed: Callable[[LoadedRound], None], round: LoadedRound) -> float:
    deed(round)
    return round.took


def run(folder: Path, sizes: Sequence[int] = SIZES, *, on_postgresql: bool = True) -> None:
    """Print the table of the *sizes*."""
    print(f"{'ms of an open round, by its entries':<48} {' '.join(f'{size:9,}' for size in sizes)}   ratio")
    files = [f"sqlite:///{folder / f'at-size-{size}.sqlite3'}" for size in sizes]
    compare("SQLite", [LoadedRound(folder / f"{size}", url, size) for size, url in zip(sizes, files, strict=True)])
    if not on_postgresql:
        return
    with postgres.cluster() as server:
        for size in sizes:
            server.sql(f"CREATE DATABASE at_size_{size}")
        urls = [(size, server.url(f"at_size_{size}")) for size in sizes]
        compare("PostgreSQL", [LoadedRound(folder / f"pg-{size}", url, size) for size, url in urls])


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    with tempfile.TemporaryDirectory() as here:
        run(Path(here), asked or SIZES, on_postgresql=not asked or "postgresql" in sys.argv)
