"""Measure pages that must cost the same for any number of rows: python -m bench.flat."""

import statistics
import tempfile
from pathlib import Path

from app import create_app
from bench.hot import Meter
from bench.load import crowded
from core import schema
from core.settings import Settings
from core.web.extensions import db
from quiz.contest.models import Round
from tests.support.staff import enter

FEW, MANY, TURNS = 10_000, 1_000_000, 9


class Instance:
    """An instance with *rows* of everything, and a browser of its staff."""

    def __init__(self, folder: Path, rows: int) -> None:
        place = folder / f"flat-{rows}"
        place.mkdir()
        url = f"sqlite:///{place / 'lang-nghe.sqlite3'}"
        self.app = create_app(Settings(place, url, "http://127.0.0.1", frozenset(), "Lắng Nghe"))
        with self.app.app_context():
            schema.upgrade(db.engine)
            account, round = crowded.build(rows)
            self.round_id, self.contest = round.id, round.contest.slug
            self.client = enter(self.app.test_client(), account)
            db.engine.dispose()  # its connection is tuned for bulk inserts
        self.meter = Meter(self.app)

    def publish(self) -> None:
        """Publish the round."""
        with self.app.app_context():
            crowded.publish(db.session.get_one(Round, self.round_id))
            db.engine.dispose()

    def take(self, page: str) -> float:
        """Open *page*; return the milliseconds of processor time that it took the application."""
        before = self.meter.ms
        reply = self.client.get(page.format(contest=self.contest))
        assert reply.status_code == 200, (page, reply.status_code, reply.headers.get("Location"))
        return self.meter.ms - before


ENDED = {"page before a close": "/quan-tri/cuoc-thi/{contest}/tuan/1/chot"}
PUBLISHED = {
    "staff's page of an office": f"/quan-tri/danh-gia/{crowded.OFFICE}",
    "board of a finished contest, today's units": "/thi/{contest}/bang?don-vi=hom-nay",
    "staff's page of a published round": "/quan-tri/cuoc-thi/{contest}/tuan/1",
    "audit list, a rare action": f"/quan-tri/nhat-ky/?viec={crowded.RARE_ACTION.value}",
}


def compare(few: Instance, many: Instance, pages: dict[str, str]) -> None:
    """Print a line for each of *pages*: the first opening, then the median of the others, interleaved."""
    for words, page in pages.items():
        first = [instance.take(page) for instance in (few, many)]
        took = [(few.take(page), many.take(page)) for _ in range(TURNS)]
        less, more = (statistics.median(each) for each in zip(*took, strict=True))
        print(f"{words:<48} {first[0]:9.1f} {first[1]:9.1f} {less:11.1f} {more:9.1f} {more / less:7.2f}")


def run(folder: Path) -> None:
    """Print the table."""
    few, many = Instance(folder, FEW), Instance(folder, MANY)
    print(f"{'cpu ms of a page (SQLite), by rows':<48} {'first time:':>19} {'after that:':>21}")
    print(f"{'':<48} {FEW:9,} {MANY:9,} {FEW:11,} {MANY:9,}   ratio")
    compare(few, many, ENDED)
    for instance in (few, many):
        instance.publish()
    compare(few, many, PUBLISHED)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        run(Path(here))
