"""A staff account downloads all data held about it, and none of others."""

from datetime import date

from account.operations.audit import Actor, Subject, record
from account.operations.roles import grant_role
from account.rules.permissions import Role
from core import clock
from quiz.contest.rules.actions import QuizAction
from tests.factories import make_account, make_unit
from tests.support.staff import enter


def test_my_data_is_mine_and_holds_no_secret(client, session):
    me, other = make_account(session), make_account(session, email="khac@xa.gov.vn")
    for account in (me, other):
        about = Subject("quiz.round", account.id, f"Tuần của {account.email}", me.unit_id)
        record(session, Actor("account", account.id), QuizAction.ROUND_CLOSE, about, now=clock.now())
    session.commit()
    desk = enter(client, me)

    answer = desk.get("/quan-tri/tai-khoan/du-lieu.json")

    assert answer.json["account"]["email"] == me.email
    assert [each["subject"] for each in answer.json["deeds"]] == [f"Tuần của {me.email}"]
    assert len(answer.json["sessions"]) == 1
    assert "khac@xa" not in answer.text
    assert me.password_hash not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "/quan-tri/tai-khoan/du-lieu.json" in desk.get("/quan-tri/tai-khoan").text


def test_roles_in_a_unit_before_and_after_a_merger_are_distinguished(client, session):
    me = make_account(session)
    former = make_unit(session, name=me.unit.name)
    former.valid_from, former.valid_to = date(2000, 1, 1), date(2025, 7, 1)
    grant_role(session, me, Role.WRITER, former)
    session.commit()

    roles = enter(client, me).get("/quan-tri/tai-khoan/du-lieu.json").json["roles"]

    assert sorted(role["unit"] for role in roles) == ["xã Lâm Bình", "xã Lâm Bình (địa giới trước 1/7/2025)"]
