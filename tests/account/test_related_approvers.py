"""An organiser learns before the request that every approver is related to them, and what to do about it."""

import pytest
from sqlalchemy import select

from account.models import Account, Approval
from account.operations.audit import Actor, Subject, record
from account.queries.kinship import list_unrelated_inviters
from account.rules.actions import AccountAction
from account.rules.permissions import Role
from core import clock
from tests.factories import make_account, make_contest, make_participant, make_unit, this_monday
from tests.support.staff import desk, send

TERMINAL = "nhờ người cài đặt máy chủ lập tài khoản người phê duyệt"


def made_by(session, maker, account):
    about = Subject("account.account", account.id, f"Tài khoản số {account.id}", account.unit_id)
    record(session, Actor("account", maker.id), AccountAction.ACCOUNT_CREATE, about, now=clock.now())


@pytest.fixture
def commune(session):
    return make_unit(session, parent=make_unit(session, name="tỉnh Tuyên Quang", kind="province"))


@pytest.fixture
def only_admin(session, commune):
    """Return the only administrator of a commune, who also holds its contest and has invited its approver."""
    admin = make_account(session, unit=commune, role=Role.ADMINISTRATOR)
    admin.grants.extend(make_account(session, unit=commune).grants)
    made_by(session, admin, make_account(session, unit=commune, role=Role.APPROVER))
    session.commit()
    return admin


def test_the_one_who_invites_an_approver_reads_what_it_means(app, session, commune, only_admin):
    page = "/quan-tri/tai-khoan/danh-sach/moi"
    person = {"email": "hai@xa.example", "name": "Ma Thị Hai", "role": "approver", "where": commune.name}
    invited = send(desk(app, only_admin), page, **person)
    form = desk(app, only_admin).get(page).text

    for text in (form, invited.text):
        assert "“có liên hệ”" in text
        assert TERMINAL in text


def test_an_administrator_above_who_made_none_of_them_is_named(app, session, commune, only_admin):
    above = make_account(session, unit=commune.parent, role=Role.ADMINISTRATOR)
    session.commit()

    assert list_unrelated_inviters(session, commune, only_admin) == [above]
    made_by(session, above, only_admin)
    assert list_unrelated_inviters(session, commune, only_admin) == []


def test_the_organiser_reads_it_before_the_request_and_not_where_another_may_answer(
    app, session, keyring, commune, only_admin
):
    contest = make_contest(session, unit=commune, first_day=this_monday(), weeks=3)
    make_participant(session, keyring, contest)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"

    related = desk(app, only_admin).get(page).text
    make_account(session, unit=commune, role=Role.APPROVER)
    session.commit()

    assert "Người phê duyệt nào ở đây cũng có liên hệ" in related
    assert TERMINAL in related
    assert "Người phê duyệt nào ở đây cũng có liên hệ" not in desk(app, only_admin).get(page).text


def test_the_check_of_a_plan_warns_of_it(app, session, commune, only_admin):
    contest = make_contest(session, unit=commune)
    contest.is_draft = True
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}/ke-hoach/xem-lai"

    assert "kết quả công bố sẽ ghi “có liên hệ”" in desk(app, only_admin).get(page).text


def test_the_approver_reads_what_would_be_without_ties(app, session, commune, only_admin, keyring):
    contest = make_contest(session, unit=commune, first_day=this_monday(), weeks=3)
    make_participant(session, keyring, contest)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"
    typed = {"from_round": "3", "reason": "Theo Công văn 12", "preset": "vcnet", "says_losses": "y"}
    send(desk(app, only_admin), page, **typed)
    asked = session.scalars(select(Approval)).one()
    approver = session.scalars(select(Account).where(Account.grants.any(role=Role.APPROVER))).first()

    read = desk(app, approver).get(f"/quan-tri/phe-duyet/{asked.id}").text

    assert "nơi công bố sẽ ghi rõ điều đó" in read
    assert TERMINAL in read
