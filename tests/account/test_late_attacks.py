"""Attacks found late: a reset link of one's own account from an unlocked screen, and access that leaves no trace."""

import pytest
from sqlalchemy import select

from account.models import AuditEntry, Link
from account.rules.actions import AccountAction
from account.rules.permissions import Role
from tests.factories import PASSWORD, make_account, make_contest, make_office, make_unit
from tests.support.staff import enter, send

ACCOUNTS = "/quan-tri/tai-khoan/danh-sach"


@pytest.fixture
def administrator(session):
    account = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()
    return account


def test_no_link_to_ones_own_account_is_made_from_an_unlocked_screen(session, client, administrator):
    page = f"{ACCOUNTS}/{administrator.id}"
    enter(client, administrator)

    reply = send(client, page, to=f"{page}/duong-dan", drops_factor="y")

    assert reply.status_code == 302
    assert session.scalar(select(Link)) is None
    assert "Tạo đường dẫn đặt lại mật khẩu" not in client.get(page).text


def test_a_link_made_at_the_terminal_is_in_the_trail(app, session, administrator):
    app.test_cli_runner().invoke(args=["account", "reset", administrator.email, "--drop-factor"])

    entry = session.scalars(select(AuditEntry)).one()

    assert (entry.actor, entry.action, entry.subject_id) == (
        "terminal",
        AccountAction.ACCOUNT_LINK,
        str(administrator.id),
    )
    assert entry.changes == [("drops_factor", None, True)]


def test_the_first_account_begins_the_trail(app, session):
    unit = make_unit(session)
    session.commit()
    answers = ["--unit", unit.code, "--brand", "Lắng Nghe", "--host", "Mặt trận", "--public-url", "https://x.gov.vn"]
    who = ["--mail-url", "", "--name", "Ma Thị Hoa", "--email", "hoa@xa.gov.vn", "--password", PASSWORD]

    app.test_cli_runner().invoke(args=["account", "first", *answers, *who])

    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.action) == ("terminal", AccountAction.ACCOUNT_CREATE)


def test_a_rehearsal_wiped_at_the_terminal_is_in_the_trail(app, session):
    contest, office = make_contest(session), make_office(session)
    session.commit()

    for room, slug in (("quiz", contest.slug), ("survey", office.slug)):
        app.test_cli_runner().invoke(args=[room, "wipe-rehearsal", slug])

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [(entry.kind, entry.action) for entry in entries] == [
        ("quiz.contest", "rehearsal.wipe"),
        ("survey.office", "rehearsal.wipe"),
    ]
