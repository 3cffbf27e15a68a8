"""The demo goes without a trace, and what is not the demo's stays."""

import pytest
from sqlalchemy import func, select

from commune.models import Office
from commune.queries.units import find_unit
from core.sheets import memory
from core.sheets.memory import SheetDraft
from core.values.numbers import thousands
from demo.remove import keep_made
from quiz.contest.models import Participant
from survey.counter.models import Counter
from survey.rating.models import Rating
from tests.demo.conftest import NOW
from tests.factories import make_account, make_contest, make_counter, make_office

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture
def part(part_on, backend):
    """Three communes of the demo in the country."""
    return part_on(backend)


@pytest.fixture
def template(part):
    return part.template


@pytest.fixture
def made(instance, part):
    """The instance remembers what the demo made."""
    keep_made(instance.settings.instance_path, part.made)


def dump(app):
    return app.test_cli_runner().invoke(args=["demo", "dump"]).output.splitlines()


def remove(app):
    return app.test_cli_runner().invoke(args=["demo", "remove", "--yes"])


@pytest.mark.both_databases
def test_what_is_left_is_what_a_new_instance_has(app, part, made, backend):
    assert len(part.after) > len(part.before) + 5000

    done = remove(app)

    folder = app.extensions["settings"].instance_path
    assert done.output.startswith("Đã gỡ: ")
    assert "Không còn dữ liệu nào khác" in done.output
    assert dump(app) == part.before
    assert not {"demo.json", "demo-password.txt", "demo-second-factor.txt", "cache"} & {
        path.name for path in folder.iterdir()
    }
    if backend == "sqlite":
        assert "Hồ sơ đất quá hẹn hai tuần".encode() not in (folder / "test.sqlite3").read_bytes()


@pytest.mark.both_databases
def test_what_is_not_the_demos_stays(app, session, keyring, made):
    unit = find_unit(session, "02266")
    office = make_office(session, unit=unit)
    counter, contest = make_counter(session, office=office), make_contest(session, unit=unit)
    account = make_account(session, unit=unit)
    demo_counter = session.scalars(select(Counter.id).where(Counter.id != counter.id).limit(1)).one()
    draft = {"owner": "unit:1", "name": "a.csv", "data": b"x", "today": NOW.date()}
    memory.keep_draft(session, keyring, purpose=f"survey-ratings:{demo_counter}", **draft)
    memory.keep_draft(session, keyring, purpose=f"survey-ratings:{counter.id}", **draft)
    kept = (office.id, counter.id, contest.id, account.id)
    session.commit()

    done = remove(app)

    one_each = "1 cuộc thi (0 người dự thi, 0 lượt dự thi), 1 cơ quan (0 lượt đánh giá), 1 tài khoản"
    assert f"Vẫn giữ nguyên: {one_each}." in done.output
    assert list(session.scalars(select(Office.id))) == [kept[0]]
    assert session.get(type(contest), kept[2]) is not None
    assert session.scalar(select(Rating.id).limit(1)) is None
    assert list(session.scalars(select(SheetDraft.purpose))) == [f"survey-ratings:{kept[1]}"]


def test_an_instance_without_the_demo_is_told_so(app, session):
    done = remove(app)

    assert done.exit_code == 1
    assert "không có dữ liệu minh họa" in done.output


def test_it_asks_before_it_takes_anything(app, session, made):
    people, ratings = (session.scalar(select(func.count()).select_from(model)) for model in (Participant, Rating))

    done = app.test_cli_runner().invoke(args=["demo", "remove"], input="n\n")

    assert done.exit_code == 1
    assert f"{thousands(people)} người dự thi" in done.output.partition("Sẽ giữ")[0]
    assert f"{thousands(ratings)} lượt đánh giá" in done.output.partition("Sẽ giữ")[0]
    assert "Sẽ giữ: 0 cuộc thi" in done.output
    assert session.scalar(select(Rating.id).limit(1)) is not None
