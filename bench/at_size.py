"""Measure what must not grow with the entries of a round, on both databases: python -m bench.at_size [FEW MANY].

A board is drawn anew each time, and a paper is entered, begun and submitted beside so many that are there already.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
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

FEW, MANY, COMMUNES, TIMES = 10_000, 1_000_000, 124, 40
WARM_UP = 5


class LoadedRound:
    """An instance with an open round of so many entries in 124 communes, and people who have not taken part."""

    def __init__(self, folder: Path, url: str, entries: int) -> None:
        folder.mkdir()
        self.app = create_app(Settings(folder, url, "http://127.0.0.1", frozenset(), "Lắng Nghe"))
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

    def count(self) -> float:
        """Count the board from the tally; return the milliseconds of the statement."""
        with self.app.test_request_context():
            round_id = db.session.get_one(Contest, self.contest_id).rounds[0].id
            began = time.perf_counter()
            assert len(count_turnout(db.session, [Tally.round_id == round_id])) == COMMUNES
            return 1000 * (time.perf_counter() - began)

    def draw(self) -> float:
        """Open the page of the board, of which no reply is kept; return the milliseconds."""
        self.app.extensions["replies"] = Replies()
        began = time.perf_counter()
        assert self.bench.client.get(f"/thi/{self.slug}/bang").status_code == 200
        return 1000 * (time.perf_counter() - began)

    def submit(self) -> float:
        """Enter, begin and submit a paper; return the milliseconds."""
        began = time.perf_counter()
        self.bench.take(paper(f"/thi/{self.slug}/vao-thi", f"/thi/{self.slug}/nop-bai", self.codes.pop()))
        return 1000 * (time.perf_counter() - began)


def compare(where: str, few: LoadedRound, many: LoadedRound) -> None:
    """Print a line for each deed: medians, interleaved."""
    deeds = {
        "the board's statement on the tally": LoadedRound.count,
        "page of the board, drawn": LoadedRound.draw,
        "paper: enter, begin, submit": LoadedRound.submit,
    }
    for words, deed in deeds.items():
        took = [(deed(few), deed(many)) for _ in range(TIMES + WARM_UP)][WARM_UP:]
        less, more = (statistics.median(each) for each in zip(*took, strict=True))
        print(f"{where + ', ' + words:<48} {less:9.1f} {more:9.1f} {more / less:7.2f}")


def run(folder: Path, sizes: Sequence[int] = (FEW, MANY)) -> None:
    """Print the table."""
    print(f"{'ms of an open round, by its entries':<48} {sizes[0]:9,} {sizes[1]:9,}   ratio")
    files = [f"sqlite:///{folder / f'at-size-{size}.sqlite3'}" for size in sizes]
    compare("SQLite", *map(LoadedRound, [folder / f"few-{size}" for size in sizes], files, sizes))
    with postgres.cluster() as server:
        for size in sizes:
            server.sql(f"CREATE DATABASE at_size_{size}")
        urls = [server.url(f"at_size_{size}") for size in sizes]
        compare("PostgreSQL", *map(LoadedRound, [folder / f"pg-{size}" for size in sizes], urls, sizes))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        run(Path(here), [int(size) for size in sys.argv[1:]] or (FEW, MANY))
