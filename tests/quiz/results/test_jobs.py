"""A large import and the close of a large round run in the background with the same result."""

import pytest
from sqlalchemy import func, select

import core.web.importing.pages
import quiz.results.jobs
import quiz.results.manage.closing
from account.models import Account, AuditEntry
from account.rules.permissions import Role
from bench import ugly_sheet
from core import clock
from core.commands.worker import Worker
from core.jobs import Job
from core.sheets import memory
from core.sheets.memory import SheetDraft
from core.values.week import VIETNAM
from quiz.attempt.models import Attempt, Tally
from quiz.results.models import Result
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_attempt
from tests.quiz.attempt.test_import_pages import field_of, path_of, press, turns, upload
from tests.support.pages import Page
from tests.support.staff import desk, enter, send
from tests.support.ugly import later, round

pytestmark = pytest.mark.both_databases

__all__ = ["later", "round"]


@pytest.fixture
def organiser(session, client, round, monkeypatch):
    monkeypatch.setattr(core.web.importing.pages, "ROWS_IN_A_PAGE", 0)
    monkeypatch.setattr(quiz.results.manage.closing, "ENTRIES_IN_A_PAGE", 1)
    account = make_account(session, role=Role.ORGANISER, unit=round.contest.unit)
    session.commit()
    return enter(client, account)


def work(app, session):
    session.rollback()
    Worker(app).work(is_burst=True)
    session.expire_all()


def bring_in_the_ugly_sheet(organiser, round):
    at = upload(organiser, round, ugly_sheet.as_xlsx(round.opens_at.astimezone(VIETNAM)))
    page, unit_id = organiser.get(at).text, round.contest.units[0].unit_id
    decided = {field_of(page, each): "khac" for each in (ugly_sheet.MISSPELT, ugly_sheet.CONTRADICTING)}
    others = {f"{name}_khac": unit_id for name in decided}
    return press(organiser, at, "bring_in", skip_errors="y", **decided, **others)


def trail(session):
    """Return the audit entries of imports and closings, with their requester."""
    return [(entry.action, entry.account_id) for entry in session.scalars(select(AuditEntry).order_by("number"))]


def asker_of(session):
    return session.scalars(select(Account.id).where(Account.email.endswith("@lang-nghe.example"))).one()


def test_a_sheet_is_imported_by_a_job_with_its_decisions(app, session, organiser, round):
    asked = bring_in_the_ugly_sheet(organiser, round)
    before = turns(session)

    work(app, session)

    page = Page(organiser.get(asked.location).text).text
    assert (before, turns(session)) == (0, ugly_sheet.TURNS)
    assert f"Đã nhập {ugly_sheet.TURNS} lượt dự thi vào tuần 1." in page
    assert session.scalar(select(func.sum(Tally.turns))) == ugly_sheet.TURNS
    assert trail(session) == [("entry.import", asker_of(session))]
    assert session.scalar(select(func.count()).select_from(SheetDraft)) == 0


def test_a_sheet_that_breaks_off_leaves_no_turn_behind(app, session, organiser, round, monkeypatch):
    bring_in_the_ugly_sheet(organiser, round)
    monkeypatch.setattr(memory, "drop_draft", lambda *_: 1 / 0)

    work(app, session)

    assert session.scalars(select(Job.state).where(Job.kind == "quiz.entries")).all() == ["queued"]
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    assert session.scalar(select(func.count()).select_from(Tally)) == 0


def test_an_import_into_a_round_closed_since_fails_with_the_reason(app, session, organiser, round):
    asked = bring_in_the_ugly_sheet(organiser, round)
    rank_round(session, round, now=clock.now())
    session.commit()

    work(app, session)

    assert "Tuần 1 đã chốt nên không nhập thêm bài được" in organiser.get(asked.location).text
    assert turns(session) == 0


def test_a_large_week_is_closed_once_by_a_job(app, session, keyring, organiser, round):
    for _ in range(2):
        make_attempt(session, keyring, round)
    session.commit()
    page = path_of(round).removesuffix("/nhap-bai")

    first, second = send(organiser, page, f"{page}/chot"), send(organiser, page, f"{page}/chot")
    work(app, session)

    result = session.scalars(select(Result)).one()
    assert first.location == second.location
    assert result.people == 2
    assert trail(session) == [("round.close", asker_of(session))]
    assert "Đã khóa bài và xếp hạng tuần 1." in organiser.get(first.location).text


def test_a_close_in_the_background_shows_an_administrator_no_figure(app, session, keyring, client, organiser, round):
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=round.contest.unit)
    for _ in range(2):
        make_attempt(session, keyring, round)
    session.commit()
    page = path_of(round).removesuffix("/nhap-bai")
    closing = send(organiser, page, f"{page}/chot").location
    work(app, session)

    shown = enter(client, administrator).get(closing)

    assert shown.status_code == 200
    assert "2 bài" not in shown.text


def test_a_colleague_who_closes_the_same_week_is_led_to_a_page_of_their_own(app, session, keyring, organiser, round):
    colleague = make_account(session, role=Role.ORGANISER, unit=round.contest.unit)
    for _ in range(2):
        make_attempt(session, keyring, round)
    session.commit()
    page = path_of(round).removesuffix("/nhap-bai")
    send(organiser, page, f"{page}/chot")
    other = desk(app, colleague)

    led = send(other, page, f"{page}/chot").location
    work(app, session)

    assert other.get(led).status_code == 200
    assert session.scalars(select(Result)).one().people == 2


def test_a_small_week_is_closed_within_the_request(session, keyring, organiser, round):
    make_attempt(session, keyring, round)
    session.commit()
    page = path_of(round).removesuffix("/nhap-bai")

    closed = send(organiser, page, f"{page}/chot")

    assert closed.location == page
    assert session.scalars(select(Result)).one().people == 1


def test_a_job_of_an_account_that_lost_its_role_closes_no_week(app, session, keyring, organiser, round):
    for _ in range(2):
        make_attempt(session, keyring, round)
    session.commit()
    page = path_of(round).removesuffix("/nhap-bai")
    send(organiser, page, f"{page}/chot")
    session.scalars(select(Account)).one().is_active = False
    session.commit()

    work(app, session)

    job = session.scalars(select(Job).where(Job.kind == quiz.results.jobs.CLOSE)).one()
    assert (job.state, "chưa có gì thay đổi" in job.said) == ("failed", True)
    assert session.scalar(select(func.count()).select_from(Result)) == 0
