"""The demo is removed without a trace, and everything else stays."""

import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from account.models import Approval
from account.operations.audit import SYSTEM, Actor
from commune.models import Office
from commune.queries.units import find_unit
from core.sheets import memory
from core.sheets.memory import SheetDraft
from core.values.numbers import thousands
from demo.remove import Made, find_made, keep_made
from quiz.attempt.operations.trial import begin_trial
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ClusterEntry, EntryCluster, RoundReview
from quiz.results.operations import closing
from survey.counter.models import Counter
from survey.rating.models import Rating
from tests.demo.conftest import NOW
from tests.factories import make_account, make_contest, make_counter, make_office

TRAIL = re.compile('"table": "account_audit"')
"""Lines of the audit trail, which can't be deleted from."""

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
def test_the_rest_equals_a_new_instance(app, part, made, backend):
    assert len(part.after) > len(part.before) + 5000

    done = remove(app)

    folder = app.extensions["settings"].instance_path
    assert done.output.startswith("Đã gỡ: ")
    assert "Không còn dữ liệu nào khác" in done.output
    assert [line for line in dump(app) if not TRAIL.search(line)] == part.before
    assert not {"demo.json", "demo-password.txt", "demo-second-factor.txt", "cache"} & {
        path.name for path in folder.iterdir()
    }
    if backend == "sqlite":
        assert "Hồ sơ đất quá hẹn hai tuần".encode() not in (folder / "test.sqlite3").read_bytes()


def test_the_desks_of_staff_are_filled(part):
    rows = [json.loads(line) for line in part.after]

    def values(table, column):
        return sorted(str(row[column]) for row in rows if row["table"] == table)

    trail = values("account_audit", "action")
    assert values("account_approval", "state") == ["approved", "pending"]
    assert values("privacy_request", "outcome") == ["None", "done"]
    assert values("core_job", "kind") == ["survey.posters"] * 3
    assert {"approval.ask", "approval.approve", "contact.open", "person.export", "person.step"} <= set(trail)


def test_the_audit_trail_of_the_desk_runs_in_the_order_of_its_times(part):
    rows = [json.loads(line) for line in part.after]
    trail = {row["number"]: row["at"] for row in rows if row["table"] == "account_audit"}

    times = [trail[number] for number in sorted(trail)]

    assert times == sorted(times)
    assert len({at[11:16] for at in times}) >= 8


@pytest.mark.both_databases
def test_requests_and_jobs_go_with_the_demo_where_other_data_stays(app, session, made):
    make_account(session, unit=find_unit(session, "02266"))
    session.commit()

    done = remove(app)

    left = {json.loads(line)["table"] for line in dump(app)}
    assert done.exit_code == 0, done.output
    assert not {"privacy_request", "privacy_request_step", "privacy_request_subject", "core_job"} & left
    assert not {"account_approval", "quiz_contact_opening"} & left


def test_a_list_of_an_earlier_version_names_no_requests(tmp_path):
    (tmp_path / "demo.json").write_text('{"offices": [1], "contests": [2], "accounts": [3]}')

    assert find_made(tmp_path) == Made([1], [2], [3], [])


@pytest.mark.both_databases
def test_other_data_stays(app, session, keyring, made):
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


@pytest.mark.both_databases
def test_a_publication_still_names_its_approval_after_the_demo_accounts_are_gone(app, session, client, made):
    demo, folder = make_account(session), app.extensions["settings"].instance_path
    found = find_made(folder)
    keep_made(folder, replace(found, accounts=[*found.accounts, demo.id]))
    contest = make_contest(session, unit=find_unit(session, "02266"))
    week = contest.rounds[0]
    closing.rank_round(session, week, now=week.closes_at + SETTLING)
    closing.publish_round(session, Actor("account", demo.id), week, reason="", now=week.results_at)
    page = f"/thi/{contest.slug}/tuan/1"
    session.commit()
    before = client.get(page).text

    done = remove(app)

    session.expire_all()
    [kept] = session.scalars(select(Approval)).all()
    assert done.exit_code == 0, done.output
    assert (kept.related, kept.asked_by_id, kept.decided_by_id) == ("alone", None, None)
    assert "Công bố không qua người phê duyệt thứ hai." in before
    assert client.get(page).text == before


@pytest.mark.both_databases
def test_the_review_of_a_demo_round_is_removed_with_it(app, session, made):
    ids = find_made(app.extensions["settings"].instance_path).contests
    round_id, contest_id = session.execute(
        select(Round.id, Round.contest_id).where(Round.contest_id.in_(ids), Round.closed_at.is_not(None)).limit(1)
    ).one()
    person = session.scalar(select(Participant.id).where(Participant.contest_id == contest_id).limit(1))
    session.add(RoundReview(round_id=round_id, entries=1, reading_ms=1, tapping_ms=1, made_at=NOW))
    session.flush()
    session.add(EntryCluster(round_id=round_id, number=1, size=1, perfect=1, is_strong=True, signs=[]))
    session.flush()
    session.add(ClusterEntry(round_id=round_id, number=1, participant_id=person))
    session.commit()

    done = remove(app)

    assert done.exit_code == 0, done.output
    assert session.scalar(select(func.count()).select_from(ClusterEntry)) == 0


def test_a_trial_that_was_begun_on_a_contest_of_the_demo_goes_with_it(app, session, made):
    ids = find_made(app.extensions["settings"].instance_path).contests
    trial = begin_trial(session, SYSTEM, session.get_one(Contest, ids[0]), now=NOW).id
    session.commit()

    done = remove(app)

    assert done.exit_code == 0, done.output
    assert session.scalar(select(func.count()).where(Contest.id == trial)) == 0


def test_an_instance_without_the_demo_gives_a_message(app, session, made):
    remove(app)

    again, code = remove(app), app.test_cli_runner().invoke(args=["demo", "code"])

    assert (again.exit_code, code.exit_code) == (1, 1)
    assert "không có dữ liệu minh họa" in again.output
    assert "không có dữ liệu minh họa" in code.output


def test_a_demo_restored_from_a_backup_is_not_denied(app, session):
    removed, code = remove(app), app.test_cli_runner().invoke(args=["demo", "code"])

    assert (removed.exit_code, code.exit_code) == (1, 1)
    assert "phục hồi từ bản sao lưu, không kèm danh sách" in removed.output
    assert "phục hồi từ bản sao lưu, không kèm mật khẩu" in code.output
    assert "account reset quantri@lang-nghe.example --print --drop-factor" in code.output


def test_the_command_asks_before_it_removes_anything(app, session, made):
    people, ratings = (session.scalar(select(func.count()).select_from(model)) for model in (Participant, Rating))

    done = app.test_cli_runner().invoke(args=["demo", "remove"], input="n\n")

    assert done.exit_code == 1
    assert f"{thousands(people)} người dự thi" in done.output.partition("Sẽ giữ")[0]
    assert f"{thousands(ratings)} lượt đánh giá" in done.output.partition("Sẽ giữ")[0]
    assert "Sẽ giữ: 0 cuộc thi" in done.output
    assert session.scalar(select(Rating.id).limit(1)) is not None
