"""Attacks on accounts: one made in another's name, an old link, a lost telephone, the audit trail."""

import pytest
from sqlalchemy import func, select

from account.models import Approval, AuditEntry, Link, Totp
from account.operations import approval as approvals
from account.operations.account import is_password_right, set_password
from account.operations.audit import Actor, record
from account.operations.links import make_link
from account.operations.roles import grant_role
from account.queries.account import find_account
from account.rules.permissions import Role
from core import clock
from core.person_keys import create_person
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from tests.factories import MONDAY, PASSWORD, make_account, make_contest, make_unit
from tests.support.codes import code_now, secret_on
from tests.support.staff import cookie_of, enter, send

MINE = "/quan-tri/tai-khoan"


def test_a_role_beyond_its_units_ends_an_accounts_old_credentials(app, session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    made_below = make_account(session, role=Role.APPROVER, unit=make_unit(session, parent=province))
    session.commit()
    cookie_of(app, made_below.email)
    session.expire_all()

    grant_role(session, made_below, Role.ADMINISTRATOR, province)

    assert not is_password_right(made_below, PASSWORD)
    assert session.get(Totp, made_below.id) is None


def test_a_role_within_its_units_changes_nothing_else(session):
    account = make_account(session, role=Role.MANAGER)

    grant_role(session, account, Role.WRITER, account.unit)

    assert is_password_right(account, PASSWORD)


def test_an_account_that_reaches_elsewhere_is_not_taken_over_by_a_role(session, client):
    here, also_here = make_unit(session), make_unit(session, name="xã Thượng Lâm")
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=here)
    grant_role(session, administrator, Role.ADMINISTRATOR, also_here)
    of_elsewhere = make_account(session, role=Role.ORGANISER)
    grant_role(session, of_elsewhere, Role.WRITER, here)
    set_password(session, of_elsewhere, PASSWORD)
    session.commit()
    enter(client, administrator)
    page = f"/quan-tri/tai-khoan/danh-sach/{of_elsewhere.id}"

    reply = send(client, page, to=f"{page}/vai-tro", role="writer", where="thuong lam")

    session.expire_all()
    assert reply.status_code == 422
    assert "/quan-tri/vao/" not in reply.text
    assert is_password_right(find_account(session, of_elsewhere.email), PASSWORD)


def test_a_new_password_ends_the_links_that_could_set_another(session):
    account = make_account(session)
    make_link(session, account, now=clock.now())

    set_password(session, account, "mat khau khac han")

    assert session.scalar(select(func.count()).select_from(Link)) == 0


def test_another_telephone_gets_another_secret(session, client):
    account = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()
    enter(client, account)

    first = secret_on(client.get(f"{MINE}/ma-xac-thuc").text)

    reply = send(client, f"{MINE}/ma-xac-thuc", code=code_now(first), present=PASSWORD)

    assert reply.status_code == 200
    assert secret_on(client.get(f"{MINE}/ma-xac-thuc").text) != first


def test_a_request_without_its_entry_is_not_kept(session, monkeypatch):
    contest = make_contest(session, weeks=1)
    account = make_account(session, unit=contest.unit)
    session.commit()
    monkeypatch.setattr(approvals, "record", lambda *_args, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        approvals.ask(
            session,
            account,
            QuizAction.ROUND_PUBLISH,
            of_round(contest.rounds[0]),
            reason="",
            details={},
            now=clock.now(),
        )
    session.rollback()

    assert session.scalar(select(func.count()).select_from(Approval)) == 0


def test_the_trail_shows_an_administrator_no_name_and_no_rank(session, client, keyring):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=contest.unit)
    person = create_person(session, keyring)
    record(
        session, Actor("account", administrator.id), QuizAction.WINNER_CONFIRM, of_round(round),
        after={"rank": 1, "prize": "Giải Nhất"}, person=(person, {"name": "Giàng A Páo"}), now=MONDAY,
    )  # fmt: skip
    session.commit()

    page = enter(client, find_account(session, administrator.email)).get("/quan-tri/nhat-ky/").text

    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1
    assert "Xác nhận người đạt giải" in page
    assert "Giàng A Páo" not in page
    assert "Giải Nhất" not in page
