"""A large sheet of ratings is imported in the background: the same ratings, once, all or none."""

import pytest
from sqlalchemy import func, select

import core.web.importing.pages
from account.models import Account, AuditEntry
from account.operations.roles import revoke_role, switch_off
from account.rules.permissions import Role
from core import clock
from core.commands.worker import Worker
from core.crypto import Keyring
from core.jobs import Job, Order, enqueue
from core.sheets import memory
from core.sheets.memory import SheetDraft
from core.sheets.report import IssueSeverity, RowIssue
from survey.rating.files.imports import RatingSheets
from tests.factories import make_account, make_unit
from tests.survey.rating.test_import_ratings import Desk, counts

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(client, session, counter, monkeypatch):
    monkeypatch.setattr(core.web.importing.pages, "ROWS_IN_A_PAGE", 4)
    return Desk(client, session, counter)


def press(desk, review, **changes):
    fields = desk.fields_of(desk.client.get(review), bring_in=1, **changes)
    return desk.client.post(review, data=fields)


def work(app, session):
    session.rollback()
    Worker(app).work(is_burst=True)
    session.expire_all()


def test_a_large_sheet_becomes_a_job_with_the_same_result(app, desk, session):
    asked = press(desk, desk.upload().location)
    waiting = desk.client.get(asked.location).text
    before = counts(session)

    work(app, session)

    done = desk.client.get(asked.location).text
    assert "Nhập phiếu đánh giá vào quầy 2" in waiting
    assert (before, counts(session)) == ([0, 0], [5, 5])
    assert "Đã nhập 5 lượt đánh giá vào quầy 2." in done
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.account_id) == ("rating.import", session.scalars(select(Account.id)).one())
    assert session.scalar(select(func.count()).select_from(SheetDraft)) == 0


def test_a_second_tap_is_the_same_job(app, desk, session):
    review = desk.upload().location

    first, second = press(desk, review), press(desk, review)
    work(app, session)

    assert first.location == second.location
    assert counts(session) == [5, 5]


@pytest.mark.parametrize("ending", ["role", "switch", "elsewhere"])
def test_a_job_of_an_account_that_lost_its_role_imports_no_sheet(app, desk, session, ending):
    asked = press(desk, desk.upload().location)
    account = session.scalars(select(Account)).one()
    colleague = make_account(session, role=Role.ADMINISTRATOR, unit=account.unit)
    match ending:
        case "role":
            revoke_role(session, account, Role.ORGANISER, account.unit_id)
        case "switch":
            switch_off(session, account)
        case "elsewhere":
            account.grants[0].unit = make_unit(session, name="xã khác")
    session.commit()

    work(app, session)

    job = session.scalars(select(Job).where(Job.kind == "survey.ratings")).one()
    assert counts(session) == [0, 0]
    assert job.state == "failed"
    assert "Người gửi việc này không còn được giao việc đó" in job.said
    assert str(job.id) in asked.location
    assert colleague.is_active


def test_a_dropped_sheet_is_not_imported(app, desk, session):
    review = desk.upload().location
    asked = press(desk, review)
    desk.client.post(review, data=desk.fields_of(desk.client.get(review), drop=1))

    work(app, session)

    assert "hoặc đã hủy ở nơi khác" in desk.client.get(asked.location).text
    assert counts(session) == [0, 0]


def test_the_same_sheet_uploaded_twice_is_imported_once(app, desk, session):
    first, second = desk.upload().location, desk.upload().location
    press(desk, first)
    asked = press(desk, second)

    work(app, session)

    assert "Đã nhập 0 lượt đánh giá" in desk.client.get(asked.location).text
    assert counts(session) == [5, 5]


def test_a_job_broken_off_in_its_last_step_is_repeated_wholly(app, desk, session, monkeypatch):
    asked = press(desk, desk.upload().location)
    real = memory.drop_draft
    monkeypatch.setattr(memory, "drop_draft", lambda *_: 1 / 0)
    work(app, session)
    broken_off = counts(session)

    monkeypatch.setattr(memory, "drop_draft", real)
    session.execute(Job.__table__.update().values(due_at=clock.now()))
    session.commit()
    work(app, session)

    assert (broken_off, counts(session)) == ([0, 0], [5, 5])
    assert "Đã xong" in desk.client.get(asked.location).text


def test_a_row_with_a_new_error_since_the_review_refuses_the_sheet(app, desk, session, monkeypatch):
    asked, read = press(desk, desk.upload().location), RatingSheets.read

    def read_with_an_error(kind, sheet):
        rows = read(kind, sheet)
        rows.issues.append(RowIssue(2, "sai", IssueSeverity.ERROR))
        return rows

    monkeypatch.setattr(RatingSheets, "read", read_with_an_error)
    work(app, session)

    assert "Từ lúc xem lại, có dòng không nhập được nữa." in desk.client.get(asked.location).text
    assert counts(session) == [0, 0]


def test_a_job_of_an_earlier_version_asks_for_another_review(app, session, keyring):
    payload = {"counter": 1, "draft": "0" * 32, "owner": "unit:1", "places": {}}
    id = enqueue(session, keyring, Order("survey.ratings", "Nhập", "account:1", payload=payload), now=clock.now())
    session.commit()

    work(app, session)

    assert "Hãy mở lại bảng, xem rồi bấm Nhập lần nữa." in session.get(Job, id).said


def test_a_missing_counter_is_a_reason_and_no_crash(app, session, keyring: Keyring):
    payload = {"target": 999, "draft": "0" * 32, "places": {}}
    id = enqueue(session, keyring, Order("survey.ratings", "Nhập", "account:1", payload=payload), now=clock.now())
    session.commit()

    work(app, session)

    assert session.get(Job, id).state == "failed"
