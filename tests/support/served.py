"""A small instance behind a real server, on each database: one counter, and open contests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from core import clock
from core.crypto import Keyring, new_code, new_key
from core.settings import Settings
from core.values.week import local_date
from core.web.extensions import db
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest, Round
from survey.counter.queries.printed import address_of
from survey.rating.models import Rating
from survey.rating.queries.rating import find_rating_by_receipt
from tests.factories import make_contest, make_counter, make_participant
from tests.support.pages import Form
from tests.support.postgres import Server, cluster_folder
from tests.support.processes import APPLICATION
from tests.support.serving import Live, serving
from tests.support.visitor import Visitor

DAY = timedelta(days=1)


@dataclass
class ServedInstance:
    """An instance with its server, and what tests do to it from inside."""

    backend: str
    folder: Path
    database_url: str
    app: Flask
    live: Live
    rating: str = ""
    office: str = ""
    lam_binh: str = ""
    vcnet: str = ""
    secrets: list[str] = field(default_factory=list)

    @property
    def keyring(self) -> Keyring:
        found: Keyring = self.app.extensions["keyring"]
        return found

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session on the served database, committed at the end."""
        with self.app.app_context():
            yield db.session
            db.session.commit()

    def count(self, *what: object) -> int:
        """Return how many rows of a model match the conditions."""
        model, *conditions = what
        with self.session() as session:
            return int(session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)

    def new_contest(
        self, preset: str = "lam-binh", *, opens: timedelta = -2 * DAY, closes: timedelta = 3 * DAY, **more: object
    ) -> str:
        """Create a contest with one round that opens and closes at these distances from now; return its slug."""
        now = clock.now()
        with self.session() as session:
            contest = make_contest(session, preset=preset, weeks=1, first_day=local_date(now), **more)
            round = contest.rounds[0]
            round.opens_at, round.closes_at, round.results_at = now + opens, now + closes, now + closes + DAY
            return contest.slug

    def change_round(self, slug: str, **values: object) -> None:
        """Set columns of the contest's round."""
        with self.session() as session:
            for name, value in values.items():
                setattr(round_of(session, slug), name, value)

    def closing_time(self, slug: str) -> datetime:
        with self.session() as session:
            return round_of(session, slug).closes_at

    def new_code(self, slug: str, **facts: object) -> str:
        """Register a participant; return the personal code."""
        code = new_code()
        with self.session() as session:
            contest = session.scalars(select(Contest).where(Contest.slug == slug)).one()
            make_participant(session, self.keyring, contest, code=code, now=clock.now(), **facts)
        return code

    def begin(self, visitor: Visitor, slug: str, code: str = "") -> Form:
        """Begin a paper as a participant (a new one without *code*); return its form."""
        code = code or self.new_code(slug)
        enter = visitor.get(f"/thi/{slug}/vao-thi").page.form()
        answer = visitor.post(f"/thi/{slug}/vao-thi", enter.filled(code=code))
        assert answer.status == 200, answer.text
        paper = answer.page.form("nop-bai")
        paper.pairs = paper.filled(blanks_seen=1)  # confirms that questions are left blank
        return paper

    def rating_form(self, visitor: Visitor) -> Form:
        """Return the form of the counter's rating page with a new key."""
        form = visitor.get(self.rating).page.form()
        form.pairs = form.filled(key=new_key())
        return form

    def attempts(self, slug: str, *conditions: object) -> list[Attempt]:
        """Return the attempts of the contest's round."""
        with self.session() as session:
            query = select(Attempt).where(Attempt.round_id == round_of(session, slug).id, *conditions)
            found = list(session.scalars(query))
            session.expunge_all()
            return found

    def find_rating(self, receipt: str) -> Rating | None:
        with self.session() as session:
            found = find_rating_by_receipt(session, self.keyring, receipt)
            assert found is None or found.answers  # loaded before the session ends
            session.expunge_all()
            return found

    @property
    def log(self) -> str:
        """Return the server's log so far."""
        return (self.folder / "server.log").read_text()


def round_of(session: Session, slug: str) -> Round:
    """Return the only round of a contest."""
    return session.scalars(select(Round).join(Contest).where(Contest.slug == slug)).one()


@contextmanager
def serve_instance(
    backend: str, folder: Path, database_url: str, application: str = APPLICATION, **environ: str
) -> Iterator[ServedInstance]:
    """Set up the instance, serve it, and check its log at the end."""
    settings = Settings(folder, database_url, "http://127.0.0.1", frozenset({"127.0.0.1"}), "Lắng Nghe")
    app = create_app(settings)
    with app.app_context():
        counter = make_counter(db.session)
        rating, office = f"/q/{address_of(app.extensions['keyring'], counter)}", counter.office.slug
        db.session.commit()
    try:
        with serving(folder, database_url, application=application, **environ) as live:
            served = ServedInstance(backend, folder, database_url, app, live, rating, office)
            served.lam_binh, served.vcnet = served.new_contest(), served.new_contest("vcnet")
            yield served
            assert "Traceback" not in served.log, served.log[-3000:]
            assert [secret for secret in served.secrets if secret in served.log] == []
    finally:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture(scope="session")
def served(request: pytest.FixtureRequest) -> Iterator[ServedInstance]:
    """Yield the served instance, one for all tests on a database; each test makes the rows that it counts."""
    backend: str = request.param
    with TemporaryDirectory(dir=cluster_folder()) as name:
        folder = Path(name)
        if backend == "sqlite":
            url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'served.sqlite3')}"
        else:
            server: Server = request.getfixturevalue("postgres_server")
            url = server.copied()
        with serve_instance(backend, folder, url) as found:
            yield found


@pytest.fixture
def visitor(served: ServedInstance) -> Iterator[Visitor]:
    """Yield a citizen's browser."""
    with Visitor(served.live.url) as found:
        yield found
